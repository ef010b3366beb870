import type { JsonObject, JsonValue } from "@cosell/connector";
import type { CompiledMapping, InboundRule, MappingIssue, OutboundResult } from "../mapping/mapping.ts";
import type { FieldLock, TargetModel, TargetReading } from "../target.ts";
import { type SameValue, sameValueIn } from "./canonical.ts";
import type { Observation } from "./observation.ts";
import type { AgreedValue, FieldChange, Unsettled } from "./plan.ts";

/** The two values that decisions are made with, beside the observation. */
export interface DecideContext {
  readonly mapping: CompiledMapping;
  readonly target: TargetModel;
}

/** One deal under decision: the observation, and what every part of the decision needs from it. */
export interface Case extends DecideContext {
  readonly observation: Observation;
  readonly record: JsonObject;
  readonly mapped: OutboundResult;
  readonly same: SameValue;
  /** What AWS holds; absent while there is no opportunity. */
  readonly reading: TargetReading;
  readonly writesToAws: boolean;
  readonly writesToCrm: boolean;
}

/** Why something is held, as the rest of a sentence that begins with the CRM's fields. */
export const paused = "the sync of this field is paused.";
export const inboundOnly = "this sync does not write to AWS (direction: inbound).";

const nothingYet: TargetReading = {
  state: { reviewStatus: undefined, stage: undefined, origin: undefined },
  submittable: true,
  movesOnUpdate: false,
  related: {},
  assigneeEmail: undefined,
  version: undefined,
};

/** Gathers a case. `record` differs from the observed one when inbound values are laid over it. */
export function caseOf(observation: Observation, record: JsonObject, context: DecideContext): Case {
  return {
    ...context,
    observation,
    record,
    mapped: context.mapping.run(record),
    same: sameValueIn(context.target),
    reading: readingOf(observation, context),
    writesToAws: observation.direction !== "inbound",
    writesToCrm: observation.direction !== "outbound",
  };
}

/**
 * Under this key the base remembers where an opportunity comes from: AWS tells it in the summary alone, which is not
 * read every time, and locks differ by it.
 */
export const originKey = "aws:Origin";

/**
 * Under this key the base remembers of an updated path what the CRM held (`crm`) and what AWS held before (`aws`), until
 * AWS is seen to hold something else: it may answer an update and drop a value of it without a word.
 */
export function sentKey(path: string): string {
  return `sent:${path}`;
}

/**
 * What an update leaves to be seen; `agreed`: the base values that it makes. A repair is read back at once, and what AWS
 * then shows is accepted.
 */
export function sentBy(
  changes: readonly FieldChange[],
  agreed: ReadonlyMap<string, AgreedValue>,
): readonly (readonly [string, AgreedValue])[] {
  return changes
    .filter(({ reason }) => reason !== "drift-repaired")
    .map(({ path, before }) => [sentKey(path), { crm: agreed.get(path)?.crm, aws: before }] as const);
}

function readingOf({ opportunity, summary, base }: Observation, { target }: DecideContext): TargetReading {
  if (opportunity === undefined) return nothingYet;
  const reading = target.read(opportunity, summary);
  const remembered = base.get(originKey)?.aws;
  if (reading.state.origin !== undefined || typeof remembered !== "string") return reading;
  return { ...reading, state: { ...reading.state, origin: remembered } };
}

/** The outbound paths that an update carries. */
export function updatePaths({ mapping, target }: DecideContext): readonly string[] {
  return [...mapping.outbound.keys()].filter((path) => target.writable.get(path)?.calls.includes("update") === true);
}

/** The outbound paths that AWS takes when the opportunity is created, and never again. */
export function createOnlyPaths({ mapping, target }: DecideContext): readonly string[] {
  return [...mapping.outbound.keys()].filter((path) => {
    const calls = target.writable.get(path)?.calls ?? [];
    return calls.includes("create") && !calls.includes("update");
  });
}

