import { randomUUID } from "node:crypto";
import { PassThrough } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { hubspot } from "@cosell/connector-hubspot";
import { pipedrive } from "@cosell/connector-pipedrive";
import {
  type Connector,
  type JsonValue,
  type Logger,
  Secret,
  systemClock,
  type WebhookChange,
} from "@cosell/connector";
import { hubspotSignatureOf } from "@cosell/emulator";
import { openState, type StateStore } from "@cosell/state";
import { testDatabase, type TestDatabase, testRedis } from "@cosell/state/testing";
import {
  awsWebhook,
  connectRedis,
  createMetrics,
  crmWebhook,
  type RunningHttp,
  seenInRedis,
  startHttp,
} from "@cosell/worker";
import { createLogger } from "../../packages/cli/src/logging.ts";

const publicUrl = "https://sync.acme.example";
const key = "k7-webhook-key-of-the-api-destination";
const clientSecret = "9f7c-client-secret-of-the-app";
const password = "pipedrive-webhook-password";
const perMinute = 60;
const bodyLimit = 20_000;

let database: TestDatabase;
let store: StateStore;
let http: RunningHttp;
let lines: string;
/** What was taken, one entry a change or an event. */
let taken: string[];
/** Storing takes this long. */
let storeMs: number;
const queue = testRedis();
const silent: Logger = createLogger({ logLevel: "error", logFormat: "pretty" }, []);
const redis = connectRedis(new Secret(queue.url), silent);

beforeEach(async () => {
  [lines, taken, storeMs] = ["", [], 0];
  database = await testDatabase();
  store = await openState({ url: database.url });
  const stream = new PassThrough().setEncoding("utf8").on("data", (text: string) => (lines += text));
  const metrics = createMetrics();
  const seen = seenInRedis(redis.redis, queue.prefix, 60_000);
  const now = (): number => systemClock.now();
  const takeChanges = async (changes: readonly WebhookChange[]): Promise<void> => {
    await pause(storeMs);
    const marks = changes.map(({ ref }) => ({ side: "crm", ref, reason: "crm:webhook" }) as const);
    await store.intake("opportunities", "webhook", marks, undefined);
    taken.push(...changes.map(({ ref }) => ref));
  };
  const takeEvents = async (events: readonly JsonValue[]): Promise<void> => {
    await pause(storeMs);
    taken.push(...events.map((event) => JSON.stringify(event)));
  };
  const toHubspot = await configured(hubspot, {
    accessToken: new Secret("a-token"),
    clientSecret: new Secret(clientSecret),
  });
  const toPipedrive = await configured(pipedrive, {
    ...{ instanceUrl: "https://acme.pipedrive.com", apiToken: new Secret("a-token") },
    ...{ webhookUser: "cosell", webhookPassword: new Secret(password) },
  });
  if (hubspot.webhook === undefined || pipedrive.webhook === undefined) throw new Error("no webhooks");
  http = await startHttp({
    ...{ port: 0, publicUrl, bodyLimit, perMinute },
    sources: [
      awsWebhook({ key: new Secret(key), seen, now, take: takeEvents }),
      crmWebhook({ connection: "hubspot", webhook: hubspot.webhook, config: toHubspot, seen, now, take: takeChanges }),
      crmWebhook({
        ...{ connection: "pipedrive", webhook: pipedrive.webhook, config: toPipedrive, seen, now },
        take: takeChanges,
      }),
    ],
    health: () => Promise.resolve({ ready: true, parts: {} }),
    metrics: () => metrics.text(),
    onWebhook: (source, outcome) => metrics.webhook(source, outcome),
    logger: createLogger({ logLevel: "warn", logFormat: "json" }, [key, clientSecret, password], stream),
  });
});

afterEach(async () => {
  await http.close();
  await store.close();
  await database.drop();
  const keys = await redis.redis.keys(`${queue.prefix}*`);
  if (keys.length > 0) await redis.redis.del(...keys);
});

afterAll(() => redis.close());

