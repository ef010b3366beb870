import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { Secret, silentLogger, systemClock } from "@cosell/connector";
import { type BreakableLink, breakableLink, testRedis } from "@cosell/state/testing";
import type { Health } from "../http/start-http.ts";
import { connectRedis, type RedisConnection } from "../redis-connection.ts";
import { watch } from "./watchdog.ts";

let link: BreakableLink;
let connection: RedisConnection;
let stop: AbortController;
let told: string[];

beforeEach(async () => {
  [told, stop] = [[], new AbortController()];
  const { hostname: host, port } = new URL(testRedis().url);
  link = await breakableLink({ host, port: Number(port || "6379") });
  connection = connectRedis(new Secret(`redis://127.0.0.1:${link.port}`), silentLogger);
});
afterEach(async () => {
  stop.abort();
  connection.close();
  await link.close();
});

/** Asks Redis over the link; an answer is always "ready". */
const health = async (): Promise<Health> => {
  await connection.redis.ping();
  return { ready: true, parts: {} };
};

const watching = (patienceMs: number): Promise<void> =>
  watch(
    {
      ...{ health, patienceMs: () => patienceMs, lookMs: 20, answerMs: 100, clock: systemClock },
      logger: { ...silentLogger, error: (message) => void told.push(message) },
      giveUp: () => void told.push("gave up"),
    },
    stop.signal,
  );

it.each(["there", "back", "both"] as const)("gives up a connection on which nothing comes %s any more", async (way) => {
  await health();
  link.freeze(way);
  await watching(300);
  expect(told).toEqual([expect.stringContaining("the process ends to be started anew"), "gave up"]);
});

it("forgets an outage that is over", async () => {
  const ended = watching(3000);
  await health();
  for (let outage = 0; outage < 6; outage += 1) {
    await link.close();
    await systemClock.sleep(600);
    await link.open();
    await health();
    // Long enough for a look.
    await systemClock.sleep(150);
  }
  expect(told).toEqual([]);
  stop.abort();
  await ended;
});

it("ends with the process, and then gives nothing up", async () => {
  await health();
  link.freeze("both");
  const ended = watching(150);
  await systemClock.sleep(50);
  stop.abort();
  await ended;
  expect(told).toEqual([]);
});
