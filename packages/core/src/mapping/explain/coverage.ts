import type { SchemaSnapshot } from "@cosell/connector";
import { plainPath } from "../check/target-fields.ts";
import type { TargetModel } from "../../target.ts";
import type { MappingDocument } from "../document.ts";
import type { Position } from "../mapping.ts";
import { type FlatRule, outboundRules } from "./flatten-rules.ts";
import type { Requirement } from "./requirement.ts";
import { bodyWords } from "./rule-words.ts";
import { type UnusedField, unusedFields } from "./unused-fields.ts";

/** What a mapping does about one field of the target. */
export interface FieldCoverage {
  readonly path: string;
  readonly state: "mapped" | "left-out" | "neither";
  /** Where the value comes from, in words. */
  readonly from?: string;
  readonly sources: readonly string[];
  /** The rule, or the entry under `leftOut`. */
  readonly at?: Position;
  /** Why it is left out. */
  readonly reason?: string;
  readonly needs: readonly Requirement[];
  /** Why the target takes no change of it once it has approved the opportunity. */
  readonly lockedAfterApproval?: string;
}

/** What a mapping covers of both sides. */
export interface Coverage {
  readonly fields: readonly FieldCoverage[];
  /** CRM fields that no rule reads or writes; absent without a schema. */
  readonly unused?: readonly UnusedField[];
  readonly counts: {
    readonly fields: number;
    readonly mapped: number;
    readonly leftOut: number;
    readonly neither: number;
    /** Needed to create or submit, whatever the deal, and not mapped. */
    readonly missing: number;
  };
}

/** Looks at every field that the target takes, in the model's order. Structures are told by their members. */
export function coverageOf(
  document: MappingDocument,
  options: {
    readonly target: TargetModel;
    readonly requirements: readonly Requirement[];
    /** Reviewed and open: the state in which a lock counts as one after approval. */
    readonly approved: Parameters<TargetModel["lockOf"]>[1];
    readonly schema?: SchemaSnapshot;
  },
): Coverage {
  const { target, requirements, approved, schema } = options;
  const rules = outboundRules(document);
  const needed = requirements.filter(({ conditional }) => !conditional);
  const leaves = leavesOf([...target.writable.keys()]).map((path) => ({ path, ...stateOf(path, rules, document) }));
  const isMapped = (path: string) => leaves.some((leaf) => leaf.state === "mapped" && isAbout(path, leaf.path));
  const fields = leaves.map((leaf): FieldCoverage => {
    const lock = target.lockOf(leaf.path, approved);
    const concerns = ({ path }: Requirement) =>
      isAbout(path, leaf.path) && (path === leaf.path || leaf.state === "mapped" || !isMapped(path));
    return {
      ...leaf,
      needs: requirements.filter(concerns),
      ...(lock.lock !== "editable" && { lockedAfterApproval: lock.reason }),
    };
  });
  const count = (state: FieldCoverage["state"]) => fields.filter((field) => field.state === state).length;
  return {
    fields,
    ...(schema && { unused: unusedFields(document, schema) }),
    counts: {
      fields: fields.length,
      mapped: count("mapped"),
      leftOut: count("left-out"),
      neither: count("neither"),
      missing: new Set(needed.filter(({ path }) => !isMapped(path)).map(({ path }) => path)).size,
    },
  };
}

function stateOf(
  path: string,
  rules: readonly FlatRule[],
  { leftOut }: MappingDocument,
): Pick<FieldCoverage, "state" | "from" | "sources" | "at" | "reason"> {
  const rule = rules.find(({ target }) => plainPath(target) === path);
  if (rule !== undefined)
    return { state: "mapped", from: bodyWords(rule.rule.body), sources: rule.sources, at: rule.rule.target.at };
  const entry = leftOut?.entries.find((candidate) => isAbout(plainPath(candidate.path.text), path));
  if (entry === undefined) return { state: "neither", sources: [] };
  return { state: "left-out", sources: [], at: entry.path.at, reason: entry.reason };
}

/** Fields that hold values, without the marks of lists. */
function leavesOf(paths: readonly string[]): readonly string[] {
  const plain = [...new Set(paths.map(plainPath))];
  return plain.filter((path) => !plain.some((other) => other.startsWith(`${path}.`)));
}

const isAbout = (whole: string, path: string): boolean => path === whole || path.startsWith(`${whole}.`);
