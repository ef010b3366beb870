import { failureOf, type JsonObject, type JsonValue } from "@cosell/connector";
import {
  type AgreedValue,
  type FieldChange,
  isObject,
  type Plan,
  type PlanStep,
  sameCrmValue,
  sameValueIn,
  sentKey,
  type TargetReading,
  valueAt,
} from "@cosell/core";
import type { BaseValue, PendingCall, Settlement } from "@cosell/state";
import { freshToken } from "../client-token.ts";
import { newestVersion, refuseStale } from "../aws-version.ts";
import { callOptions, type Deal, recordOf } from "../deal.ts";
import { changesAsJson } from "./journal.ts";

/** The step under which writes are stored that may be repeated, and whose outcome is found by looking. */
export const writeStep = "write";

/** A step that is no call with a token of its own. */
export type PlainStep = Exclude<PlanStep, { kind: "create" | "submit" }>;

/** Is a step stored before it is applied, and found by looking afterwards? Creates and submissions are stored by themselves. */
export function isPlain(step: PlanStep): step is PlainStep {
  return step.kind !== "create" && step.kind !== "submit";
}

/**
 * Stores a write before it is made. Should its outcome never be known (a kill, a lost answer), what arrived is told
 * apart from what a person changed meanwhile: without it our own value would look like a person's.
 */
export function beginWrite(step: PlainStep, plan: Plan, deal: Deal): Promise<PendingCall> {
  const changes = changesOf(step);
  const agreed = Object.fromEntries(
    [...plan.agreed]
      .filter(([path]) => changes.some((change) => concerns(change, step, path)))
      .map(([path, { crm, aws }]): [string, JsonValue] => [path, [crm ?? null, aws ?? null]]),
  );
  const entity = "entityId" in step ? { entityType: step.entityType, entityId: step.entityId } : {};
  const request = { kind: step.kind, agreed, changes: changesAsJson(changes), ...entity };
  return deal.options.store.beginCall({ linkId: deal.link.id, step: writeStep, clientToken: freshToken(), request });
}

/** What an association makes agreed while others of its type are still to come. */
export async function associationSoFar(step: PlanStep, deal: Deal): Promise<ReadonlyMap<string, BaseValue>> {
  if (step.kind !== "associate" && step.kind !== "disassociate") return new Map();
  const { path } = step.change;
  const known = (await deal.options.store.baseValues(deal.link.id)).get(path);
  const changed = (list: JsonValue | undefined): JsonValue => {
    const others = (Array.isArray(list) ? (list as readonly JsonValue[]) : []).filter((id) => id !== step.entityId);
    return step.kind === "associate" ? [...others, step.entityId] : others;
  };
  return new Map([[path, { crm: changed(known?.crm), aws: changed(known?.aws) }]]);
}

/** Looks what became of a write that was begun: what arrived is agreed, the rest is decided anew. */
export async function resolveWrite({ id, request }: PendingCall, deal: Deal): Promise<void> {
  const base = request["kind"] === "write-crm" ? arrivedInCrm(request, deal) : await arrivedAtAws(request, deal);
  const kind = typeof request["kind"] === "string" ? request["kind"] : "write";
  const summary = `Found ${base.size > 0 ? "" : "not "}done: the ${kind} that an earlier run had started.`;
  const detail = { step: kind, ...(base.size > 0 ? { changes: request["changes"] ?? [] } : {}) };
  const outcome: Pick<Settlement, "base" | "journal"> = {
    base,
    journal: [{ at: deal.options.clock.now(), kind: "resumed", summary, detail }],
  };
  await deal.options.store.finishCall(id, outcome);
}

function changesOf(step: PlainStep): readonly FieldChange[] {
  return "changes" in step ? step.changes : [step.change];
}

/** Does a change make a base value hold? A write to the CRM brings the AWS paths that its fields come from. */
function concerns({ path, sources }: FieldChange, { kind }: PlainStep, agreed: string): boolean {
  return kind === "write-crm" ? agreed === `crm:${path}` || sources.includes(agreed) : agreed === path;
}

async function arrivedAtAws(request: JsonObject, deal: Deal): Promise<ReadonlyMap<string, BaseValue>> {
  const { partnerCentral, target, store } = deal.options;
  const opportunityId = deal.link.opportunityId;
  const opportunity = opportunityId === undefined ? undefined : await orMissing(opportunityId);
  if (opportunity === undefined) return new Map();
  const reading = target.read(opportunity, undefined);
  refuseStale(deal.link.opportunityId ?? "", reading.version, newestVersion(deal));
  const same = sameValueIn(target);
  const { entityType, entityId, kind } = request;
  if (typeof entityType === "string" && typeof entityId === "string") {
    const path = `RelatedEntityIdentifiers.${entityType}`;
    return association(
      { path, entityType, entityId, attached: kind === "associate" },
      reading,
      await store.baseValues(deal.link.id),
    );
  }
  const now = (path: string): JsonValue | undefined =>
    kind === "assign" ? reading.assigneeEmail : valueAt(opportunity, path);
  const taken = kind === "update" ? writtenIn(request).filter(({ path, after }) => same(path, after, now(path))) : [];
  return new Map([
    ...[...agreedIn(request)].filter(([path, { aws }]) => same(path, aws, now(path))),
    ...taken.map(({ path }) => [sentKey(path), { crm: undefined, aws: undefined }] as const),
  ]);

  async function orMissing(id: string): Promise<JsonObject | undefined> {
    try {
      return await partnerCentral.getOpportunity(id, callOptions(deal));
    } catch (error) {
      if (failureOf(error)?.kind === "missing") return undefined;
      throw error;
    }
  }
}

/** An entity that our call attached is ours to detach later, and one that it detached is not missed. */
function association(
  { path, entityType, entityId, attached }: { path: string; entityType: string; entityId: string; attached: boolean },
  { related }: TargetReading,
  base: ReadonlyMap<string, BaseValue>,
): ReadonlyMap<string, BaseValue> {
  const present = related[entityType] ?? [];
  if (present.includes(entityId) !== attached) return new Map();
  const known = base.get(path)?.crm;
  const before = Array.isArray(known) ? (known as readonly JsonValue[]) : [];
  const others = before.filter((each) => each !== entityId);
  return new Map([[path, { crm: attached ? [...others, entityId] : others, aws: [...present] }]]);
}

function arrivedInCrm(request: JsonObject, deal: Deal): ReadonlyMap<string, BaseValue> {
  const record = recordOf(deal);
  const arrived = writtenIn(request).every(({ path, after }) => sameCrmValue(record?.[path], after));
  return record !== undefined && arrived ? agreedIn(request) : new Map();
}

function writtenIn({ changes }: JsonObject): readonly { readonly path: string; readonly after: JsonValue }[] {
  return (Array.isArray(changes) ? (changes as readonly JsonValue[]) : [])
    .filter(isObject)
    .flatMap(({ path, after = null }) => (typeof path === "string" ? [{ path, after }] : []));
}

function agreedIn({ agreed }: JsonObject): ReadonlyMap<string, AgreedValue> {
  return new Map(
    Object.entries(isObject(agreed) ? agreed : {}).map(([path, pair]) => {
      const [crm, aws] = Array.isArray(pair) ? (pair as readonly JsonValue[]) : [];
      return [path, { crm: crm ?? undefined, aws: aws ?? undefined }];
    }),
  );
}