/** Settings as a configuration holds them, read by the connector itself. */
async function configured<Config>({ config }: Connector<Config>, settings: object): Promise<Config> {
  const read = await config["~standard"].validate(settings);
  if (read.issues !== undefined) throw new Error(JSON.stringify(read.issues));
  return read.value;
}

interface Sent {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Somebody who calls us: what it sends when all is right, and how others pretend. */
interface Caller {
  readonly path: string;
  /** A genuine request about one deal, made at a time; with `body`, one that is proved and says something else. */
  genuine(deal: string, at?: number, body?: string): Sent;
  /** The same request from one who does not know the secret. */
  forged(deal: string): Sent;
  /** How old a request has to be, milliseconds, to be refused. */
  readonly staleMs: number;
}

const aws: Caller = {
  path: "aws",
  staleMs: 26 * 3_600_000,
  genuine: (deal, at = Date.now(), body) => ({
    headers: { "x-api-key": key, "content-type": "application/json" },
    body:
      body ??
      JSON.stringify({
        ...{ version: "0", id: randomUUID(), source: "aws.partnercentral-selling", account: "111122223333" },
        ...{
          "detail-type": "Opportunity Updated",
          time: new Date(at).toISOString(),
          region: "us-east-1",
          resources: [],
        },
        detail: { schemaVersion: "1", catalog: "Sandbox", opportunity: { identifier: deal } },
      }),
  }),
  forged: (deal) => ({ ...aws.genuine(deal), headers: { "x-api-key": `${key}.` } }),
};

const fromHubspot: Caller = {
  path: "crm/hubspot",
  staleMs: 6 * 60_000,
  genuine: (deal, at = Date.now(), given) => {
    const about = { eventId: Number(deal), subscriptionId: 1, portalId: 1, occurredAt: at };
    const body =
      given ?? JSON.stringify([{ ...about, subscriptionType: "deal.propertyChange", objectId: Number(deal) }]);
    return { body, headers: signed(body, at, clientSecret) };
  },
  forged: (deal) => {
    const { body } = fromHubspot.genuine(deal);
    return { body, headers: signed(body, Date.now(), "another-secret") };
  },
};

function signed(body: string, timestamp: number, secret: string): Readonly<Record<string, string>> {
  const url = `${publicUrl}/webhooks/crm/hubspot`;
  return {
    "x-hubspot-signature-v3": hubspotSignatureOf({ method: "POST", url, body, timestamp }, secret),
    "x-hubspot-request-timestamp": String(timestamp),
  };
}

const basic = (secret: string) => ({ authorization: `Basic ${Buffer.from(`cosell:${secret}`).toString("base64")}` });

const fromPipedrive: Caller = {
  path: "crm/pipedrive",
  staleMs: 2 * 3_600_000,
  genuine: (deal, at = Date.now(), body) => {
    const meta = { id: randomUUID(), action: "change", entity: "deal", entity_id: deal };
    return {
      body: body ?? JSON.stringify({ meta: { ...meta, timestamp: new Date(at).toISOString() }, data: {} }),
      headers: basic(password),
    };
  },
  forged: (deal) => ({ ...fromPipedrive.genuine(deal), headers: basic("a guess") }),
};

const post = async (path: string, { body, headers }: Sent): Promise<number> =>
  (await fetch(`${http.url}/webhooks/${path}`, { method: "POST", body, headers })).status;

/** How often a source's requests have ended so, as Prometheus is told. */
async function counted(source: string, outcome: string): Promise<number> {
  const text = await (await fetch(`${http.url}/metrics`)).text();
  const line = text
    .split("\n")
    .find((one) => one.startsWith(`cosell_webhook_requests_total{source="${source}",outcome="${outcome}"}`));
  return Number(line?.split(" ")[1] ?? 0);
}

const logged = (why: string): number => lines.split("\n").filter((line) => line.includes(`"why":"${why}"`)).length;

describe.each([
  ["EventBridge", aws],
  ["HubSpot", fromHubspot],
  ["Pipedrive", fromPipedrive],
])("%s", (_name, caller) => {
  const thrice = async (make: () => Sent): Promise<readonly number[]> => [
    await post(caller.path, make()),
    await post(caller.path, make()),
    await post(caller.path, make()),
  ];

  it("is taken when it is genuine", async () => {
    expect(await post(caller.path, caller.genuine("7"))).toBe(200);
    expect(taken).toHaveLength(1);
    expect(await counted(caller.path, "taken")).toBe(1);
    expect(lines).toBe("");
  });

  it.each([
    ["forged", 401, () => caller.forged("7")],
    ["stale", 410, () => caller.genuine("7", Date.now() - caller.staleMs)],
    ["malformed", 400, () => caller.genuine("7", Date.now(), "{]")],
    ["malformed", 400, () => caller.genuine("7", Date.now(), '"\u0000nothing"')],
    ["oversized", 413, () => caller.genuine("7", Date.now(), "x".repeat(bodyLimit + 1))],
  ] satisfies [string, number, () => Sent][])(
    "is refused when it is %s: not taken, counted each time, logged once",
    async (why, status, make) => {
      expect(await thrice(make)).toEqual([status, status, status]);
      expect(taken).toEqual([]);
      expect([await counted(caller.path, why), logged(why)]).toEqual([3, 1]);
      expect([...lines.trim().split("\n")]).toHaveLength(1);
    },
  );

  it("is refused when it is replayed: taken once, counted each time, logged once", async () => {
    const request = caller.genuine("7");
    expect(await post(caller.path, request)).toBe(200);
    expect(await thrice(() => request)).toEqual([410, 410, 410]);
    expect(taken).toHaveLength(1);
    expect([await counted(caller.path, "replayed"), logged("replayed")]).toEqual([3, 1]);
  });

  it("is counted and logged under its own name, however the address is spelt", async () => {
    const spelt = caller.path.replace("s", "%73").replace("r", "%72");
    const much = caller.genuine("7", Date.now(), "x".repeat(bodyLimit + 1));
    expect([await post(spelt, much), await post(`${caller.path}?x=1`, much)]).toEqual([413, 413]);
    expect([await counted(caller.path, "oversized"), logged("oversized")]).toEqual([2, 1]);
    expect(lines).not.toContain("%7");
  });

  it("tells no secret and nothing of the request in what it logs", async () => {
    await post(caller.path, caller.forged("7"));
    await post(caller.path, caller.genuine("7", Date.now() - caller.staleMs));
    const secrets = [key, clientSecret, password, "another-secret", "a guess", "signature"];
    expect(secrets.filter((secret) => lines.includes(secret))).toEqual([]);
  });
});

describe("more requests than a minute allows", () => {
  it("are refused and counted, and none that was answered with 200 is lost", async () => {
    storeMs = 100;
    const deals = Array.from({ length: 2 * perMinute }, (_, number) => String(1000 + number));
    const statuses = new Map<string, number>();
    const all = deals.map(async (deal) => {
      const caller = Number(deal) % 2 === 0 ? fromHubspot : fromPipedrive;
      statuses.set(deal, await post(caller.path, caller.genuine(deal)));
    });
    await Promise.all(all);
    const accepted = deals.filter((deal) => statuses.get(deal) === 200);
    expect(accepted).toHaveLength(perMinute);
    expect(new Set(statuses.values())).toEqual(new Set([200, 429]));
    const shed = (await counted("crm/hubspot", "too-many")) + (await counted("crm/pipedrive", "too-many"));
    expect(shed).toBe(perMinute);
    expect(logged("too-many")).toBe(2);
    // What was accepted stands in the database before it is answered.
    const stored: string[] = [];
    for await (const { crmRef } of store.links({ sync: "opportunities" })) stored.push(crmRef);
    expect(stored.toSorted()).toEqual(accepted.toSorted());
  });

  it("lets a request that is being stored end when the server closes", async () => {
    storeMs = 300;
    const answer = post(fromHubspot.path, fromHubspot.genuine("7"));
    await pause(100);
    await http.close();
    expect(await answer).toBe(200);
    expect(taken).toEqual(["7"]);
  });
});
