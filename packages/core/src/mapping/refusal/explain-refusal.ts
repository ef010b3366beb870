import type { FailureIssue, JsonObject, JsonValue } from "@cosell/connector";
import type { TargetField, TargetModel } from "../../target.ts";
import type { CompiledMapping, OutboundResult } from "../mapping.ts";
import { wantedBy } from "./wanted.ts";

/** A refusal of the target, in terms of the mapping and the CRM. */
export interface Refusal {
  /** The target's path, with its place in a list: `Customer.Contacts[0].Email`. */
  readonly target: string;
  /** The CRM fields to look at: the one that gave the value, else all that the rule may read. */
  readonly sources: readonly string[];
  /** What the mapping makes of the record there. Absent where the target is sensitive, or is no single value. */
  readonly value?: JsonValue;
  /** Where the rule stands, `file:line:col`. Absent where no rule gives the target. */
  readonly rule?: string;
  /** What the target takes, in the words of its own model. Reads on from "AWS wants …". */
  readonly wanted: string;
}

/**
 * Says what a refused value came from and what is wanted instead. `undefined` for an issue about nothing that a mapping may
 * write: one of a CRM, or one without a field.
 */
export function explainRefusal(
  issue: FailureIssue,
  mapping: CompiledMapping,
  record: JsonObject | undefined,
  target: TargetModel,
): Refusal | undefined {
  const path = issue.target;
  const field = path === undefined ? undefined : fieldAt(path, target);
  if (path === undefined || field === undefined) return undefined;
  const origin = mapping.originOf(path);
  const result = record && mapping.run(record);
  const value = result && shownAt(path, field, result);
  const used = result?.usedSources[path];
  const position = origin?.rule;
  return {
    target: path,
    sources: used === undefined ? (origin?.sources ?? []) : [used],
    wanted: wantedBy(field, issue.code),
    ...(value !== undefined && { value }),
    ...(position && { rule: `${position.file}:${position.line}:${position.column}` }),
  };
}

/** The issue as a person at the CRM needs it: what is wanted, where, and then the target's own words. */
export function describeRefusal(refusal: Refusal, issue: FailureIssue): FailureIssue {
  const { sources, rule, wanted, target } = refusal;
  return {
    ...issue,
    target,
    message: `AWS wants ${wanted}: ${remedyOf(refusal, issue)}. AWS says: ${issue.message}`,
    sources,
    ...(rule !== undefined && { rule }),
  };
}

function remedyOf({ sources, rule }: Refusal, { code }: FailureIssue): string {
  if (rule === undefined) return "no rule of the mapping gives it, so add one";
  if (sources.length === 0) return "the mapping gives it without the CRM, so change the rule";
  return `${code === "REQUIRED_FIELD_MISSING" ? "fill in" : "correct"} ${sources.join(" or ")} in the CRM`;
}

function fieldAt(path: string, { writable }: TargetModel): TargetField | undefined {
  const inModel = path.replace(/\[\d+\]/gu, "[]");
  return writable.get(inModel);
}

function shownAt(path: string, field: TargetField, result: OutboundResult): JsonValue | undefined {
  if (field.sensitive || field.type === "structure" || field.type === "list" || field.type === "map") return undefined;
  const { payload, related, assignee, submission } = result;
  let value: JsonValue | undefined = {
    ...payload,
    RelatedEntityIdentifiers: related,
    ...(assignee && { Assignee: assignee }),
    ...(submission && { Submission: submission }),
  };
  for (const step of path.split(/[.[\]]+/u).filter((part) => part !== "")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Readonly<Record<string, JsonValue>>)[step];
  }
  return typeof value === "object" ? undefined : value;
}
