import type { WebhookRequest } from "@cosell/connector";

/** Why a request to a webhook is refused. */
export type WebhookRefusal = "forged" | "stale" | "replayed" | "malformed" | "oversized" | "too-many";

/** What became of a request. `taken`: how many things it told were new. */
export type WebhookAnswer =
  { readonly ok: true; readonly taken: number } | { readonly ok: false; readonly why: WebhookRefusal };

/** Somebody who calls us: its name is the end of the address. */
export interface WebhookSource {
  /** `aws`, or a connection's name under `crm/`. */
  readonly path: string;
  /** Believes or refuses, and stores what it tells before it answers. Throws only when that could not be stored: the caller tries again. */
  receive(request: WebhookRequest): Promise<WebhookAnswer>;
}

/**
 * The status for each refusal. EventBridge repeats 401, 407, 409, 429 and 5xx for a day, HubSpot everything but 2xx: a
 * wrong key (401) may yet be mended, while a repetition will never be welcome (410).
 */
export const refusalStatus: Readonly<Record<WebhookRefusal, number>> = {
  forged: 401,
  stale: 410,
  replayed: 410,
  malformed: 400,
  oversized: 413,
  "too-many": 429,
};
