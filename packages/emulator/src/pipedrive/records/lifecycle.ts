import type { JsonObject } from "../../kernel/index.ts";
import { type ChangeSource, type Company, stampAt } from "../company.ts";
import type { PipedriveRecord } from "../document.ts";
import { notFound, PipedriveError } from "../pipedrive-error.ts";
import { capitalized } from "../schema/field.ts";
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

/** A person restores a deleted record while it is kept: it is what it was, and its times of closing tell a deal's status. */
export function restoreRecord(company: Company, object: CompanyObject, id: number, source: ChangeSource): void {
  const former = company.store.get(object.name, id);
  if (!former?.is_deleted || !isKept(company, former)) throw notFound(capitalized(object.singular));
  const status = former["won_time"] !== null ? "won" : former["lost_time"] !== null ? "lost" : "open";
  const back = { is_deleted: false, ...(object.name === "deals" && { status }) };
  const record = { ...former, ...back, update_time: stampAt(company.clock.now()) };
  company.store.put(object.name, record, company.clock.now());
  company.tell({ action: "change", object: object.name, record, previous: former, source });
}

/** Whether a deleted record is still there to be seen. */
export function isKept({ clock, settings }: Company, { is_deleted, update_time }: PipedriveRecord): boolean {
  return !is_deleted || clock.now() - Date.parse(update_time) < settings().deletedKeptMs;
}

/**
 * Merges a record into another: the other keeps its values and takes what it lacks; the first is deleted, and nothing of it
 * says where it went. Deals and persons of merged organizations follow, deals of merged persons too; their `update_time` stays.
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
  for (const followers of link === undefined ? [] : ["deals", "persons"])
    for (const record of company.store.all(followers))
      if (link !== undefined && record[link] === id)
        company.store.put(followers, { ...record, [link]: withId }, company.store.changedAt(followers, record.id));
  return survivor;
}
