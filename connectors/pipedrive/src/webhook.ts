import { createHash, timingSafeEqual } from "node:crypto";
import type { ConnectorWebhook, WebhookChange, WebhookOutcome, WebhookRequest } from "@cosell/connector";
import { z } from "zod";
import type { PipedriveConfig } from "./config.ts";
import { objectOfEntity } from "./crm-objects.ts";

/** How late an event may come: Pipedrive tries again for some minutes. And how early, by a clock that is ahead. */
const latestMs = 3_600_000;
const earliestMs = 5 * 60_000;

/** An event of version 2. */
const event = z.object({
  meta: z.object({
    id: z.string(),
    action: z.enum(["create", "change", "delete"]),
    entity: z.string(),
    entity_id: z.union([z.string(), z.number()]),
    timestamp: z.iso.datetime({ offset: true }),
  }),
});

/**
 * Pipedrive's webhooks, version 2. The proof is a user and a password in the header (HTTP Basic): nothing is signed, so who
 * knows the password may say anything. Therefore an event only wakes the sync up, which then asks Pipedrive itself.
 */
export const webhook: ConnectorWebhook<PipedriveConfig> = {
  provesBody: false,
  receive: (request, config, now) => {
    if (!isProven(request, config)) return { ok: false, why: "forged" };
    const told = eventOf(request);
    if (!told) return { ok: false, why: "malformed" };
    const age = now - Date.parse(told.timestamp);
    if (!(age <= latestMs && age >= -earliestMs)) return { ok: false, why: "stale" };
    return { ok: true, changes: changesOf(told) };
  },
};

type Told = z.output<typeof event>["meta"];

function isProven({ headers }: WebhookRequest, config: PipedriveConfig): boolean {
  if (!config.webhook) return false;
  const { user, password } = config.webhook;
  const expected = `Basic ${Buffer.from(`${user}:${password.reveal()}`).toString("base64")}`;
  return timingSafeEqual(digest(headers["authorization"] ?? ""), digest(expected));
}

/** Digests have one length, which a comparison in constant time needs. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function eventOf({ body }: WebhookRequest): Told | undefined {
  try {
    return event.safeParse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body))).data?.meta;
  } catch {
    return undefined;
  }
}

/** A merge is told as a delete and a change. What is about other objects than these is no news to us. */
function changesOf({ id, action, entity, entity_id }: Told): (WebhookOutcome & { readonly ok: true })["changes"] {
  const object = objectOfEntity(entity);
  const ref = String(entity_id);
  if (object === undefined || !/^[1-9]\d{0,14}$/.test(ref)) return [];
  const change: WebhookChange =
    action === "delete" ? { kind: "delete", object, ref } : { kind: "upsert", object, ref, version: `webhook ${id}` };
  return [{ ...change, id }];
}