/** The inbound rule that brings a path back into the very field it comes from; other inbound rules are mirrors. */
export function returnRuleOf(path: string, { mapping }: DecideContext): InboundRule | undefined {
  const sources = mapping.outbound.get(path)?.sources ?? [];
  return mapping.inbound.find((rule) => rule.paths.includes(path) && sources.includes(rule.field));
}

/** Inbound rules that only show AWS's values in the CRM. */
export function mirrorRules(context: DecideContext): readonly InboundRule[] {
  const returning = new Set(updatePaths(context).map((path) => returnRuleOf(path, context)));
  return context.mapping.inbound.filter((rule) => !returning.has(rule));
}

/** What AWS allows for a path now. Nothing of an opportunity that is yet to be created is locked. */
export function lockOf(path: string, { observation, reading, target }: Case): FieldLock {
  return observation.opportunity === undefined ? { lock: "editable" } : target.lockOf(path, reading.state);
}

/** Why a wish of the CRM cannot be sent for a path now; `undefined`: it can. */
export function blocked(path: string, deal: Case, values?: Values): Unsettled | undefined {
  const lock = lockOf(path, deal);
  if (isPaused(path, deal)) return unsettledAt(path, "held", "paused", paused, deal, values);
  if (!deal.writesToAws) return unsettledAt(path, "held", "direction", inboundOnly, deal, values);
  return lock.lock === "editable" ? undefined : unsettledAt(path, "deferred", "locked", lock.reason, deal, values);
}

/** Is nothing to be decided about a path now? */
export function isPaused(path: string, { observation }: Case): boolean {
  return observation.paused?.has(path) ?? false;
}

/** Both values of a path, for people to choose from. */
export interface Values {
  readonly crm: JsonValue | undefined;
  readonly aws: JsonValue | undefined;
}

/** A path that is not agreed, in the CRM's terms. */
export function unsettledAt(
  path: string,
  kind: Unsettled["kind"],
  code: string,
  why: string,
  { mapping }: Case,
  values?: Values,
): Unsettled {
  const origin = mapping.originOf(path);
  const names = origin === undefined || origin.sources.length === 0 ? path : origin.sources.join(", ");
  return {
    path,
    kind,
    code: `${code}:${path}`,
    reason: kind === "conflict" ? `${names} and ${path} ${why}` : `${names}: ${why}`,
    sources: origin?.sources ?? [],
    rule: origin?.rule,
    detail: values === undefined ? {} : { crm: values.crm ?? null, aws: values.aws ?? null },
  };
}

/** The mapping's error about a path, or about something inside it. */
export function issueAt(path: string, issues: readonly MappingIssue[]): MappingIssue | undefined {
  return issues.find(
    ({ severity, target }) =>
      severity === "error" && (target === path || target.startsWith(`${path}.`) || target.startsWith(`${path}[`)),
  );
}

/** A mapping issue as a reason why a field is held. */
export function heldByIssue(issue: MappingIssue): Unsettled {
  return {
    path: issue.target,
    kind: "held",
    code: `${issue.code}:${issue.target}`,
    reason: issue.message,
    sources: issue.sources,
    rule: issue.rule,
    detail: {},
  };
}

/** Is anything at or inside a path personal or confidential? */
export function isSensitive(path: string, target: TargetModel): boolean {
  if (target.writable.get(path)?.sensitive === true || target.readable.get(path)?.sensitive === true) return true;
  for (const field of target.writable.values()) {
    if (field.sensitive && (field.path.startsWith(`${path}.`) || field.path.startsWith(`${path}[`))) return true;
  }
  return false;
}

/** A change of an AWS path that the mapping decides. */
export function outboundChange(
  path: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  reason: FieldChange["reason"],
  { mapping, target }: DecideContext,
): FieldChange {
  const origin = mapping.originOf(path);
  return {
    path,
    before,
    after,
    reason,
    sources: origin?.sources ?? [],
    rule: origin?.rule,
    sensitive: isSensitive(path, target),
  };
}
