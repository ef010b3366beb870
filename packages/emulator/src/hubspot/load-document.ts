import { type HubspotDocument, type HubspotRecord, type PortalDocument } from "./document.ts";
import { type Portal, stampOf } from "./portal.ts";
import { complete } from "./records/writes.ts";

/** A portal's records to begin with; what a record does not name is made when it is loaded. */
export interface PortalSeed {
  readonly objects: Readonly<
    Record<string, readonly (Pick<HubspotRecord, "id" | "properties"> & Partial<HubspotRecord>)[]>
  >;
  readonly associations?: PortalDocument["associations"];
  readonly owners?: PortalDocument["owners"];
}

/** Replaces everything that a portal holds. Throws for an object or property that it does not have. */
export function loadPortal(portal: Portal, { objects, associations = [], owners = [] }: PortalSeed): void {
  const schema = portal.schema();
  portal.store.clear();
  portal.associations.clear();
  portal.owners.clear();
  for (const [name, records] of Object.entries(objects)) {
    const object = schema.object(name);
    for (const record of records) {
      const unknown = Object.keys(record.properties).find((property) => !schema.property(object, property));
      if (unknown !== undefined) throw new RangeError(`${name} has no property ${unknown}: correct the document.`);
      const stamp = stampOf(portal);
      const updatedAt = record.updatedAt ?? record.createdAt ?? stamp;
      const whole = { createdAt: updatedAt, archived: false, ...record, updatedAt };
      // Long before any index that lags.
      portal.store.put(
        object.name,
        complete(object, { ...whole, properties: { createdate: whole.createdAt, ...whole.properties } }),
        0,
      );
    }
  }
  for (const { from, fromId, to, toId, typeId } of associations)
    portal.associations.add({ object: from, id: fromId }, { object: to, id: toId }, typeId);
  for (const owner of owners) portal.owners.set(owner.id, owner);
}

/** Everything that the portals hold, as {@link loadPortal} takes it. */
export function documentOf(portals: readonly Portal[]): HubspotDocument {
  return {
    portals: Object.fromEntries(
      portals.map((portal) => [
        String(portal.own().portalId),
        {
          objects: Object.fromEntries(portal.schema().objects.map(({ name }) => [name, [...portal.store.all(name)]])),
          associations: portal.associations.all(),
          owners: [...portal.owners.values()],
        },
      ]),
    ),
  };
}
