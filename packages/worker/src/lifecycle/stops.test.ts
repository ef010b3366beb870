import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { type Connection, type Failure, silentLogger, systemClock } from "@cosell/connector";
import { openState, type StateStore } from "@cosell/state";
import { testDatabase, type TestDatabase } from "@cosell/state/testing";
import type { Alarm } from "../telemetry/alarms.ts";
import { createMetrics } from "../telemetry/metrics.ts";
import type { WorkerSync } from "../worker.ts";
import { createStops, type Stops } from "./stops.ts";

const refused: Failure = { kind: "auth", message: "The CRM refuses the token." };

type Check = Awaited<ReturnType<Connection["check"]>>;

let database: TestDatabase;
const stores: StateStore[] = [];
let alarms: (Alarm | string)[];
let logged: string[];
/** What the CRM and AWS say of our credentials. */
let crm: Check;
let awsTakesUs: boolean;
let looks: number;

beforeEach(async () => {
  database = await testDatabase();
  [alarms, logged, looks, awsTakesUs] = [[], [], 0, true];
  crm = { ok: false, failure: refused };
});
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  await database.drop();
});

/** The sync as a worker has it; only what stops look at. */
const sync = {
  ...{ name: "opportunities", connectionName: "crm", account: "default-AWS" },
  connection: {
    check: async () => {
      looks += 1;
      return crm;
    },
  },
  checkPartnerCentral: async () => awsTakesUs,
} as unknown as WorkerSync;

/** One worker process's, with a connection of its own to the state that all share. */
async function openStops(): Promise<Stops & { readonly store: StateStore }> {
  const store = await openState({ url: database.url, clock: systemClock, logger: silentLogger });
  stores.push(store);
  const stops = createStops({
    ...{ store, syncs: [sync], metrics: createMetrics(), clock: systemClock },
    alarms: {
      raise: async (alarm) => void alarms.push(alarm),
      clear: async (key) => void alarms.push(`over ${key}`),
      close: () => Promise.resolve(),
    },
    logger: { ...silentLogger, error: (message: string) => void logged.push(message) },
    onOutdated: () => void logged.push("ended"),
  });
  return { ...stops, store };
}

it("refused credentials pause their connection once, whichever worker sees it, and however many links", async () => {
  const workers = await Promise.all([openStops(), openStops(), openStops()]);
  await Promise.all(workers.flatMap((worker) => Array.from({ length: 8 }, () => worker.stop(sync, refused))));

  expect(alarms).toMatchObject([{ key: "auth:connection:crm", severity: "critical" }]);
  expect(looks).toBe(3);
  for (const worker of workers) expect(await worker.isPaused(sync)).toBe(true);
});

it("goes on by itself when the credentials work again, and one worker says so", async () => {
  const [one, two] = await Promise.all([openStops(), openStops()]);
  await one.stop(sync, refused);
  await one.tryAgain(sync);
  expect(await one.isPaused(sync)).toBe(true);

  crm = { ok: true, organization: "00D", user: "sync" } as unknown as Check;
  await Promise.all([one.tryAgain(sync), two.tryAgain(sync)]);
  expect(alarms.slice(1)).toEqual(["over auth:connection:crm"]);
  expect(await (await openStops()).isPaused(sync)).toBe(false);
});

it("where AWS refuses us its account's syncs stand still, until it takes us again", async () => {
  crm = { ok: true, organization: "00D", user: "sync" } as unknown as Check;
  awsTakesUs = false;
  const stops = await openStops();
  await stops.stop(sync, refused);
  expect(await stops.store.pauses()).toMatchObject([{ scope: "sync", name: "opportunities" }]);
  await stops.tryAgain(sync);
  expect(await stops.store.pauses()).toHaveLength(1);
  awsTakesUs = true;
  await stops.tryAgain(sync);
  expect(await stops.store.pauses()).toEqual([]);
});

it("a person's pause is neither taken over nor ended", async () => {
  const stops = await openStops();
  const byHand = { scope: "connection", name: "crm", path: "", reason: "Migration this weekend." } as const;
  await stops.store.pause(byHand);
  await stops.stop(sync, refused);
  crm = { ok: true, organization: "00D", user: "sync" } as unknown as Check;
  await stops.tryAgain(sync);
  expect(await stops.store.pauses()).toMatchObject([byHand]);
  expect(alarms).toEqual([]);
});

it("a worker older than the state's schema takes no work, says once that it ends, and asks the CRM nothing", async () => {
  const stops = await openStops();
  const newer: Failure = { kind: "config", code: "newer-state", message: "A newer version made the state." };
  await Promise.all([stops.stop(sync, newer), stops.stop(sync, newer)]);
  expect(await stops.isPaused(sync)).toBe(true);
  expect(logged).toEqual(["This worker ends: A newer version made the state.", "ended"]);
  expect([await stops.store.pauses(), looks, alarms]).toEqual([[], 0, []]);
});
