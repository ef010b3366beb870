import type { HubspotRecord } from "../document.ts";
import { badRequest } from "../hubspot-error.ts";
import { type Portal, stampOf } from "../portal.ts";
import type { ObjectDefinition } from "../schema/objects.ts";
import { complete, livingRecord } from "./writes.ts";

/** How long an archived record can be restored and is listed (HubSpot, "Restore records"). */
const restorableMs = 90 * 24 * 3_600_000;

/** Archives a record. Archiving one that is archived, or never was, does nothing. */
export function archiveRecord(portal: Portal, object: ObjectDefinition, id: string): void {
  const record = portal.store.get(object.name, id);
  if (!record || record.archived || record.mergedInto !== undefined) return;
  const stamp = stampOf(portal);
  portal.store.put(object.name, { ...record, archived: true, archivedAt: stamp, updatedAt: stamp }, portal.clock.now());
  portal.tell({ subscriptionType: `${object.singular}.deletion`, objectId: id });
}

/** A person restores an archived record: it has its id again. */
export function restoreRecord(portal: Portal, object: ObjectDefinition, id: string): void {
  const record = portal.store.get(object.name, id);
  if (!record || !isListedAsArchived(portal, record)) throw badRequest(`${id} cannot be restored`);
  const restored = { ...record };
  delete (restored as { archivedAt?: string }).archivedAt;
  const next = complete(object, { ...restored, archived: false, updatedAt: stampOf(portal) });
  portal.store.put(object.name, next, portal.clock.now());
  portal.tell({ subscriptionType: `${object.singular}.restore`, objectId: id });
}

/** Whether the list of archived records still shows it. */
export function isListedAsArchived({ clock }: Portal, { archived, archivedAt, mergedInto }: HubspotRecord): boolean {
  return archived && mergedInto === undefined && clock.now() - Date.parse(archivedAt ?? "") < restorableMs;
}

/**
 * Merges two records. Both ids end; a third one begins, with the primary record's values, and the other's where it has
 * none. Asked for the old ids, HubSpot answers with the new record.
 */
export function mergeRecords(
  portal: Portal,
  object: ObjectDefinition,
  primaryId: string,
  otherId: string,
): HubspotRecord {
  const [primary, other] = [livingRecord(portal, object, primaryId), livingRecord(portal, object, otherId)];
  if (primary.id === other.id) throw badRequest("Cannot merge a record with itself");
  const id = portal.newId();
  const stamp = stampOf(portal);
  const merged = [primary, other].flatMap(({ id: own, properties }) => [
    own,
    ...(properties["hs_merged_object_ids"] ?? "").split(";").filter(Boolean),
  ]);
  const full = Object.entries(primary.properties).filter(([, value]) => value !== null);
  const next = complete(object, {
    id,
    properties: {
      ...other.properties,
      ...Object.fromEntries(full),
      hs_merged_object_ids: [...new Set(merged)].join(";"),
    },
    createdAt: primary.createdAt,
    updatedAt: stamp,
    archived: false,
  });
  for (const old of [primary, other]) {
    portal.store.put(object.name, { ...old, archived: true, mergedInto: id, updatedAt: stamp }, portal.clock.now());
    for (const { name } of portal.schema().objects)
      for (const [toId, types] of [...portal.associations.of({ object: object.name, id: old.id }, name)]) {
        const to = { object: name, id: toId };
        for (const typeId of types) portal.associations.add({ object: object.name, id }, to, typeId);
        portal.associations.remove({ object: object.name, id: old.id }, to);
      }
  }
  portal.store.put(object.name, next, portal.clock.now());
  portal.tell({
    subscriptionType: `${object.singular}.merge`,
    objectId: id,
    primaryObjectId: primary.id,
    mergedObjectIds: [other.id],
    newObjectId: id,
  });
  return next;
}
