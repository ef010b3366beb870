import { z } from "zod";

const id = z.union([z.number(), z.string()]).transform(String);

/** One event of a journal's file. Everything beyond a record's change is unconfirmed, and so all of it may be missing. */
const event = z.object({
  portalId: id.optional(),
  action: z.string(),
  occurredAt: z.string().optional(),
  objectTypeId: z.string().optional(),
  objectId: id.optional(),
  primaryObjectId: id.optional(),
  mergedObjectIds: z.array(id).optional(),
  newObjectId: id.optional(),
  fromObjectTypeId: z.string().optional(),
  fromObjectId: id.optional(),
  toObjectTypeId: z.string().optional(),
  toObjectId: id.optional(),
  associatedObjectTypeId: z.string().optional(),
  associatedObjectId: id.optional(),
});

type Event = z.output<typeof event>;

/** A record that an event names. */
export interface Mention {
  readonly typeId: string;
  readonly id: string;
}

/** What an event says. `unread`: of a form that nobody knows. `other`: of no record, or of another portal. */
export type JournalReading =
  | { readonly kind: "association" | "record"; readonly mentions: readonly Mention[]; readonly isDelete: boolean }
  | { readonly kind: "other" }
  | { readonly kind: "unread" };

/** What happens to a record. `GDPR_DELETE` is subscribed to by nobody here; it may come all the same. */
const recordActions = new Set(["CREATE", "UPDATE", "DELETE", "MERGE", "RESTORE", "GDPR_DELETE"]);
const associationActions = new Set(["ASSOCIATION_ADDED", "ASSOCIATION_REMOVED"]);

/**
 * Members that name an association's two ends. Unconfirmed: HubSpot publishes no example that could be had. Whichever pairs
 * an event has are taken; one with fewer than two is `unread`.
 */
const endsOf: readonly ((given: Event) => readonly [string | undefined, string | undefined])[] = [
  ({ fromObjectTypeId, fromObjectId }) => [fromObjectTypeId, fromObjectId],
  ({ toObjectTypeId, toObjectId }) => [toObjectTypeId, toObjectId],
  ({ objectTypeId, objectId }) => [objectTypeId, objectId],
  ({ associatedObjectTypeId, associatedObjectId }) => [associatedObjectTypeId, associatedObjectId],
];

/** @param value an event as JSON has it; ids beyond 2^53 as texts */
export function readEvent(value: unknown, portalId: string): JournalReading {
  const parsed = event.safeParse(value);
  if (!parsed.success) return { kind: "unread" };
  const { data } = parsed;
  if (data.portalId !== undefined && data.portalId !== portalId) return { kind: "other" };
  const isDelete = data.action === "DELETE" || data.action === "GDPR_DELETE";
  if (recordActions.has(data.action)) {
    const { objectTypeId: typeId, objectId, primaryObjectId, mergedObjectIds = [], newObjectId } = data;
    // Who of them is left after a merge, the records tell.
    const ids = [objectId, primaryObjectId, ...mergedObjectIds, newObjectId].filter((each) => each !== undefined);
    if (typeId === undefined || ids.length === 0) return { kind: "unread" };
    return { kind: "record", mentions: [...new Set(ids)].map((each) => ({ typeId, id: each })), isDelete };
  }
  if (!associationActions.has(data.action)) return { kind: "other" };
  const mentions = endsOf.flatMap((end): Mention[] => {
    const [typeId, ref] = end(data);
    return typeId === undefined || ref === undefined ? [] : [{ typeId, id: ref }];
  });
  return mentions.length < 2 ? { kind: "unread" } : { kind: "association", mentions, isDelete: false };
}

/** When an event happened, milliseconds since 1970; `undefined` where it does not say so. */
export function occurredAt(value: unknown): number | undefined {
  const instant = Date.parse(event.safeParse(value).data?.occurredAt ?? "");
  return Number.isNaN(instant) ? undefined : instant;
}
