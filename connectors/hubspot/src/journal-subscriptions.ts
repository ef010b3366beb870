import { z } from "zod";
import { objectTypeId } from "./object-types.ts";
import type { Walk } from "./search-walk.ts";

/** What the journal must be told to tell. */
export interface WantedSubscription {
  readonly subscriptionType: "ASSOCIATION" | "OBJECT";
  readonly objectTypeId: string;
  readonly actions: readonly string[];
  readonly properties?: readonly string[];
  readonly associatedObjectTypeIds?: readonly string[];
}

const texts = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

/** A subscription as HubSpot tells it. */
export const subscription = z.object({
  subscriptionType: z.string(),
  portalId: z
    .union([z.number(), z.string()])
    .nullish()
    .transform((id) => (id === null || id === undefined ? undefined : String(id))),
  objectTypeId: z.string().nullish(),
  actions: texts,
  properties: texts,
  associatedObjectTypeIds: texts,
  objectIds: z
    .array(z.unknown())
    .nullish()
    .transform((list) => list ?? []),
  createdAt: z.string().nullish(),
  updatedAt: z.string().nullish(),
  deletedAt: z.string().nullish(),
});

export type Subscription = z.output<typeof subscription>;

const recordActions = ["CREATE", "UPDATE", "DELETE", "MERGE", "RESTORE"];
const associationActions = ["ASSOCIATION_ADDED", "ASSOCIATION_REMOVED"];

/**
 * The subscriptions that tell everything a search would: changes of the object itself and of related ones, and who is
 * related to whom. Properties are named one by one, since HubSpot nowhere says that a subscription without any hears of
 * all. Left out are those that HubSpot calculates and the mapping does not read: some change by themselves every day.
 *
 * @returns `undefined` for an object whose number is not known
 */
export function wantedSubscriptions(
  { description, watches }: Walk,
  fields: readonly string[],
): readonly WantedSubscription[] | undefined {
  const own = objectTypeId(description.object);
  const related = watches.map(({ object, properties }) => ({ typeId: objectTypeId(object), properties }));
  if (own === undefined) return undefined;
  const object = { subscriptionType: "OBJECT", actions: recordActions } as const;
  const wanted: WantedSubscription[] = [
    { ...object, objectTypeId: own, properties: ownProperties(description, fields) },
  ];
  const ends: string[] = [];
  for (const { typeId, properties } of related) {
    if (typeId === undefined) return undefined;
    wanted.push({ ...object, objectTypeId: typeId, properties });
    ends.push(typeId);
  }
  if (ends.length > 0)
    wanted.push({
      ...{ subscriptionType: "ASSOCIATION", actions: associationActions },
      ...{ objectTypeId: own, associatedObjectTypeIds: ends },
    });
  return wanted;
}

function ownProperties({ properties, stamp }: Walk["description"], fields: readonly string[]): readonly string[] {
  return [...properties.values()]
    .filter(
      ({ name, calculated }) => (!calculated || fields.includes(name)) && name !== stamp && name !== "hs_object_id",
    )
    .map(({ name }) => name);
}

/**
 * Since when the journal tells all of it, milliseconds since 1970; `undefined` while something is missing. A subscription
 * that was changed counts from its change.
 */
export function completeSince(
  wanted: readonly WantedSubscription[],
  present: readonly Subscription[],
): number | undefined {
  const begins = wanted.map((each) => Math.min(...present.filter((one) => covers(one, each)).map(beginOf)));
  return begins.every(Number.isFinite) ? Math.max(...begins) : undefined;
}

/** What must be asked for so that nothing of what is told today is lost: HubSpot may put it in the place of what is there. */
export function missingSubscriptions(
  wanted: readonly WantedSubscription[],
  present: readonly Subscription[],
): readonly WantedSubscription[] {
  return wanted
    .filter((each) => !present.some((one) => covers(one, each)))
    .map((each) => {
      const alike = present.filter((one) => isAlike(one, each));
      const union = (list: (given: Subscription) => readonly string[], own: readonly string[]): readonly string[] => [
        ...new Set([...own, ...alike.flatMap(list)]),
      ];
      const { properties, associatedObjectTypeIds } = each;
      return {
        ...each,
        actions: union((one) => one.actions, each.actions),
        ...(properties && { properties: union((one) => one.properties, properties) }),
        ...(associatedObjectTypeIds && {
          associatedObjectTypeIds: union((one) => one.associatedObjectTypeIds, associatedObjectTypeIds),
        }),
      };
    });
}

function isAlike(present: Subscription, wanted: WantedSubscription): boolean {
  return present.subscriptionType === wanted.subscriptionType && present.objectTypeId === wanted.objectTypeId;
}

function covers(present: Subscription, wanted: WantedSubscription): boolean {
  const hasAll = (all: readonly string[], some: readonly string[] = []): boolean =>
    some.every((each) => all.includes(each));
  return (
    isAlike(present, wanted) &&
    (present.deletedAt ?? null) === null &&
    present.objectIds.length === 0 &&
    hasAll(present.actions, wanted.actions) &&
    hasAll(present.properties, wanted.properties) &&
    hasAll(present.associatedObjectTypeIds, wanted.associatedObjectTypeIds)
  );
}

/** When the last of them was made or changed, milliseconds since 1970. */
export function lastBegin(present: readonly Subscription[]): number {
  return Math.max(...present.map(beginOf), present.length === 0 ? Number.POSITIVE_INFINITY : 0);
}

/** Never, where HubSpot does not say when. */
function beginOf({ createdAt, updatedAt }: Subscription): number {
  const instant = Date.parse(updatedAt ?? createdAt ?? "");
  return Number.isNaN(instant) ? Number.POSITIVE_INFINITY : instant;
}
