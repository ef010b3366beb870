import type { JsonObject, JsonValue } from "@cosell/connector";
import {
  type AgreedValue,
  type CompiledMapping,
  type FieldChange,
  isList,
  isObject,
  type Observation,
  type Plan,
  type PlanStep,
  sentBy,
  type TargetModel,
} from "@cosell/core";

/** What tells where a value comes from and whether it is personal. */
interface Describing {
  readonly mapping: CompiledMapping;
  readonly target: TargetModel;
}

/** One field of a write, as the journal keeps it. */
export interface Written {
  readonly path: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  readonly sources: readonly string[];
}

/** An undone value on its way to AWS. */
export function awsChange(
  path: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  { mapping, target }: Describing,
): FieldChange {
  const origin = mapping.originOf(path);
  const sensitive = target.writable.get(path)?.sensitive === true;
  return { path, before, after, reason: "undone", sources: origin?.sources ?? [], rule: origin?.rule, sensitive };
}

/** An undone value on its way into the CRM. */
export function crmChange(
  written: Pick<FieldChange, "path" | "before" | "after" | "sources">,
  { mapping, target }: Describing,
): FieldChange {
  const rule = mapping.inbound.find(({ field }) => field === written.path)?.rule;
  const sensitive = written.sources.some((path) => target.readable.get(path)?.sensitive === true);
  return { ...written, reason: "undone", rule, sensitive };
}

/** The CRM fields that changes write; null empties one. */
export function fieldsOf(changes: readonly FieldChange[]): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(changes.map(({ path, after }): [string, JsonValue] => [path, after ?? null]));
}

/** The fields that an entry of the journal says were written. */
export function changesOf({ changes }: JsonObject): readonly Written[] {
  if (!isList(changes)) return [];
  return changes.filter(isObject).flatMap(({ path, before, after, sources }): Written[] => {
    if (typeof path !== "string") return [];
    const names = isList(sources) ? sources.filter((source) => typeof source === "string") : [];
    return [{ path, before: before ?? undefined, after: after ?? undefined, sources: names }];
  });
}

/** The plan of an undo: AWS first, as it may refuse; then the CRM. */
export function planOf(
  { crmRef, opportunityId, crm }: Observation,
  writes: {
    readonly update: { readonly body: JsonObject; readonly changes: readonly FieldChange[] } | undefined;
    readonly crm: readonly FieldChange[];
  },
  agreed: ReadonlyMap<string, AgreedValue>,
  notes: readonly string[],
): Plan {
  const cost = { reads: 0, writes: 1 };
  const steps: PlanStep[] = [];
  if (writes.update !== undefined) {
    steps.push({ kind: "update", opportunityId: opportunityId ?? "", ...writes.update, cost });
  }
  if (writes.crm.length > 0) {
    steps.push({ kind: "write-crm", fields: fieldsOf(writes.crm), changes: writes.crm, cost: { reads: 0, writes: 0 } });
  }
  const name = crm.status === "present" ? crm.record["Name"] : undefined;
  return {
    crmRef,
    opportunityId,
    title: typeof name === "string" ? name : undefined,
    steps,
    unsettled: [],
    agreed: new Map([...agreed, ...sentBy(writes.update?.changes ?? [], agreed)]),
    answered: [],
    readBack: false,
    notes,
    cost: { reads: 0, writes: writes.update === undefined ? 0 : 1 },
  };
}
