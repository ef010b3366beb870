import { setTimeout as sleep } from "node:timers/promises";
import type { DeliverySettings } from "./delivery-settings.ts";

/** EventBridge waits five seconds for an API destination. */
const timeoutMs = 5000;
const firstPauseMs = 100;
const mostAtOnce = 10;

/** Posts events to a receiver, some at a time. */
export interface Webhook {
  post(body: string): void;
  /** Gives up on what is not delivered. */
  close(): Promise<void>;
}

/** @param settings at the moment of each attempt */
export function createWebhook(settings: () => DeliverySettings): Webhook {
  const closing = new AbortController();
  const waiting: string[] = [];
  const active = new Set<Promise<void>>();

  const begin = (): void => {
    while (active.size < mostAtOnce && !closing.signal.aborted) {
      const body = waiting.shift();
      if (body === undefined) return;
      const run = posted(body, settings, closing.signal).finally(() => {
        active.delete(run);
        begin();
      });
      active.add(run);
    }
  };
  return {
    post: (body) => {
      waiting.push(body);
      begin();
    },
    close: async () => {
      closing.abort();
      await Promise.all(active);
    },
  };
}

/** Tries until the receiver takes or refuses it, or the attempts are used up. Never rejects. */
async function posted(body: string, settings: () => DeliverySettings, closing: AbortSignal): Promise<void> {
  for (let attempt = 1; !closing.aborted; attempt++) {
    const { webhookUrl, webhookHeaderName, webhookHeaderValue, webhookAttempts } = settings();
    if (webhookUrl === "") return;
    const headers = {
      "content-type": "application/json; charset=utf-8",
      ...(webhookHeaderValue !== "" && { [webhookHeaderName]: webhookHeaderValue }),
    };
    const signal = AbortSignal.any([closing, AbortSignal.timeout(timeoutMs)]);
    const status = await fetch(webhookUrl, { method: "POST", headers, body, signal }).then(
      async (response) => {
        await response.body?.cancel();
        return response.status;
      },
      () => 0,
    );
    const again = status === 0 || status === 429 || status >= 500;
    if (!again || attempt >= webhookAttempts) return;
    await sleep(firstPauseMs * 2 ** (attempt - 1), undefined, { signal: closing }).catch(() => undefined);
  }
}
