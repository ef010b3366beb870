import type { JsonObject } from "../../kernel/index.ts";
import { type ChangeSource, type Company, stampAt } from "../company.ts";
import type { PipedriveRecord } from "../document.ts";
import { PipedriveError } from "../pipedrive-error.ts";
import type { CompanyObject } from "../schema/schema.ts";
import { livingRecord } from "./writes.ts";

/** Deletes a record: it is kept for a while, marked. */
export function deleteRecord(company: Company, object: CompanyObject, id: number, source: ChangeSource): void {
  const former = livingRecord(company, object, id);
  const gone = { is_deleted: true, ...(object.name === "deals" && { status: "deleted" }) };
  const record = { ...former, ...gone, update_time: stampAt(company.clock.now()) };
  company.store.put(object.name, record, company.clock.now());
  company.tell({ action: "delete", object: object.name, record, previous: former, source });
}

/** Whether a deleted record is still there to be seen. */
export function isKept({ clock, settings }: Company, { is_deleted, update_time }: PipedriveRecord): boolean {
  return !is_deleted || clock.now() - Date.parse(update_time) < settings().deletedKeptMs;
}

/**
 * Merges a record into another: the other keeps its values and takes what it lacks; the first is deleted, and nothing of it
 * says where it went. Deals of merged persons and organizations follow, and their `update_time` stays.
 */
export function mergeRecords(
  company: Company,
  object: CompanyObject,
  id: number,
  withId: number,
  source: ChangeSource,
): PipedriveRecord {
  if (id === withId) throw new PipedriveError(400, "Cannot merge an item with itself");
  const [loser, kept] = [livingRecord(company, object, id), livingRecord(company, object, withId)];
  const filled = (into: JsonObject, from: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(into).map(([name, value]) => [name, value ?? from[name] ?? null]));
  const survivor: PipedriveRecord = {
    ...(filled(kept, loser) as PipedriveRecord),
    custom_fields: filled(kept.custom_fields, loser.custom_fields),
    update_time: stampAt(company.clock.now()),
  };
  deleteRecord(company, object, id, source);
  company.store.put(object.name, survivor, company.clock.now());
  company.tell({ action: "change", object: object.name, record: survivor, previous: kept, source });
  const link = { persons: "person_id", organizations: "org_id", deals: undefined }[object.name];
  for (const deal of link === undefined ? [] : company.store.all("deals"))
    if (link !== undefined && deal[link] === id)
      company.store.put("deals", { ...deal, [link]: withId }, company.store.changedAt("deals", deal.id));
  return survivor;
}
