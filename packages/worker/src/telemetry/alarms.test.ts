import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type Clock, type Logger, Secret, silentLogger, systemClock } from "@cosell/connector";
import { testRedis } from "@cosell/state/testing";
import { connectRedis } from "../redis-connection.ts";
import { type Alarm, createAlarms } from "./alarms.ts";
import { alarmsInMemory, alarmsInRedis } from "./standing-alarms.ts";

const alarm: Alarm = { key: "auth:connection:crm", severity: "critical", text: "Connection crm stands still." };
const path = "/services/T000/B000/secret-path";
const day = 24 * 3_600_000;

let statuses: number[];
const received: string[] = [];
const logged: string[] = [];
const closing: (() => Promise<void> | void)[] = [];
let url: string;
let now: number;

/** Waits take no time, and are noted. */
const waits: number[] = [];
const clock: Clock = {
  ...systemClock,
  now: () => now,
  sleep: (milliseconds) => {
    waits.push(milliseconds);
    return Promise.resolve();
  },
};
const note = (message: string, fields?: object): void => void logged.push(`${message} ${JSON.stringify(fields)}`);
const logger: Logger = { ...silentLogger, info: note, warn: note, error: note };

beforeEach(async () => {
  for (const list of [received, logged, waits]) list.length = 0;
  statuses = [];
  now = Date.parse("2026-11-21T09:00:00Z");
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
    request.on("end", () => {
      const status = request.url === path ? (statuses.shift() ?? 200) : 404;
      if (status === 200) received.push((JSON.parse(body) as { readonly text: string }).text);
      response.writeHead(status).end("ok");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await systemClock.sleep(10);
};

describe("an alarm", () => {
  it("is told once, and once more when it is over; the next one is new", async () => {
    const alarms = createAlarms({ url: new Secret(url + path), clock, logger });
    await Promise.all([alarms.raise(alarm), alarms.raise(alarm), alarms.raise({ ...alarm, text: "Again." })]);
    await until(() => received.length === 1);
    await alarms.clear(alarm.key);
    await alarms.clear(alarm.key);
    await until(() => received.length === 2);
    await alarms.raise(alarm);
    await until(() => received.length === 3);
    const [first, second, third] = received;
    expect(first).toBe("Cosell: :rotating_light: Connection crm stands still.");
    expect(second).toBe("Cosell: :white_check_mark: Over: Connection crm stands still.");
    expect(third).toBe(first);
    expect(logged).toHaveLength(3);
  });

  it("that still stands a day later is told again", async () => {
    const alarms = createAlarms({ url: new Secret(url + path), clock, logger });
    await alarms.raise(alarm);
    now += day - 1;
    await alarms.raise(alarm);
    now += 1;
    await alarms.raise(alarm);
    await until(() => received.length === 2);
    expect(logged).toHaveLength(2);
  });

  it("is tried again while the webhook is away or asks to wait", async () => {
    statuses = [503, 429, 500];
    await createAlarms({ url: new Secret(url + path), clock, logger }).raise(alarm);
    await until(() => received.length === 1);
    expect(waits).toEqual([1_000, 4_000, 15_000]);
    expect(logged).toHaveLength(1);
  });

  it.each([
    ["a wrong path", () => `${url}/services/wrong-secret`, "refused"],
    ["a server that is not there", () => "http://127.0.0.1:1/services/wrong-secret", "away"],
    ["no address", () => "wrong-secret", "away"],
  ])("to %s is in the log, without the address", async (_what, address, outcome) => {
    await createAlarms({ url: new Secret(address()), clock, logger }).raise(alarm);
    await until(() => logged.length === 2);
    expect(logged).toEqual([
      'Connection crm stands still. {"alarm":"auth:connection:crm"}',
      `an alarm could not be sent: look at worker.alarms.url and at the service behind it {"outcome":"${outcome}"}`,
    ]);
    expect(logged.join()).not.toContain("wrong-secret");
  });

  it("on its way when the process ends still arrives, or is told to have not", async () => {
    statuses = [200, 503];
    const alarms = createAlarms({ url: new Secret(url + path), clock: systemClock, logger });
    await alarms.raise(alarm);
    await alarms.raise({ ...alarm, key: "another" });
    await alarms.close();
    expect([received.length, logged.length]).toEqual([1, 3]);
  });

  it("is in the log where there is no webhook", async () => {
    await createAlarms({ clock, logger }).raise({ ...alarm, severity: "warning" });
    expect(logged).toEqual(['Connection crm stands still. {"alarm":"auth:connection:crm"}']);
  });
});

describe("alarms of several processes", () => {
  it("are told by one and cleared by another", async () => {
    const { url: redisUrl, prefix } = testRedis();
    const connected = connectRedis(new Secret(redisUrl), silentLogger);
    const { redis } = connected;
    closing.push(() => connected.close());
    const process = () =>
      createAlarms({ url: new Secret(url + path), standing: alarmsInRedis(redis, prefix, clock), clock, logger });
    const [one, other] = [process(), process()];
    await one.raise(alarm);
    await other.raise(alarm);
    await other.clear(alarm.key);
    await one.clear(alarm.key);
    await until(() => received.length === 2);
    await one.raise(alarm);
    await until(() => received.length === 3);
    await one.clear(alarm.key);
    await until(() => received.length === 4);
    expect(logged).toHaveLength(4);
    expect(await redis.keys(`${prefix}:*`)).toEqual([]);
  });

  it("are told all the same while Redis is away", async () => {
    const connected = connectRedis(new Secret("redis://127.0.0.1:1"), silentLogger);
    closing.push(() => connected.close());
    const standing = alarmsInRedis(connected.redis, "nobody", clock);
    expect([await standing.begin(alarm), await standing.begin(alarm)]).toEqual([true, false]);
    expect(await standing.end(alarm.key)).toEqual(alarm);
    expect(await alarmsInMemory(clock).end(alarm.key)).toBeUndefined();
  });
});
