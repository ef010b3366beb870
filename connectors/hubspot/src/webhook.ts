import { createHmac, timingSafeEqual } from "node:crypto";
import type { ConnectorWebhook, WebhookChange, WebhookOutcome, WebhookRequest } from "@cosell/connector";
import { z } from "zod";
import type { HubspotConfig } from "./config.ts";
import { parseKeepingIds } from "./hubspot-id.ts";
import { objectTypeIds } from "./object-types.ts";

/** How long a request may be on its way (HubSpot, "Validating requests"). */
const windowMs = 5 * 60_000;

/** How far ahead of ours HubSpot's clock may be. */
const clockSkewMs = 60_000;

/** HubSpot decodes these characters of the address before it signs, and no others ("Validating requests", v3). */
const decodedCharacters = /%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

const id = z.union([z.number(), z.string()]).transform(String);

const event = z.object({
  eventId: id.optional(),
  subscriptionId: id.optional(),
  portalId: id.optional(),
  subscriptionType: z.string().catch(""),
  objectTypeId: z.string().optional(),
  occurredAt: z.number().optional(),
  objectId: id.optional(),
  primaryObjectId: id.optional(),
  mergedObjectIds: z.array(id).optional(),
  newObjectId: id.optional(),
  fromObjectId: id.optional(),
  toObjectId: id.optional(),
  fromObjectTypeId: z.string().optional(),
  associationType: z.string().optional(),
});

type WebhookEvent = z.output<typeof event>;

/** How HubSpot calls us: up to 100 events a request, in no order, some of them again. */
export const webhook: ConnectorWebhook<HubspotConfig> = {
  receive: (request, config, now) => {
    try {
      return received(request, config, now);
    } catch {
      return { ok: false, why: "malformed" };
    }
  },
};

function received(request: WebhookRequest, { webhookSecret, portalId }: HubspotConfig, now: number): WebhookOutcome {
  const timestamp = request.headers["x-hubspot-request-timestamp"] ?? "";
  if (!webhookSecret || !isSigned(request, webhookSecret.reveal(), timestamp)) return { ok: false, why: "forged" };
  const age = now - Number(timestamp);
  if (!(age <= windowMs && age >= -clockSkewMs)) return { ok: false, why: "stale" };
  const events = z.array(event).safeParse(parseKeepingIds(Buffer.from(request.body).toString("utf8")));
  if (!events.success) return { ok: false, why: "malformed" };
  // One address hears of every portal that an app is installed in.
  const own = events.data.filter(
    (each) => portalId === undefined || each.portalId === undefined || each.portalId === portalId,
  );
  return {
    ok: true,
    changes: own.flatMap((each) => changesOf(each).map((change) => ({ ...change, ...nameOf(each) }))),
  };
}

/** Version 3: the secret's hash of method, address, raw body and time. Compared in constant time. */
function isSigned({ method, url, headers, body }: WebhookRequest, secret: string, timestamp: string): boolean {
  const given = Buffer.from(headers["x-hubspot-signature-v3"] ?? "", "base64");
  const uri = url.replace(decodedCharacters, (escape) => decodeURIComponent(escape));
  const wanted = createHmac("sha256", secret).update(`${method}${uri}`).update(body).update(timestamp).digest();
  return /^\d{1,15}$/.test(timestamp) && given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** The objects as events call them, by word or by number. */
const objects: Readonly<Record<string, string>> = {
  ...{ deal: "deals", company: "companies", contact: "contacts" },
  ...Object.fromEntries(Object.entries(objectTypeIds).map(([object, typeId]) => [typeId, object])),
};

function changesOf(given: WebhookEvent): readonly WebhookChange[] {
  const [word = "", action = ""] = given.subscriptionType.split(".");
  const object = objects[word === "object" ? (given.objectTypeId ?? "") : word] ?? given.objectTypeId;
  if (object === undefined) return [];
  const version = `event ${given.eventId ?? ""} ${given.occurredAt ?? ""}`;
  const upsert = (ref: string): WebhookChange => ({ kind: "upsert", object, ref, version });
  switch (action) {
    case "creation":
    case "propertyChange":
    case "restore":
      return given.objectId === undefined ? [] : [upsert(given.objectId)];
    case "deletion":
    case "privacyDeletion":
      return given.objectId === undefined ? [] : [{ kind: "delete", object, ref: given.objectId }];
    case "merge": {
      const survivor = given.newObjectId ?? given.objectId;
      if (survivor === undefined) return [];
      const gone = [given.primaryObjectId, ...(given.mergedObjectIds ?? [])].filter((ref) => ref !== undefined);
      const merges = gone
        .filter((ref) => ref !== survivor)
        .map((ref): WebhookChange => ({ kind: "merge", object, ref, survivor }));
      return [...merges, upsert(survivor)];
    }
    case "associationChange": {
      const from = objects[(given.associationType ?? "").split("_TO_")[0]?.toLowerCase() ?? ""] ?? object;
      return given.fromObjectId === undefined ? [] : [{ ...upsert(given.fromObjectId), object: from }];
    }
    default:
      return [];
  }
}

/** HubSpot does not promise that an event's id is its alone: with what it is about, it is. */
function nameOf({ eventId, subscriptionId, objectId, fromObjectId, toObjectId, occurredAt }: WebhookEvent): {
  readonly id?: string;
} {
  if (eventId === undefined) return {};
  const parts = [eventId, subscriptionId, objectId ?? `${fromObjectId ?? ""}-${toObjectId ?? ""}`, occurredAt];
  return { id: parts.map((part) => part ?? "").join(":") };
}
