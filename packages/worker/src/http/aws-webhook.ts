import { createHash, timingSafeEqual } from "node:crypto";
import type { JsonValue, Secret, WebhookRequest } from "@cosell/connector";
import { parseEvent } from "@cosell/partner-central";
import type { SeenIds } from "../intake/seen-ids.ts";
import type { WebhookAnswer, WebhookSource } from "./webhook-source.ts";

export interface AwsWebhookOptions {
  /** The header in which the EventBridge connection sends its key, in lower case. @defaultValue "x-api-key" */
  readonly keyHeader?: string;
  readonly key: Secret;
  readonly seen: SeenIds;
  readonly now: () => number;
  /** EventBridge tries for a day; what is older is not its. Milliseconds. @defaultValue 25 hours */
  readonly oldestMs?: number;
  /** Stores the marks of events. */
  readonly take: (events: readonly JsonValue[]) => Promise<unknown>;
}

const hour = 3600_000;
/** Clocks differ. */
const aheadMs = 5 * 60_000;

/**
 * An EventBridge API destination: one event in a request, proved by a key of its own in a header. Anything that is an
 * event of Partner Central is taken, unknown kinds too: it only says where to look.
 */
export function awsWebhook(options: AwsWebhookOptions): WebhookSource {
  const { keyHeader = "x-api-key", key, seen, now, oldestMs = 25 * hour, take } = options;
  const expected = digest(key.reveal());
  return {
    path: "aws",
    async receive({ headers, body }: WebhookRequest): Promise<WebhookAnswer> {
      // Digests are of one length: comparing them tells nothing of the key's.
      if (!timingSafeEqual(digest(headers[keyHeader] ?? ""), expected)) return { ok: false, why: "forged" };
      const parsed = jsonIn(body);
      const event = parsed === undefined ? undefined : parseEvent(parsed);
      if (parsed === undefined || event === undefined) return { ok: false, why: "malformed" };
      const at = event.time === undefined ? NaN : Date.parse(event.time);
      if (Number.isNaN(at)) return { ok: false, why: "malformed" };
      if (at < now() - oldestMs || at > now() + aheadMs) return { ok: false, why: "stale" };
      const id = event.id ?? digest(Buffer.from(body).toString("utf8")).toString("hex");
      if (await seen.has(`aws:${id}`)) return { ok: false, why: "replayed" };
      await take([parsed]);
      await seen.add([`aws:${id}`]);
      return { ok: true, taken: 1 };
    },
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function jsonIn(body: Uint8Array): JsonValue | undefined {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) as JsonValue;
  } catch {
    return undefined;
  }
}
