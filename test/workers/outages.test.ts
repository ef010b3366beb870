import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import { describe, expect, it } from "@jest/globals";
import { silentLogger, systemClock } from "@cosell/connector";
import { openState } from "@cosell/state";
import { type BreakableLink, breakableLink, type Silence } from "@cosell/state/testing";
import { freePort } from "../../scripts/test-servers/private-server.mjs";
import { privateRedis } from "../../scripts/test-servers/redis.mjs";
import { type Place, placeToRun } from "../bench/workers/ground.ts";
import { type Company, startCompany, until } from "./support/company.ts";
import { createInstallation, type Installation, type InstallationOptions } from "./support/installation.ts";
import { type Program, stopProgram } from "./support/program.ts";

const sync = "opportunities";
const jumpingClock = join(import.meta.dirname, "support/jumping-clock.mjs");

/** What a test may open; all of it is closed at its end. */
interface Ground {
  companyOf(deals: number): Promise<Company>;
  place(): Promise<Place>;
  linkTo(url: string): Promise<BreakableLink>;
  redisOfOurOwn(): ReturnType<typeof privateRedis>;
  installationOf(options: InstallationOptions): Installation;
  startIn(installation: Installation, environment?: Readonly<Record<string, string>>): Promise<Program>;
  closing(close: () => unknown): void;
}

/** A test on ground of its own: these mostly wait, and so they do it together. */
const onGround = (test: (ground: Ground) => Promise<void>) => async (): Promise<void> => {
  const closes: (() => unknown)[] = [];
  const opened = <Thing>(thing: Thing, close: () => unknown): Thing => {
    closes.push(close);
    return thing;
  };
  try {
    await test({
      closing: (close) => void closes.push(close),
      companyOf: async (deals) => {
        const company = await startCompany(deals);
        return opened(company, () => company.emulators.close());
      },
      place: async () => {
        const place = await placeToRun();
        return opened(place, () => place.clear());
      },
      linkTo: async (url) => {
        const link = await breakableLink(addressOf(url));
        return opened(link, () => link.close());
      },
      redisOfOurOwn: async () => {
        const redis = await privateRedis({});
        return opened(redis, () => redis.stop());
      },
      installationOf: (options) => {
        const installation = createInstallation(options);
        return opened(installation, () => installation.remove());
      },
      startIn: async (installation, environment) => {
        const program = await installation.startWorker([], environment);
        return opened(program, async () => {
          program.process.kill("SIGKILL");
          await program.ended;
        });
      },
    });
  } finally {
    for (const close of closes.reverse()) await close();
  }
};

function addressOf(url: string): { readonly host: string; readonly port: number } {
  const { hostname: host, port } = new URL(url);
  return { host, port: Number(port) };
}

/** The state's address, for a worker that has no patience with a silent server. */
function impatient(stateUrl: string): string {
  const address = new URL(stateUrl);
  address.searchParams.set("statement_timeout", "4000");
  return address.href;
}

/** The same address, reached over a link. */
function over(url: string, { port }: BreakableLink): string {
  const address = new URL(url);
  address.port = String(port);
  return address.href;
}

const isRunning = ({ process }: Program): boolean => process.exitCode === null && process.signalCode === null;

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(5000) });
  return answer.ok;
}

