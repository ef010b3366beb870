import type { JsonObject } from "@cosell/connector";
import { type AgreedValue, type CompiledMapping, originKey, type TargetModel, valueAt } from "@cosell/core";

/**
 * What is agreed between an opportunity that AWS referred and the record that was just made of it: everything, as each side spells it.
 * Without it, whatever the record could not take over would look like a person's change. Pure.
 */
export function baseOfNewRecord(
  record: JsonObject,
  opportunity: JsonObject,
  { mapping, target }: { readonly mapping: CompiledMapping; readonly target: TargetModel },
): ReadonlyMap<string, AgreedValue> {
  const { payload, related, assignee } = mapping.run(record);
  const { related: held, assigneeEmail } = target.read(opportunity, undefined);
  const base = new Map<string, AgreedValue>([[originKey, { crm: undefined, aws: "AWS Referral" }]]);
  for (const path of mapping.outbound.keys()) {
    const calls = target.writable.get(path)?.calls ?? [];
    if (!calls.includes("update") && !calls.includes("create")) continue;
    base.set(path, { crm: valueAt(payload, path), aws: valueAt(opportunity, path) });
  }
  for (const [type, ids] of Object.entries(related)) {
    base.set(`RelatedEntityIdentifiers.${type}`, { crm: ids, aws: held[type] ?? [] });
  }
  // The new record belongs to whoever Cosell is in the CRM: that is nobody's wish for AWS.
  if (assignee?.["Email"] !== undefined) base.set("Assignee.Email", { crm: assignee["Email"], aws: assigneeEmail });
  return base;
}
