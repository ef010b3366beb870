import { createHmac, timingSafeEqual } from "node:crypto";
import type { ConnectorWebhook, WebhookRequest } from "../connector.ts";
import type { Secret } from "../secret.ts";
import type { WorldOffers } from "./world.ts";

/** How far apart sending and arriving may be. */
const windowMs = 5 * 60_000;

function proofOf(secret: string, stamp: string, body: Uint8Array): Buffer {
  return createHmac("sha256", secret).update(`${stamp}.`).update(body).digest();
}

/** The smallest webhook that keeps the contract: an HMAC over time and body, and one deal's id as JSON. */
export const memoryWebhook: ConnectorWebhook<{ readonly password: Secret }> = {
  receive: ({ headers, body }, { password }, now) => {
    const stamp = headers["x-stamp"] ?? "";
    const given = Buffer.from(headers["x-proof"] ?? "", "hex");
    const proof = proofOf(password.reveal(), stamp, body);
    if (given.length !== proof.length || !timingSafeEqual(given, proof)) return { ok: false, why: "forged" };
    if (!(Math.abs(now - Number(stamp)) <= windowMs)) return { ok: false, why: "stale" };
    const ref = refIn(body);
    if (ref === undefined) return { ok: false, why: "malformed" };
    return { ok: true, changes: [{ kind: "upsert", object: "Deal", ref, version: `told ${stamp}` }] };
  },
};

function refIn(body: Uint8Array): string | undefined {
  try {
    const { ref } = JSON.parse(new TextDecoder().decode(body)) as { readonly ref?: unknown };
    return typeof ref === "string" ? ref : undefined;
  } catch {
    return undefined;
  }
}

/** Requests as the CRM in memory would send them. */
export function memoryWebhookOffer(password: Secret): NonNullable<WorldOffers["webhook"]> {
  const sentAt = Date.UTC(2026, 2, 2, 9, 30);
  const requestWith = (text: string): WebhookRequest => {
    const body = new TextEncoder().encode(text);
    const proof = proofOf(password.reveal(), String(sentAt), body).toString("hex");
    const headers = { "x-stamp": String(sentAt), "x-proof": proof };
    return { method: "POST", url: "https://cosell.example/hook", headers, body };
  };
  return {
    config: { password },
    sentAt,
    genuine: requestWith('{"ref":"D1"}'),
    changes: [{ kind: "upsert", object: "Deal", ref: "D1" }],
    malformed: requestWith("no JSON"),
  };
}
