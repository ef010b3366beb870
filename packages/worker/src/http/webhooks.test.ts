import { createHmac, randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type Logger, Secret, silentLogger, type WebhookChange, type WebhookRequest } from "@cosell/connector";
import { seenInMemory } from "../intake/seen-ids.ts";
import { awsWebhook } from "./aws-webhook.ts";
import { crmWebhook } from "./crm-webhook.ts";
import { type RunningHttp, startHttp } from "./start-http.ts";

const now = Date.parse("2026-11-21T09:00:00Z");
const key = "a-key-that-nobody-guesses";
const signed = "another-secret";

const counted: string[] = [];
const logged: string[] = [];
const events: unknown[] = [];
const changes: WebhookChange[] = [];
let storing: () => Promise<void>;
let http: RunningHttp;

const logger: Logger = {
  ...silentLogger,
  warn: (message, detail) => void logged.push(`${message} ${JSON.stringify(detail)}`),
  error: (message, detail) => void logged.push(`${message} ${JSON.stringify(detail)}`),
};

/** A CRM that signs address, body and time. */
function sign(url: string, body: string, at: number): string {
  return createHmac("sha256", signed).update(`${url}\n${body}\n${at}`).digest("hex");
}

function receive({ url, headers, body }: WebhookRequest, _config: object, at: number) {
  const text = Buffer.from(body).toString();
  const stamp = Number(headers["x-timestamp"]);
  if (headers["x-signature"] !== sign(url, text, stamp)) return { ok: false, why: "forged" } as const;
  if (at - stamp > 300_000) return { ok: false, why: "stale" } as const;
  try {
    const ids = JSON.parse(text) as string[];
    return {
      ok: true,
      changes: ids.map((id) => ({
        kind: "upsert" as const,
        object: "deals",
        ref: id,
        version: "1",
        id: `event-${id}`,
      })),
    } as const;
  } catch {
    return { ok: false, why: "malformed" } as const;
  }
}

beforeEach(async () => {
  for (const list of [counted, logged, events, changes]) list.length = 0;
  storing = () => Promise.resolve();
  const seen = seenInMemory();
  http = await startHttp({
    port: 0,
    publicUrl: "https://sync.acme.example",
    sources: [
      awsWebhook({
        key: new Secret(key),
        seen,
        now: () => now,
        take: async (taken) => {
          await storing();
          events.push(...taken);
        },
      }),
      crmWebhook({
        connection: "crm",
        webhook: { receive },
        config: {},
        seen,
        now: () => now,
        take: async (taken) => {
          await storing();
          changes.push(...taken);
        },
      }),
    ],
    health: () => Promise.resolve({ ready: false, parts: { redis: { ok: false, detail: "away" } } }),
    metrics: () => Promise.resolve({ type: "text/plain", text: "cosell 1\n" }),
    onWebhook: (source, outcome) => void counted.push(`${source} ${outcome}`),
    bodyLimit: 10_000,
    perMinute: 20,
    logger,
  });
});

afterEach(() => http.close());

const post = async (path: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<number> =>
  (await fetch(`${http.url}/webhooks/${path}`, { method: "POST", body, headers })).status;

const event = (change: Record<string, unknown> = {}): string =>
  JSON.stringify({
    ...{ version: "0", id: randomUUID(), source: "aws.partnercentral-selling", "detail-type": "Opportunity Updated" },
    ...{ account: "111122223333", time: "2026-11-21T08:59:58Z", region: "us-east-1", resources: [] },
    detail: { schemaVersion: "1", catalog: "Sandbox", opportunity: { identifier: "O1234567" } },
    ...change,
  });

describe("EventBridge's API destination", () => {
  const send = (body: string | Buffer, given = key): Promise<number> => post("aws", body, { "x-api-key": given });

  it("is taken when its key is right, and answered when its marks are stored", async () => {
    const body = event();
    expect(await send(body)).toBe(200);
    expect(events).toEqual([JSON.parse(body)]);
    expect(counted).toEqual(["aws taken"]);
  });

  it.each([
    ["a wrong key", 401, "forged", () => send(event(), "a-key-that-somebody-guessed")],
    ["no key", 401, "forged", () => post("aws", event())],
    ["an event of last week", 410, "stale", () => send(event({ time: "2026-11-14T00:00:00Z" }))],
    ["an event of tomorrow", 410, "stale", () => send(event({ time: "2026-11-22T00:00:00Z" }))],
    ["an event without a time", 400, "malformed", () => send(event({ time: undefined }))],
    ["another service's event", 400, "malformed", () => send(event({ source: "aws.s3" }))],
    ["no JSON", 400, "malformed", () => send("{")],
    ["no text", 400, "malformed", () => send(Buffer.from([0xff, 0xfe, 0x00]))],
    ["a huge body", 413, "oversized", () => send("x".repeat(20_000))],
  ])("refuses %s: logged, counted, nothing taken", async (_what, status, why, sending) => {
    expect(await sending()).toBe(status);
    expect(counted).toEqual([`aws ${why}`]);
    expect(logged).toEqual([`a webhook request was refused {"source":"aws","why":"${why}"}`]);
    expect(events).toEqual([]);
  });

  it("refuses what it has taken, not what it could not store", async () => {
    const body = event();
    storing = () => Promise.reject(new Error("the disk is full"));
    expect(await send(body)).toBe(503);
    storing = () => Promise.resolve();
    expect([await send(body), await send(body)]).toEqual([200, 410]);
    expect(events).toHaveLength(1);
    expect(counted).toEqual(["aws failed", "aws taken", "aws replayed"]);
  });

  it("logs a flood once and slows it down", async () => {
    const statuses: number[] = [];
    for (let number = 0; number < 25; number += 1) statuses.push(await send(event(), "wrong"));
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
    expect(logged).toHaveLength(2);
    expect(logged.join()).not.toContain("wrong");
  });
});

describe("a CRM's webhook", () => {
  const send = (body: string, at = now, url = "https://sync.acme.example/webhooks/crm/crm"): Promise<number> =>
    post("crm/crm", body, { "x-signature": sign(url, body, at), "x-timestamp": String(at) });

  it("is believed by its signature over the public address", async () => {
    expect(await send('["1","2"]')).toBe(200);
    expect(changes.map(({ ref }) => ref)).toEqual(["1", "2"]);
    expect(await send("[]", now, `${http.url}/webhooks/crm/crm`)).toBe(401);
  });

  it("is refused when it is stale, replayed or malformed", async () => {
    expect(await send('["1"]')).toBe(200);
    expect(await send('["1"]')).toBe(410);
    expect(await send('["2"]', now - 600_000)).toBe(410);
    expect(await send("nonsense")).toBe(400);
    expect(counted).toEqual(["crm/crm taken", "crm/crm replayed", "crm/crm stale", "crm/crm malformed"]);
  });

  it("takes only what is new when the CRM sends a batch again under a new signature", async () => {
    expect(await send('["1"]')).toBe(200);
    expect(await send('["1","2"]', now - 1000)).toBe(200);
    expect(changes.map(({ ref }) => ref)).toEqual(["1", "2"]);
  });
});

describe("the rest of the worker's face", () => {
  it("tells health and metrics", async () => {
    const ready = await fetch(`${http.url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { ready: false, parts: { redis: { ok: false, detail: "away" } } },
    ]);
    expect((await fetch(`${http.url}/health/live`)).status).toBe(200);
    expect(await (await fetch(`${http.url}/metrics`)).text()).toBe("cosell 1\n");
    expect(await post("nobody", "{}")).toBe(404);
  });
});
