import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { EmulatorClock, JsonObject } from "../../kernel/index.ts";
import type { CompanyEvent } from "../company.ts";
import type { PipedriveSettings } from "../settings.ts";

/** Tells a URL what happens in the companies. */
export interface Webhooks {
  tell(companyId: number, singular: string, event: CompanyEvent): void;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Before the second attempt; doubled for each further one. Real milliseconds. */
const pauseMs = 50;

/** The body of an event in version 2, as one was captured. Not signed: the credentials in a header are all the proof there is. */
export function eventBody(companyId: number, singular: string, event: CompanyEvent, now: number): JsonObject {
  const { action, record, previous, source } = event;
  const changed = Object.entries(previous ?? {}).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(record[name]),
  );
  return {
    data: action === "delete" ? null : record,
    previous: previous === undefined ? null : Object.fromEntries(changed),
    meta: {
      ...{ action, company_id: String(companyId), correlation_id: randomUUID(), entity: singular },
      ...{ entity_id: String(record.id), id: randomUUID(), is_bulk_edit: false, type: "general" },
      ...{ timestamp: new Date(now).toISOString(), user_id: "1", version: "2.0", webhook_id: "1" },
      ...{ webhook_owner_id: "1", change_source: source, permitted_user_ids: [], attempt: 1 },
      host: "emulator.pipedrive.com",
    },
  };
}

/** One request for each event, and again when it is not answered with 2xx. */
export function createWebhooks(clock: EmulatorClock, settings: () => PipedriveSettings): Webhooks {
  const stop = new AbortController();
  let underWay: Promise<void> = Promise.resolve();
  const send = async (event: JsonObject): Promise<void> => {
    const { webhookUrl, webhookUser, webhookPassword, webhookAttempts } = settings();
    const basic = Buffer.from(`${webhookUser}:${webhookPassword}`).toString("base64");
    const headers = {
      "content-type": "application/json",
      ...(webhookUser !== "" && { authorization: `Basic ${basic}` }),
    };
    for (let attempt = 1; attempt <= webhookAttempts && !stop.signal.aborted; attempt += 1) {
      if (attempt > 1) await sleep(pauseMs * 2 ** attempt, undefined, { signal: stop.signal }).catch(() => undefined);
      const body = JSON.stringify({ ...event, meta: { ...(event["meta"] as JsonObject), attempt } });
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
  return {
    tell: (companyId, singular, event) => {
      if (settings().webhookUrl === "") return;
      const body = eventBody(companyId, singular, event, clock.now());
      underWay = underWay.then(() => sleep(1)).then(() => send(body));
    },
    idle: () => underWay,
    close: async () => {
      stop.abort();
      await underWay;
    },
  };
}
