import type { InvitationDocument, MappingDocument } from "../document.ts";
import { type Report, reportTo, sortFindings } from "../finding.ts";
import type { Finding } from "../mapping.ts";
import { readDocument } from "./read-document.ts";
import { readInvitation } from "./read-invitation.ts";
import { readLayers } from "./read-layers.ts";
import { readChoice } from "./reader.ts";
import type { Resolve } from "./resolve.ts";
import type { Tree } from "./yaml-tree.ts";

/** What `loadMapping` found. Both documents are absent when the text cannot be understood as a mapping at all. */
export interface LoadedMapping {
  /** A mapping between CRM records and opportunities. */
  readonly document?: MappingDocument;
  /** A mapping of `kind: invitation`. */
  readonly invitation?: InvitationDocument;
  readonly findings: readonly Finding[];
}

/**
 * Reads a mapping: YAML 1.2, with the position of every word, laid over the mappings that it extends. Reports everything
 * that is wrong with its form in one go and throws nothing; what it means is the checker's matter.
 */
export function loadMapping(options: {
  /** How the file is called in findings, issues and provenance. */
  readonly file: string;
  readonly text: string;
  /** Finds the mappings and table files that are extended. */
  readonly resolve?: Resolve;
}): LoadedMapping {
  const findings: Finding[] = [];
  const report = reportTo(findings);
  const { resolve } = options;
  const tree = readLayers(options, { report, resolve });
  const parts = tree === undefined ? {} : readParts(tree, report, resolve);
  return { findings: sortFindings(findings), ...parts };
}

function readParts(tree: Tree, report: Report, resolve: Resolve | undefined): Omit<LoadedMapping, "findings"> {
  if (readKind(tree, report) === "invitation") {
    const invitation = readInvitation(tree, report, resolve);
    return invitation === undefined ? {} : { invitation };
  }
  const document = readDocument(tree, report, resolve);
  return document === undefined ? {} : { document };
}

/** What a mapping is about; an opportunity where it does not say. */
function readKind(tree: Tree, report: Report): "opportunity" | "invitation" {
  const kind = tree.kind === "map" ? tree.entries.find(({ key }) => key === "kind") : undefined;
  const choices = ["opportunity", "invitation"] as const;
  return (kind && readChoice(kind.value, { what: "kind", choices, report })) ?? "opportunity";
}
