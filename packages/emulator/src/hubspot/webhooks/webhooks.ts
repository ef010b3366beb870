import { setTimeout as sleep } from "node:timers/promises";
import type { EmulatorClock } from "../../kernel/index.ts";
import type { HubspotSettings } from "../settings.ts";
import { signatureOf } from "./signature.ts";
import type { WebhookEventDraft } from "./webhook-event.ts";

/** Tells a URL what happens in the portals. */
export interface Webhooks {
  tell(portalId: number, draft: WebhookEventDraft): void;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Most events in one request. */
const batchSize = 100;
/** Before the second attempt; doubled for each further one. Real milliseconds. */
const pauseMs = 50;

/**
 * Events are gathered for a moment, sent in batches of up to 100 with a signature, in no order, and again when they are not
 * answered with 2xx: what a receiver must cope with.
 */
export function createWebhooks(clock: EmulatorClock, settings: () => HubspotSettings): Webhooks {
  const stop = new AbortController();
  let waiting: object[] = [];
  let sequence = 0;
  let underWay: Promise<void> = Promise.resolve();

  const send = async (events: readonly object[]): Promise<void> => {
    const { webhookUrl, webhookAttempts, clientSecret } = settings();
    for (let attempt = 0; attempt < webhookAttempts && webhookUrl !== "" && !stop.signal.aborted; attempt += 1) {
      if (attempt > 0) await sleep(pauseMs * 2 ** attempt, undefined, { signal: stop.signal }).catch(() => undefined);
      const body = JSON.stringify(events.map((event) => ({ ...event, attemptNumber: attempt })));
      const timestamp = clock.now();
      const signature = signatureOf({ method: "POST", url: webhookUrl, body, timestamp }, clientSecret);
      const headers = {
        "content-type": "application/json",
        "x-hubspot-signature-v3": signature,
        "x-hubspot-request-timestamp": String(timestamp),
      };
      const status = await fetch(webhookUrl, { method: "POST", body, headers, signal: stop.signal }).then(
        async (response) => {
          await response.arrayBuffer();
          return response.status;
        },
        () => 0,
      );
      if (status >= 200 && status < 300) return;
    }
  };

  const flush = async (): Promise<void> => {
    const events = waiting.reverse();
    waiting = [];
    for (let begin = 0; begin < events.length; begin += batchSize) await send(events.slice(begin, begin + batchSize));
  };

  return {
    tell: (portalId, draft) => {
      if (settings().webhookUrl === "") return;
      sequence += 1;
      const { objectId, primaryObjectId, mergedObjectIds, newObjectId, fromObjectId, toObjectId, ...rest } = draft;
      waiting.push({
        eventId: sequence,
        subscriptionId: 1,
        portalId,
        appId: 1,
        occurredAt: clock.now(),
        changeSource: "CRM_UI",
        ...rest,
        ...numbers({ objectId, primaryObjectId, newObjectId, fromObjectId, toObjectId }),
        ...(mergedObjectIds && { mergedObjectIds: mergedObjectIds.map(Number) }),
      });
      if (waiting.length === 1) underWay = underWay.then(() => sleep(1)).then(flush);
    },
    idle: () => underWay,
    close: async () => {
      waiting = [];
      stop.abort();
      await underWay;
    },
  };
}

/** HubSpot tells ids as JSON numbers here. */
function numbers(ids: Readonly<Record<string, string | undefined>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(ids).flatMap(([name, id]) => (id === undefined ? [] : [[name, Number(id)]])),
  );
}
