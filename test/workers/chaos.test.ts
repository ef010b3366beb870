import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it } from "@jest/globals";
import { silentLogger, systemClock } from "@cosell/connector";
import { startEmulators } from "@cosell/emulator";
import { openState, type StateStore } from "@cosell/state";
import { breakableLink } from "@cosell/state/testing";
import { privatePostgres } from "../../scripts/test-servers/postgres.mjs";
import { privateRedis } from "../../scripts/test-servers/redis.mjs";
import { findWrongs } from "./support/comparer.ts";
import { createInstallation } from "./support/installation.ts";
import { type Edit, editAndReview } from "./support/people.ts";
import { startFleet } from "./support/trouble.ts";

const sync = "opportunities";
/** `COSELL_CHAOS=full`: minutes of it. Otherwise as much as a machine that tests every change has time for. */
const full = process.env["COSELL_CHAOS"] === "full";
const trouble = full
  ? {
      deals: 300,
      edits: 300,
      kills: 30,
      redisCrashes: 3,
      postgresCrashes: 2,
      cuts: 10,
      everyMs: 4000,
      editEveryMs: 250,
    }
  : { deals: 40, edits: 40, kills: 5, redisCrashes: 1, postgresCrashes: 1, cuts: 2, everyMs: 1500, editEveryMs: 150 };
const { deals, kills, redisCrashes, postgresCrashes } = trouble;
/** Opportunities that the first half of the trouble falls upon; the other half falls upon the edits. */
const madeInTrouble = deals / 4;
/** Whatever lasts so long without anything moving will not move any more. */
const stuckMs = 90_000;

const closing: (() => Promise<unknown> | undefined)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

describe("workers in trouble", () => {
  it(
    `${deals} deals are right on both sides after ${kills} kills -9, ${redisCrashes} losses of Redis and ${postgresCrashes} crashes of PostgreSQL, with cut connections and clocks that jump, while people edit`,
    async () => {
      const world = await startWorld();
      const fleet = await startFleet(world.installation, 3);
      closing.push(() => fleet.stop());
      const stopPeople = new AbortController();
      let edited = 0;
      const onEdit = (): void => void (edited += 1);
      const people = editAndReview(world.emulators, {
        ...{ everyMs: trouble.editEveryMs, signal: stopPeople.signal, onEdit },
      });
      closing.push(() => {
        stopPeople.abort();
        return people;
      });

      const events = shuffled([
        ...times(kills, () => fleet.killOne()),
        ...times(redisCrashes, () => world.crashRedis()),
        ...times(postgresCrashes, () => world.crashPostgres()),
        ...times(trouble.cuts, () => world.cut()),
        ...[35_000, -35_000].map((byMs) => async () => {
          fleet.addWithJumpingClock(byMs);
        }),
      ]);
      // The trouble goes along with the work, however fast the machine is: it begins with the first opportunities and ends with the last edits.
      const made = (): number => Math.min(world.emulators.partnerCentral.opportunities().length, madeInTrouble);
      const share = (): number => (made() / madeInTrouble + Math.min(edited / trouble.edits, 1)) / 2;
      for (const [index, event] of events.entries()) {
        await pause(trouble.everyMs * (0.5 + Math.random()));
        await reached(share, index / events.length);
        await event();
      }
      await reached(share, 1);
      stopPeople.abort();
      const edits = await people;

      expect(edits.length).toBeGreaterThanOrEqual(trouble.edits);
      expect(await world.wrongsInTheEnd(edits)).toEqual([]);
      expect(new Set(await fleet.stop())).toEqual(new Set([0]));
      expect(await world.wrongs(edits)).toEqual([]);
    },
    full ? 1_800_000 : 600_000,
  );
});

/** Emulators, private servers behind connections that can be cut, and an installation that reaches them that way only. */
async function startWorld() {
  const [postgres, redis] = await Promise.all([privatePostgres({}), privateRedis({})]);
  closing.push(postgres.stop, redis.stop);
  const asOf = new Date().toISOString().slice(0, 10);
  const emulators = await startEmulators({
    seed: { deals, seed: 7, asOf },
    settings: {
      partnerCentralSelling: { inReviewAfterMs: Number.MAX_SAFE_INTEGER, summaryEditTouchesOpportunity: true },
    },
  });
  closing.push(() => emulators.close());
  const [toPostgres, toRedis] = await Promise.all([postgres, redis].map(({ url }) => breakableLink(placeOf(url))));
  if (toPostgres === undefined || toRedis === undefined) throw new Error("no way to the servers");
  closing.push(toPostgres.close, toRedis.close);
  const quota = { perSecond: 500, perDay: 10_000_000 };
  const installation = createInstallation({
    urls: {
      ...{ partnerCentralSelling: emulators.partnerCentralSelling.url, salesforce: emulators.salesforce.url },
      ...{ sqs: emulators.sqs.url, queueUrl: emulators.sqs.queueUrl, admin: emulators.admin.url },
    },
    stateUrl: `postgres://postgres@127.0.0.1:${toPostgres.port}/postgres`,
    queue: { url: `redis://127.0.0.1:${toRedis.port}`, prefix: "chaos" },
    quotas: { read: quota, write: quota },
    worker: {
      ...{ concurrency: 8, pollSeconds: 1, stopSeconds: 10 },
      events: { queueUrl: emulators.sqs.queueUrl, endpoint: emulators.sqs.url },
    },
  });
  closing.push(async () => {
    installation.remove();
  });
  const withStore = async <Result>(use: (store: StateStore) => Promise<Result>): Promise<Result> => {
    const store = await openState({ url: postgres.url, clock: systemClock, logger: silentLogger });
    try {
      return await use(store);
    } finally {
      await store.close();
    }
  };
  return {
    emulators,
    installation,
    crashRedis: redis.crash,
    crashPostgres: postgres.crash,
    cut: async () => {
      (Math.random() < 0.5 ? toRedis : toPostgres).cut();
    },
    /** What is wrong now. */
    wrongs: (edits: readonly Edit[]) => withStore((store) => findWrongs(emulators, store, edits)),
    /** What is still wrong when nothing is left to do, or nothing moves any more. */
    wrongsInTheEnd: (edits: readonly Edit[]) =>
      withStore(async (store) => {
        const isStuck = untilStuck();
        for (;;) {
          const found = await findWrongs(emulators, store, edits);
          const { dirty } = await store.counts(sync);
          if ((dirty === 0 && found.length === 0) || isStuck([dirty, ...found].join("\n"))) return found;
          await pause(500);
        }
      }),
  };
}

/** Says whether what it is shown has been the same for very long. */
function untilStuck(): (seen: string) => boolean {
  let last: string | undefined;
  let since = performance.now();
  return (seen) => {
    if (seen !== last) since = performance.now();
    last = seen;
    return performance.now() - since > stuckMs;
  };
}

/** Waits until so much is done; throws when nothing moves any more. */
async function reached(share: () => number, wanted: number): Promise<void> {
  const isStuck = untilStuck();
  while (share() < wanted) {
    if (isStuck(String(share()))) throw new Error(`nothing moves any more: ${share()} done, ${wanted} wanted`);
    await pause(50);
  }
}

function placeOf(url: string): { readonly host: string; readonly port: number } {
  const { hostname: host, port } = new URL(url);
  return { host, port: Number(port) };
}

const times = <Thing>(count: number, thing: Thing): readonly Thing[] => Array.from({ length: count }, () => thing);

function shuffled<Thing>(things: readonly Thing[]): readonly Thing[] {
  return things
    .map((thing) => ({ thing, place: Math.random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ thing }) => thing);
}
