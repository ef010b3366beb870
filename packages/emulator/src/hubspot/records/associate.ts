import { badRequest, resourceNotFound } from "../hubspot-error.ts";
import { type Portal, stampOf } from "../portal.ts";
import { typesBetween } from "../schema/association-types.ts";
import type { RecordPlace } from "./association-store.ts";
import { complete, followed } from "./writes.ts";

/**
 * Associates two records: without types the unlabelled way, and the first company of a deal or contact becomes its
 * primary one. A record has one primary company; a new one takes the place of the old.
 */
export function associate(portal: Portal, from: RecordPlace, to: RecordPlace, typeIds: readonly number[] = []): void {
  const [start, end] = [placeOf(portal, from), placeOf(portal, to)];
  const [plain, primary] = typesBetween(from.object, to.object);
  if (!plain) throw badRequest(`Associations from ${from.object} to ${to.object} are not supported`);
  const known = new Set(typesBetween(from.object, to.object).map(({ typeId }) => typeId));
  const unknown = typeIds.find((typeId) => !known.has(typeId));
  if (unknown !== undefined)
    throw badRequest(`Association type ${unknown} is not valid from ${from.object} to ${to.object}`);
  const { associations } = portal;
  const [child, company] = to.object === "companies" ? [start, end] : [end, start];
  const takesPlace = primary !== undefined && typeIds.includes(primary.typeId);
  const [plainOfChild, primaryOfChild] = typesBetween(child.object, company.object);
  const isFirst =
    primaryOfChild !== undefined && plainOfChild !== undefined && associations.of(child, company.object).size === 0;
  associations.add(start, end, plain.typeId);
  for (const typeId of typeIds) associations.add(start, end, typeId);
  if (primaryOfChild && (takesPlace || isFirst)) {
    for (const id of associations.of(child, company.object).keys())
      associations.remove(child, { object: company.object, id }, primaryOfChild.typeId);
    associations.add(child, company, plainOfChild?.typeId ?? primaryOfChild.typeId);
    associations.add(child, company, primaryOfChild.typeId);
  }
  told(portal, start, end, false);
}

/** Ends an association, whole or one type of it. */
export function dissociate(portal: Portal, from: RecordPlace, to: RecordPlace, typeIds: readonly number[] = []): void {
  if (typeIds.length === 0) portal.associations.remove(from, to);
  for (const typeId of typeIds) portal.associations.remove(from, to, typeId);
  told(portal, from, to, true);
}

/** Counters on the records change with their associations, and the date of modification with them. */
function told(portal: Portal, from: RecordPlace, to: RecordPlace, associationRemoved: boolean): void {
  const schema = portal.schema();
  if (portal.settings().associationTouchesRecord)
    for (const place of [from, to]) {
      const object = schema.object(place.object);
      const record = portal.store.get(object.name, place.id);
      if (record && object.name === "deals")
        portal.store.put(object.name, complete(object, { ...record, updatedAt: stampOf(portal) }), portal.clock.now());
    }
  const [first, second] = [from, to].map(({ object }) => schema.object(object).singular);
  portal.tell({
    subscriptionType: `${first ?? ""}.associationChange`,
    associationType: `${first ?? ""}_TO_${second ?? ""}`.toUpperCase(),
    fromObjectId: from.id,
    toObjectId: to.id,
    associationRemoved,
  });
}

function placeOf(portal: Portal, { object, id }: RecordPlace): RecordPlace {
  const definition = portal.schema().object(object);
  const record = followed(portal, definition, id);
  if (!record || record.archived) throw resourceNotFound();
  return { object: definition.name, id: record.id };
}
