import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { failureOf, Secret, silentLogger } from "@cosell/connector";
import type { QuotaClass, QuotaLimit } from "@cosell/partner-central/model";
import { Redis } from "ioredis";
import { connectRedis } from "../redis-connection.ts";
import { createRedisQuotaGate } from "./redis-quota-gate.ts";

const url = process.env["COSELL_TEST_REDIS_URL"] ?? "redis://127.0.0.1:6379";
type Gate = ReturnType<typeof createRedisQuotaGate>;

let prefix: string;
let redis: Redis;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(() => {
  prefix = `cosell-test-${randomUUID()}`;
  redis = new Redis(url);
});

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.del(...keys);
  await redis.quit();
});

/** A worker's gate, with a connection of its own. */
function gateOf(
  limits: Partial<Record<QuotaClass, QuotaLimit>>,
  options: { account?: string; patienceMs?: number } = {},
): Gate {
  const connection = new Redis(url);
  const gate = createRedisQuotaGate({
    ...{ redis: connection, prefix, account: "111122223333/Sandbox", logger: silentLogger, limits, transitMs: 300 },
    ...options,
  });
  closing.push(async () => {
    await gate.close();
    connection.disconnect();
  });
  return gate;
}

/** A partner account at AWS: notes when calls arrive, some time after they were let through, and answers some time later. */
function accountAtAws() {
  const arrivals: number[] = [];
  const network = (): Promise<void> => pause(Math.random() * 20);
  return {
    arrivals,
    async call(gate: Gate, operation = "UpdateOpportunity"): Promise<void> {
      const permit = await gate.acquire(operation);
      await network();
      arrivals.push(performance.now());
      await network();
      permit?.done("answered");
    },
    /** The most calls in any second. */
    busiestSecond: (): number =>
      Math.max(...arrivals.map((from) => arrivals.filter((at) => at >= from && at < from + 1000).length)),
  };
}

