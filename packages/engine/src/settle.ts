import { isDeepStrictEqual } from "node:util";
import type { JsonValue } from "@cosell/connector";
import {
  type AgreedValue,
  fingerprint,
  type Observation,
  type Plan,
  sentKey,
  type Unsettled,
  valueAt,
} from "@cosell/core";
import type { FieldState, LinkPatch, LinkStatus, NewJournalEntry } from "@cosell/state";
import { type Deal, recordOf } from "./deal.ts";
import { writtenBetween } from "./echo.ts";

/** What a plan says of fields that are not agreed, as the state keeps it. */
export function fieldStatesOf(unsettled: readonly Unsettled[]): readonly Omit<FieldState, "since">[] {
  return unsettled.map(({ path, kind, code, reason, sources, rule, detail }) => ({
    path,
    kind,
    code,
    reason,
    sources,
    detail: { ...detail, rule: rule === undefined ? null : `${rule.file}:${rule.line}:${rule.column}` },
  }));
}

/** Journal lines for what became unsettled, or settled again, since the last time. */
export function stateChanges(
  before: readonly FieldState[],
  after: readonly Unsettled[],
  at: number,
): readonly NewJournalEntry[] {
  const key = (one: { readonly kind: string; readonly path: string; readonly code: string }): string =>
    `${one.kind} ${one.path} ${one.code}`;
  const earlier = new Set(before.map(key));
  const now = new Set(after.map(key));
  return [
    ...after
      .filter((one) => !earlier.has(key(one)))
      .map(({ kind, path, reason, detail }) => ({ at, kind, summary: reason, detail: { ...detail, path } })),
    ...before
      .filter((one) => !now.has(key(one)))
      .map(({ kind, path }) => ({
        at,
        kind: "cleared",
        summary: `No longer ${kind}: ${path === "" ? "the deal" : path}.`,
        detail: { path },
      })),
  ];
}

/** The link as it stands after its plan was applied. */
export function patchAfter(deal: Deal, plan: Plan, observation: Observation): LinkPatch {
  const { sync, target } = deal.options;
  const record = recordOf(deal);
  const { opportunity } = observation;
  const reading = opportunity === undefined ? undefined : target.read(opportunity, observation.summary);
  return {
    status: statusAfter(deal, observation),
    ...(deal.crm.status === "found" ? { crmVersion: deal.crm.version } : {}),
    crmHash: record === undefined ? undefined : fingerprint(record, sync.mapping),
    awsVersion: deal.awsVersion,
    ...(deal.observedAt === undefined ? {} : { observedAt: deal.observedAt }),
    ...writtenBetween(deal),
    ...(reading === undefined
      ? {}
      : { reviewStatus: reading.state.reviewStatus, stage: stageAfter(plan, observation) }),
    ...(plan.title === undefined ? {} : { title: plan.title }),
  };
}

function statusAfter(deal: Deal, { opportunity, crm }: Observation): LinkStatus {
  const record = recordOf(deal);
  if (deal.link.opportunityId === undefined) {
    return record !== undefined && deal.options.sync.mapping.matches(record) ? "new" : "ignored";
  }
  if (crm.status !== "present") return "orphaned";
  return opportunity === undefined ? "lost" : "linked";
}

function stageAfter(plan: Plan, { opportunity }: Observation): string | undefined {
  const update = plan.steps.find((step) => step.kind === "update");
  const stage: JsonValue | undefined = valueAt(update?.body ?? opportunity ?? {}, "LifeCycle.Stage");
  return typeof stage === "string" ? stage : undefined;
}

/** The base values that hold although `unapplied` steps were not applied. */
export function agreedWithout(
  plan: Plan,
  unapplied: readonly Plan["steps"][number][],
): ReadonlyMap<string, AgreedValue> {
  if (unapplied.some(({ kind }) => kind === "create")) return new Map();
  const open = openPaths(unapplied);
  return new Map([...plan.agreed].filter(([path]) => !open.has(path)));
}

/** The base values that differ from those that are stored: what stands already is not written again. */
export function newlyAgreed(
  agreed: ReadonlyMap<string, AgreedValue>,
  stored: ReadonlyMap<string, AgreedValue>,
): ReadonlyMap<string, AgreedValue> {
  return new Map([...agreed].filter(([path, value]) => !isDeepStrictEqual(value, stored.get(path))));
}

/** The answers that are carried out although `unapplied` steps were not applied. */
export function answeredWithout(plan: Plan, unapplied: readonly Plan["steps"][number][]): readonly string[] {
  const open = openPaths(unapplied);
  return plan.answered.filter((path) => !open.has(path));
}

/** What steps change, as base values name it. */
function openPaths(steps: readonly Plan["steps"][number][]): ReadonlySet<string> {
  const open = new Set<string>();
  for (const step of steps) {
    const changes = "changes" in step ? step.changes : "change" in step ? [step.change] : [];
    for (const { path, sources } of changes) {
      open.add(path).add(`crm:${path}`).add(sentKey(path));
      if (step.kind === "write-crm") for (const source of sources) open.add(source);
    }
  }
  return open;
}
