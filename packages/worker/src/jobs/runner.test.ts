import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it } from "@jest/globals";
import { Secret, silentLogger, systemClock } from "@cosell/connector";
import type { MarkPriority } from "@cosell/state";
import { connectRedis } from "../redis-connection.ts";
import { createBullRunner } from "./bullmq-runner.ts";
import { createInlineRunner } from "./inline-runner.ts";
import type { JobRunner, JobRunnerOptions, LinkJob } from "./job-runner.ts";

const url = new Secret(process.env["COSELL_TEST_REDIS_URL"] ?? "redis://127.0.0.1:6379");
const closing: (() => Promise<void>)[] = [];

type Open = (options: JobRunnerOptions) => Promise<JobRunner>;

const runners: readonly (readonly [string, Open])[] = [
  ["in this process", (options) => Promise.resolve(createInlineRunner({ ...options, clock: systemClock }))],
  [
    "over Redis",
    async (options) => {
      const connected = connectRedis(url, silentLogger);
      const { redis } = connected;
      const prefix = `cosell-test-${randomUUID()}`;
      const runner = await createBullRunner({ ...options, connection: connected.options, redis, prefix });
      closing.push(async () => {
        const keys = await redis.keys(`${prefix}:*`);
        if (keys.length > 0) await redis.del(...keys);
        connected.close();
      });
      return runner;
    },
  ],
];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const job = (linkId: string, priority: MarkPriority = "normal"): LinkJob => ({ sync: "deals", linkId, priority });

/** Opens a runner whose work is noted, and held up until it is let go. */
async function openNoting(open: Open, more: Partial<JobRunnerOptions> = {}) {
  const done: string[] = [];
  const errors: string[] = [];
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const runner = await open({
    lanes: ["one", "other"],
    concurrency: 1,
    tasks: [],
    work: async ({ linkId }) => {
      if (linkId.startsWith("held")) await gate;
      if (linkId.startsWith("bad")) throw new Error(linkId);
      done.push(linkId);
    },
    onPoison: () => Promise.resolve(),
    onError: (where) => void errors.push(where),
    ...more,
  });
  const until = async (count: number): Promise<void> => {
    while (done.length + errors.length < count) await pause(10);
  };
  return { runner, done, errors, letGo, until };
}

describe.each(runners)("a runner %s", (_name, open) => {
  it("does every link once, the urgent ones first", async () => {
    const { runner, done, letGo, until } = await openNoting(open);
    await runner.dispatch("one", [job("held")]);
    while ((await runner.waiting("one")) > 0) await pause(10);
    await runner.dispatch("one", [job("a", "low"), job("b"), job("c", "high"), job("d", "urgent"), job("b")]);
    expect(await runner.waiting("one")).toBe(4);
    letGo();
    await until(5);
    await runner.close(1000);
    expect(done).toEqual(["held", "d", "c", "b", "a"]);
  });

  it("moves up what waits with less urgency", async () => {
    const { runner, done, letGo, until } = await openNoting(open);
    await runner.dispatch("one", [job("held")]);
    while ((await runner.waiting("one")) > 0) await pause(10);
    await runner.dispatch("one", [job("a"), job("b"), job("c", "low")]);
    await runner.dispatch("one", [job("c", "urgent"), job("a", "low")]);
    letGo();
    await until(4);
    await runner.close(1000);
    expect(done).toEqual(["held", "c", "a", "b"]);
  });

  it("keeps a lane going while another is held up", async () => {
    const { runner, done, letGo, until } = await openNoting(open);
    await runner.dispatch("one", [job("held")]);
    await runner.dispatch("other", [job("free")]);
    await until(1);
    expect(done).toEqual(["free"]);
    letGo();
    await until(2);
    await runner.close(1000);
  });

  it("goes on after a link whose work throws, and does it again when it is handed out again", async () => {
    const { runner, done, errors, until } = await openNoting(open);
    await runner.dispatch("one", [job("bad"), job("good")]);
    await until(2);
    while ((await runner.waiting("one")) > 0) await pause(10);
    await pause(50);
    await runner.dispatch("one", [job("bad")]);
    await until(3);
    await runner.close(1000);
    expect([done, errors]).toEqual([["good"], ["bad", "bad"]]);
  });

  it("repeats tasks in their rhythm, at once when nudged, never twice at a time, whatever they throw", async () => {
    let running = 0;
    let most = 0;
    const runs: string[] = [];
    const task = (name: string) => ({
      name,
      everyMs: 50,
      lane: "quick" as const,
      run: async () => {
        running += 1;
        most = Math.max(most, running);
        await pause(20);
        running -= 1;
        runs.push(name);
        if (runs.length % 2 === 0) throw new Error("stumbled");
      },
    });
    const { runner, errors } = await openNoting(open, { tasks: [task("poll.deals")] });
    while (runs.length < 4) {
      await runner.nudge("poll.deals");
      await pause(5);
    }
    await runner.close(1000);
    const ended = runs.length;
    await pause(150);
    expect(runs).toHaveLength(ended);
    expect(most).toBe(1);
    expect(errors.every((where) => where === "poll.deals")).toBe(true);
    expect(errors.length).toBeGreaterThan(0);
  });

  it("lets what is in hand end, and ends it by its signal when that takes too long", async () => {
    const ended: string[] = [];
    const { runner } = await openNoting(open, {
      concurrency: 2,
      work: async ({ linkId }, signal) => {
        if (linkId === "short") await pause(50);
        else await pause(60_000, undefined, { signal }).catch(() => undefined);
        ended.push(`${linkId} ${signal.aborted ? "stopped" : "ended"}`);
      },
    });
    await runner.dispatch("one", [job("short"), job("long")]);
    while ((await runner.waiting("one")) > 0) await pause(5);
    await runner.close(200);
    expect(ended).toEqual(["short ended", "long stopped"]);
  });

  it("tells what waits and what runs", async () => {
    const { runner, letGo } = await openNoting(open);
    await runner.dispatch("one", [job("held")]);
    while ((await runner.waiting("one")) > 0) await pause(5);
    await runner.dispatch("one", [job("next")]);
    const counts = (await runner.counts())["reconcile-one"] ?? {};
    expect([counts["active"], Object.values(counts).reduce((sum, count) => sum + count, 0)]).toEqual([1, 2]);
    expect((await runner.health()).ok).toBe(true);
    letGo();
    await runner.close(1000);
  });
});