describe("one quota for many workers", () => {
  it("lets no window of a second hold more calls than allowed, however many workers want them", async () => {
    const aws = accountAtAws();
    const gates = [1, 2, 3, 4].map(() => gateOf({ write: { perSecond: 20 } }));
    await Promise.all(gates.flatMap((gate) => Array.from({ length: 16 }, () => aws.call(gate))));
    expect(aws.arrivals).toHaveLength(64);
    expect(aws.busiestSecond()).toBeLessThanOrEqual(20);
  });

  it("lets calls that wait together out one after another", async () => {
    const [one, two] = [gateOf({ write: { perSecond: 20 } }), gateOf({ write: { perSecond: 20 } })];
    const times: number[] = [];
    const call = async (gate: Gate): Promise<void> => {
      const permit = await gate.acquire("UpdateOpportunity");
      times.push(performance.now());
      permit?.done("answered");
    };
    await Promise.all([one, two].flatMap((gate) => Array.from({ length: 8 }, () => call(gate))));
    // 16 calls, of which each keeps 10 ms from the one before it; less a timer's tolerance for the first and the last.
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(15 * 10 - 20);
  });

  it("keeps to it when a worker dies between its permit and its call", async () => {
    const aws = accountAtAws();
    const dead = gateOf({ write: { perSecond: 10 } });
    for (let number = 0; number < 10; number += 1) await dead.acquire("UpdateOpportunity");
    const diedAt = performance.now();
    for (let number = 0; number < 10; number += 1) aws.arrivals.push(diedAt);
    const alive = gateOf({ write: { perSecond: 10 } });
    await Promise.all(Array.from({ length: 10 }, () => aws.call(alive)));
    expect(aws.busiestSecond()).toBeLessThanOrEqual(10);
  });

  it("counts reads, writes and accounts apart", async () => {
    const gate = gateOf({ write: { perSecond: 1 }, read: { perSecond: 1 } });
    const other = gateOf({ write: { perSecond: 1 } }, { account: "444455556666/Sandbox" });
    const went: string[] = [];
    await Promise.all([
      ...[1, 2].map(() => gate.acquire("UpdateOpportunity").then(() => went.push("write"))),
      gate.acquire("GetOpportunity").then(() => went.push("read")),
      other.acquire("UpdateOpportunity").then(() => went.push("other")),
    ]);
    expect(went.at(-1)).toBe("write");
    expect(went.toSorted()).toEqual(["other", "read", "write", "write"]);
  });

  it("lets the urgent go first, also those of another worker, and starves nobody", async () => {
    const [one, two] = [gateOf({ write: { perSecond: 4 } }), gateOf({ write: { perSecond: 4 } })];
    // Slots that are free one after the other: of calls that may go in the same moment none is first.
    for (let number = 0; number < 4; number += 1) {
      (await one.acquire("UpdateOpportunity"))?.done("answered");
      await pause(60);
    }
    const went: string[] = [];
    const call = (gate: Gate, priority: "urgent" | "normal" | "background") =>
      gate.acquire("UpdateOpportunity", { priority }).then((permit) => {
        went.push(priority);
        permit?.done("answered");
      });
    const waiting = [call(one, "background"), call(one, "background"), call(two, "normal"), call(two, "normal")];
    await pause(100);
    waiting.push(call(two, "urgent"), call(one, "urgent"));
    await Promise.all(waiting);
    expect(went).toEqual(["urgent", "urgent", "normal", "normal", "background", "background"]);
  });

  it("says when the day's budget is used up, and keeps the count over restarts", async () => {
    const limits = { write: { perSecond: 50, perDay: 3 } };
    for (let number = 0; number < 3; number += 1) await gateOf(limits).acquire("UpdateOpportunity");
    const failure = failureOf(
      await gateOf(limits)
        .acquire("UpdateOpportunity")
        .catch((error: unknown) => error),
    );
    expect(failure?.kind).toBe("quota");
    const resetAt = failure?.kind === "quota" ? (failure.resetAt ?? 0) : 0;
    expect(resetAt - Date.now()).toBeGreaterThan(23 * 3600_000);
    expect(resetAt - Date.now()).toBeLessThanOrEqual(24 * 3600_000);
  });

  it("slows all workers down when AWS throttles all the same", async () => {
    const [one, two] = [gateOf({ write: { perSecond: 20 } }), gateOf({ write: { perSecond: 20 } })];
    (await one.acquire("UpdateOpportunity"))?.done("throttled");
    await pause(50);
    await two.acquire("UpdateOpportunity");
    const [stretch] = await redis.hmget(`${prefix}:{quota:111122223333/Sandbox:write}:state`, "stretch");
    expect(Number(stretch)).toBe(1.5);
  });

  it("lets a stopped call leave the queue at once", async () => {
    const [one, two] = [gateOf({ write: { perSecond: 1 } }), gateOf({ write: { perSecond: 1 } })];
    (await one.acquire("UpdateOpportunity"))?.done("answered");
    const stop = new AbortController();
    const stopped = one.acquire("UpdateOpportunity", { signal: stop.signal, priority: "urgent" });
    const next = two.acquire("UpdateOpportunity");
    await pause(50);
    stop.abort();
    expect(failureOf(await stopped.catch((error: unknown) => error))?.kind).toBe("aborted");
    await next;
  });

  it("sends nothing without Redis, and says so", async () => {
    const nobody = connectRedis(new Secret("redis://127.0.0.1:1"), silentLogger);
    closing.push(() => {
      nobody.close();
      return Promise.resolve();
    });
    const gate = createRedisQuotaGate({
      ...{ redis: nobody.redis, prefix, account: "1", logger: silentLogger, patienceMs: 300 },
    });
    const failure = failureOf(await gate.acquire("UpdateOpportunity").catch((error: unknown) => error));
    expect(failure).toMatchObject({ kind: "transient", code: "quota-unreachable" });
  });
});