// One block: those of another would begin when these have ended.
describe("workers that are led astray, or whose servers are away,", () => {
  it.concurrent(
    "go on by themselves after the network has swallowed every connection, whichever way, without a word",
    onGround(async (ground) => {
      const company = await ground.companyOf(6);
      const place = await ground.place();
      const workers = await Promise.all(
        (["there", "back", "both"] satisfies Silence[]).map(async (silence) => {
          const links = await Promise.all([ground.linkTo(place.stateUrl), ground.linkTo(place.queue.url)]);
          const [toState, toQueue] = links;
          const port = await freePort();
          const installation = ground.installationOf({
            ...company.reached,
            stateUrl: over(impatient(place.stateUrl), toState),
            queue: { ...place.queue, url: over(place.queue.url, toQueue) },
            worker: { ...{ concurrency: 4, pollSeconds: 1, stopSeconds: 5 }, http: { port } },
          });
          const program = await ground.startIn(installation);
          return { program, port, silence: () => links.forEach((link) => link.freeze(silence)) };
        }),
      );
      await company.untilApproved();
      company.comment("Call first.");
      for (const { silence } of workers) silence();
      await until(async () => !(await isReady(workers[0]?.port ?? 0).catch(() => false)));

      await company.untilCommented("Call first.");
      for (const { port } of workers) await until(() => isReady(port).catch(() => false));
      company.comment("Call last.");
      await company.untilCommented("Call last.");
      expect(await Promise.all(workers.map(({ program }) => stopProgram(program)))).toEqual([0, 0, 0]);
      expect(company.duplicates()).toEqual([]);
    }),
    240_000,
  );

  it.concurrent(
    "go on by themselves after Redis failed over to its replica",
    onGround(async (ground) => {
      const company = await ground.companyOf(6);
      const place = await ground.place();
      const [primary, replica] = await Promise.all([ground.redisOfOurOwn(), ground.redisOfOurOwn()]);
      const [onPrimary, onReplica] = [new Redis(primary.url), new Redis(replica.url)];
      ground.closing(() => [onPrimary, onReplica].forEach((client) => client.disconnect()));
      const [was, will] = [addressOf(primary.url), addressOf(replica.url)];
      await onReplica.replicaof(was.host, was.port);
      await until(async () => (await onReplica.info("replication")).includes("master_link_status:up"));
      const link = await ground.linkTo(primary.url);
      const installation = ground.installationOf({
        ...{
          ...company.reached,
          stateUrl: place.stateUrl,
          queue: { url: over(primary.url, link), prefix: "failover" },
        },
        worker: { concurrency: 4, pollSeconds: 1, stopSeconds: 5 },
      });
      const workers = await Promise.all([ground.startIn(installation), ground.startIn(installation)]);
      await company.untilApproved();

      // The old primary lives on as a replica of the new one, and so do the connections to it.
      company.comment("Call first.");
      link.leadTo(will);
      await onReplica.replicaof("NO", "ONE");
      await onPrimary.replicaof(will.host, will.port);
      await company.untilCommented("Call first.");
      company.comment("Call last.");
      await company.untilCommented("Call last.");
      expect(workers.map(isRunning)).toEqual([true, true]);
      expect(await Promise.all(workers.map(stopProgram))).toEqual([0, 0]);
      expect(company.duplicates()).toEqual([]);
    }),
    120_000,
  );

  it.concurrent(
    "wait for a Redis that hangs, and end to be started anew when it hangs for too long",
    onGround(async (ground) => {
      const company = await ground.companyOf(3);
      const place = await ground.place();
      const redis = await ground.redisOfOurOwn();
      const installation = ground.installationOf({
        ...{ ...company.reached, stateUrl: place.stateUrl, queue: { url: redis.url, prefix: "hanging" } },
        worker: { concurrency: 4, pollSeconds: 1, stopSeconds: 2, giveUpSeconds: 6 },
      });
      const worker = await ground.startIn(installation);
      await company.untilApproved();
      redis.signal("STOP");
      company.comment("Call first.");
      await pause(3000);
      redis.signal("CONT");
      await company.untilCommented("Call first.");
      expect(isRunning(worker)).toBe(true);

      redis.signal("STOP");
      expect(await worker.ended).toBe(1);
      expect(worker.stderr()).toContain("the state or the queue has not answered for long; the process ends");
      redis.signal("CONT");
      const next = await ground.startIn(installation);
      company.comment("Call last.");
      await company.untilCommented("Call last.");
      expect(await stopProgram(next)).toBe(0);
      expect(company.duplicates()).toEqual([]);
    }),
    180_000,
  );

  it.concurrent(
    "one whose process stands still loses its deals to another one, and does no harm when it goes on",
    onGround(async (ground) => {
      const company = await ground.companyOf(6);
      const place = await ground.place();
      const installation = ground.installationOf({
        ...{ ...company.reached, stateUrl: place.stateUrl, queue: place.queue },
        worker: { concurrency: 4, pollSeconds: 1, stopSeconds: 5 },
      });
      const store = await openState({ url: place.stateUrl, clock: systemClock, logger: silentLogger });
      ground.closing(() => store.close());
      company.emulators.faults.add({ server: "partnerCentralSelling", kind: "latency", latencyMs: 1000 });
      const hanging = await ground.startIn(installation);
      await until(async () => (await store.claimOwners(sync)).length > 0);
      await until(() => company.emulators.partnerCentral.opportunities().length > 0);
      hanging.process.kill("SIGSTOP");
      company.emulators.faults.clear();
      const other = await ground.startIn(installation);
      await company.untilApproved();
      company.comment("Call first.");
      await company.untilCommented("Call first.");
      hanging.process.kill("SIGCONT");
      company.comment("Call last.");
      await company.untilCommented("Call last.");
      await until(async () => (await store.counts(sync)).dirty === 0);
      expect(await Promise.all([hanging, other].map(stopProgram))).toEqual([0, 0]);
      expect(company.emulators.partnerCentral.opportunities()).toHaveLength(6);
      expect(company.duplicates()).toEqual([]);
    }),
    120_000,
  );

  const minute = 60_000;
  it.concurrent.each([
    ["ahead by ten minutes", 10 * minute, true],
    // What the CRM's clock calls later than ours is asked for when ours has come there.
    ["back by an hour", -60 * minute, false],
  ])(
    "one whose clock jumps %s works on",
    (_way, byMs, asksForNow) =>
      onGround(async (ground) => {
        const company = await ground.companyOf(4);
        const place = await ground.place();
        const installation = ground.installationOf({
          ...{ ...company.reached, stateUrl: place.stateUrl, queue: place.queue },
          worker: { concurrency: 4, pollSeconds: 1, stopSeconds: 5 },
        });
        const afterMs = 15_000;
        const began = performance.now();
        const jumping = { NODE_OPTIONS: `--import=${jumpingClock}`, CLOCK_JUMP: `${afterMs}:${byMs}` };
        const worker = await ground.startIn(installation, jumping);
        await company.untilApproved();
        await pause(Math.max(0, afterMs + 1000 - (performance.now() - began)));
        company.nextStep("Call the sponsor");
        await company.untilNextStep("Call the sponsor");
        if (asksForNow) {
          company.comment("Call first.");
          await company.untilCommented("Call first.");
        }
        // Of two workers, the one whose clock is right is held up by nothing that the other has set.
        const right = await ground.startIn(installation);
        worker.process.kill("SIGKILL");
        await worker.ended;
        company.nextStep("Call the buyer");
        company.comment("Call last.");
        await Promise.all([company.untilNextStep("Call the buyer"), company.untilCommented("Call last.")]);
        expect(await stopProgram(right)).toBe(0);
        expect(company.duplicates()).toEqual([]);
      })(),
    120_000,
  );
});
