import type { MappingDocument } from "../document.ts";
import { reportTo, sortFindings } from "../finding.ts";
import type { Finding } from "../mapping.ts";
import { readDocument } from "./read-document.ts";
import type { Resolve } from "./read-table.ts";
import { readYaml } from "./yaml-tree.ts";

/** What `loadMapping` found. `document` is absent when the text cannot be understood as a mapping at all. */
export interface LoadedMapping {
  readonly document?: MappingDocument;
  readonly findings: readonly Finding[];
}

/**
 * Reads a mapping: YAML 1.2, with the position of every word. Reports everything that is wrong with its form in one
 * go and throws nothing; what it means is the checker's matter.
 */
export function loadMapping(options: {
  /** How the file is called in findings, issues and provenance. */
  readonly file: string;
  readonly text: string;
  /** Finds the table files that the mapping extends: the core reads no files. */
  readonly resolve?: Resolve;
}): LoadedMapping {
  const findings: Finding[] = [];
  const report = reportTo(findings);
  const tree = readYaml(options.file, options.text, report);
  const document = tree && readDocument(tree, report, options.resolve);
  return { findings: sortFindings(findings), ...(document && { document }) };
}
