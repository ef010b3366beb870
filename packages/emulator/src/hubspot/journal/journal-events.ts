import { objectDefinitions } from "../schema/objects.ts";
import type { WebhookEventDraft } from "../webhooks/webhook-event.ts";
import type { JournalEvent, JournalSubscription } from "./journal-document.ts";

/** When and where something happened. */
interface Happening {
  readonly portalId: number;
  readonly occurredAt: string;
}

const typeIds: ReadonlyMap<string, string> = new Map(
  objectDefinitions.flatMap(({ singular, typeId }) => [
    [singular, typeId],
    [singular.toUpperCase(), typeId],
  ]),
);

/** What happens to records, as webhooks and as the journal call it. */
const actions: Readonly<Record<string, string>> = {
  creation: "CREATE",
  propertyChange: "UPDATE",
  deletion: "DELETE",
  restore: "RESTORE",
  merge: "MERGE",
};

/** The event that subscriptions of the portal make of what happened; `undefined` when none of them wants it. */
export function journalEventOf(
  happening: Happening,
  draft: WebhookEventDraft,
  subscriptions: readonly JournalSubscription[],
): JournalEvent | undefined {
  const [singular = "", word = ""] = draft.subscriptionType.split(".");
  const own = subscriptions.filter(({ portalId }) => portalId === happening.portalId);
  return word === "associationChange"
    ? associationEvent(happening, draft, own)
    : recordEvent(happening, draft, { typeId: typeIds.get(singular) ?? "", action: actions[word] ?? "" }, own);
}

/** `type`, `objectTypeId`, `objectId`, `action`, `occurredAt` and `propertyChanges` were seen in the field; a merge's ids are those of webhooks, unconfirmed here. */
function recordEvent(
  happening: Happening,
  draft: WebhookEventDraft,
  { typeId, action }: { readonly typeId: string; readonly action: string },
  subscriptions: readonly JournalSubscription[],
): JournalEvent | undefined {
  const { objectId, propertyName, propertyValue, primaryObjectId, mergedObjectIds, newObjectId } = draft;
  const wanting = subscriptions.filter(
    (each) =>
      each.subscriptionType === "OBJECT" &&
      each.objectTypeId === typeId &&
      each.actions.includes(action) &&
      (!each.objectIds?.length || each.objectIds.map(String).includes(objectId ?? "")) &&
      // HubSpot nowhere says that a subscription without properties hears of all of them.
      (propertyName === undefined || each.properties?.includes(propertyName) === true),
  );
  if (wanting.length === 0) return undefined;
  return {
    type: "crmObject",
    ...happening,
    action,
    objectTypeId: typeId,
    objectId: Number(objectId),
    ...(propertyName !== undefined && { propertyChanges: { [propertyName]: propertyValue ?? null } }),
    ...(primaryObjectId !== undefined && { primaryObjectId: Number(primaryObjectId) }),
    ...(mergedObjectIds && { mergedObjectIds: mergedObjectIds.map(Number) }),
    ...(newObjectId !== undefined && { newObjectId: Number(newObjectId) }),
  };
}

/** No published example could be had: the names of both ends are those of HubSpot's other answers about associations. */
function associationEvent(
  happening: Happening,
  { associationType = "", fromObjectId, toObjectId, associationRemoved = false }: WebhookEventDraft,
  subscriptions: readonly JournalSubscription[],
): JournalEvent | undefined {
  const [from = "", to = ""] = associationType.split("_TO_").map((word) => typeIds.get(word) ?? "");
  const action = associationRemoved ? "ASSOCIATION_REMOVED" : "ASSOCIATION_ADDED";
  const joins = ({ objectTypeId, associatedObjectTypeIds = [] }: JournalSubscription): boolean =>
    (objectTypeId === from && associatedObjectTypeIds.includes(to)) ||
    (objectTypeId === to && associatedObjectTypeIds.includes(from));
  const wanted = subscriptions.some(
    (each) => each.subscriptionType === "ASSOCIATION" && each.actions.includes(action) && joins(each),
  );
  if (!wanted) return undefined;
  return {
    type: "association",
    ...happening,
    action,
    fromObjectTypeId: from,
    fromObjectId: Number(fromObjectId),
    toObjectTypeId: to,
    toObjectId: Number(toObjectId),
  };
}
