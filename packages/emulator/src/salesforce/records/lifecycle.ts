import type { Org } from "../org.ts";
import { SalesforceError } from "../salesforce-error.ts";
import type { ObjectDefinition } from "../schema/object.ts";
import { idOf } from "./record-id.ts";
import type { StoredRecord } from "./record-store.ts";
import { existing, stampOf, stamps } from "./writes.ts";

/** Puts a record into the recycle bin, with the children that go with it. Throws {@link SalesforceError}. */
export function deleteRecord(org: Org, object: ObjectDefinition, id: string): void {
  bin(org, object, existing(org, object, id), stampOf(org));
}

/** Takes a record out of the recycle bin, with the children that went in with it. Not for a merge's loser. */
export function undeleteRecord(org: Org, object: ObjectDefinition, id: string): void {
  const canonical = idOf(object.keyPrefix, `${object.label} ID`, id);
  const record = org.store.get(object, canonical);
  if (record?.["IsDeleted"] !== true || typeof record["MasterRecordId"] === "string") {
    throw new SalesforceError("UNDELETE_FAILED", "Entity is not in the recycle bin");
  }
  unbin(org, object, record, String(record["SystemModstamp"]), stampOf(org));
}

/**
 * Merges records into one: the losers are deleted and say into which, their children move to the winner. One contact
 * is not twice in one deal afterwards.
 */
export function mergeRecords(org: Org, object: ObjectDefinition, winner: string, losers: readonly string[]): void {
  if (object.mergeable !== true) throw new SalesforceError("INVALID_OPERATION", `${object.label} cannot be merged`);
  const master = existing(org, object, winner);
  const stamp = stampOf(org);
  org.store.transaction(() => {
    for (const id of losers) {
      const loser = existing(org, object, id);
      if (loser.Id === master.Id)
        throw new SalesforceError("INVALID_OPERATION", "A record cannot be merged into itself");
      for (const relation of org.schema().childRelations(object)) {
        if (relation.field.name === "MasterRecordId") continue;
        for (const child of org.store.having(relation.object, relation.field.name, loser.Id)) {
          if (child["IsDeleted"] === true) continue;
          move(org, relation.object, relation.field.name, child, master.Id, stamp);
        }
      }
      org.store.put(object, { ...loser, IsDeleted: true, MasterRecordId: master.Id, ...stamps(stamp) });
    }
    org.store.put(object, { ...existing(org, object, winner), ...stamps(stamp) });
  });
}

function move(
  org: Org,
  object: ObjectDefinition,
  field: string,
  child: StoredRecord,
  master: string,
  stamp: string,
): void {
  // The winner itself may have been the loser's child: it cannot become its own parent.
  const moved = { ...child, [field]: child.Id === master ? null : master, ...stamps(stamp) };
  const twice =
    object.name === "OpportunityContactRole" &&
    org.store
      .having(object, field, master)
      .some((other) => other["IsDeleted"] !== true && other["OpportunityId"] === child["OpportunityId"]);
  org.store.put(object, twice ? { ...child, IsDeleted: true, ...stamps(stamp) } : moved);
}

function bin(org: Org, object: ObjectDefinition, record: StoredRecord, stamp: string): void {
  org.store.put(object, { ...record, IsDeleted: true, ...stamps(stamp) });
  for (const relation of org.schema().childRelations(object)) {
    if (relation.field.reference?.cascadeDelete !== true) continue;
    for (const child of org.store.having(relation.object, relation.field.name, record.Id)) {
      if (child["IsDeleted"] !== true) bin(org, relation.object, child, stamp);
    }
  }
}

/** Children that carry the parent's stamp of deletion went with it; others were deleted on their own before. */
function unbin(org: Org, object: ObjectDefinition, record: StoredRecord, deletedAt: string, stamp: string): void {
  org.store.put(object, { ...record, IsDeleted: false, ...stamps(stamp) });
  for (const relation of org.schema().childRelations(object)) {
    if (relation.field.reference?.cascadeDelete !== true) continue;
    for (const child of org.store.having(relation.object, relation.field.name, record.Id)) {
      if (child["IsDeleted"] === true && child["SystemModstamp"] === deletedAt) {
        unbin(org, relation.object, child, deletedAt, stamp);
      }
    }
  }
}
