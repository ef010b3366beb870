import { afterEach, describe, expect, it } from "@jest/globals";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { manualClock } from "../kernel/index.ts";
import type { DeliverySettings } from "./delivery-settings.ts";
import { createEventBus, type EventBus } from "./event-bus.ts";

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A bus whose events are numbered, and what has come to the queue of it. */
function start(settings: Partial<DeliverySettings>, seed = 1) {
  const clock = manualClock(Date.parse("2026-01-15T09:00:00.700Z"));
  const got: number[] = [];
  const bus = createEventBus({
    clock,
    settings,
    seed,
    enqueue: (_, __, body) => got.push((JSON.parse(body) as { detail: { number: number } }).detail.number),
  });
  closers.push(() => bus.close());
  return { clock, got, bus, publish: (from: number, to: number) => publish(bus, clock.now(), from, to) };
}

function publish(bus: EventBus, at: number, from: number, to: number): void {
  for (let number = from; number < to; number++) {
    bus.publish({ type: "Opportunity Updated", account: "111122223333", at, resources: [], detail: { number } });
  }
}

describe("the delivery of events", () => {
  it("is at once, once and in order", () => {
    const { got, publish } = start({});
    publish(0, 5);
    expect(got).toEqual([0, 1, 2, 3, 4]);
  });

  it("loses some, and the log says which", () => {
    const { got, bus, publish } = start({ lossProbability: 0.3 });
    publish(0, 1000);
    expect(got.length).toBeGreaterThan(600);
    expect(got.length).toBeLessThan(800);
    const sent = bus.since().filter(({ fate }) => fate === "sent");
    expect(sent.map(({ event }) => event.detail.number)).toEqual(got);
  });

  it("sends some twice, with the same id", () => {
    const { got, publish } = start({ duplicateProbability: 0.5 });
    publish(0, 100);
    expect(new Set(got).size).toBe(100);
    expect(got.length).toBeGreaterThan(120);
  });

  it("sends some twice with two ids, as AWS was seen to", () => {
    const ids: string[] = [];
    const bus = createEventBus({
      clock: manualClock(0),
      settings: { duplicateProbability: 1, duplicatesHaveOwnIds: true },
      enqueue: (_, __, body) => ids.push((JSON.parse(body) as { id: string }).id),
    });
    closers.push(() => bus.close());
    publish(bus, 0, 0, 10);
    expect(ids).toHaveLength(20);
    expect(new Set(ids).size).toBe(20);
  });

  it("holds some back so that later ones overtake them, and all come in the end", () => {
    const { got, clock, publish } = start({ reorderProbability: 0.5 });
    publish(0, 100);
    clock.advance(5000);
    publish(100, 101);
    expect([...got].sort((a, b) => a - b)).toEqual(Array.from({ length: 101 }, (_, index) => index));
    expect(got).not.toEqual([...got].sort((a, b) => a - b));
  });

  it("takes as long as it is told to, by the emulator's clock", () => {
    const { got, bus, clock, publish } = start({ delayMs: 60_000 });
    publish(0, 2);
    clock.advance(59_999);
    bus.settle();
    expect(got).toEqual([]);
    clock.advance(1);
    bus.settle();
    expect(got).toEqual([0, 1]);
  });

  it("is the same for the same seed, and keeps what is under way in its document", () => {
    const settings = { lossProbability: 0.2, duplicateProbability: 0.2, reorderProbability: 0.2, delaySpreadMs: 100 };
    const run = (seed: number) => {
      const world = start(settings, seed);
      world.publish(0, 50);
      return JSON.stringify(world.bus.state());
    };
    expect(run(3)).toBe(run(3));
    expect(run(3)).not.toBe(run(4));

    const { bus, got, clock } = start({});
    bus.load(JSON.parse(run(3)) as ReturnType<EventBus["state"]>);
    clock.advance(10_000);
    bus.settle();
    expect(got.length).toBeGreaterThan(30);
  });

  it("can be switched off: the log goes on", () => {
    const { got, bus, publish } = start({ delivery: false });
    publish(0, 2);
    expect(got).toEqual([]);
    expect(bus.since().map(({ fate }) => fate)).toEqual(["off", "off"]);
  });

  it.each([
    [{ lossProbability: 2 }, "lossProbability"],
    [{ delayMs: -1 }, "delayMs"],
    [{ webhookUrl: "ftp://x" }, "webhookUrl"],
    [{ webhookHeaderValue: "a\r\nb" }, "webhookHeaderValue"],
    [{ queueName: "a b" }, "queueName"],
  ])("refuses the settings %j", (settings, words) => {
    expect(() => start(settings)).toThrow(words);
  });
});

describe("the webhook", () => {
  /** A receiver that answers with these statuses, then with 200. */
  async function receiver(statuses: readonly number[]) {
    const left = [...statuses];
    const got: { headers: IncomingMessage["headers"]; body: string }[] = [];
    const server = createServer((message, answer) => {
      let body = "";
      message.on("data", (chunk: Buffer) => (body += chunk.toString()));
      message.on("end", () => {
        got.push({ headers: message.headers, body });
        answer.writeHead(left.shift() ?? 200).end();
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    closers.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const until = async (count: number) => {
      while (got.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
      return got;
    };
    return { webhookUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, until };
  }

  it("gets each event with the key, as an API destination sends it", async () => {
    const { webhookUrl, until } = await receiver([]);
    const { bus, publish } = start({ webhookUrl, webhookHeaderName: "X-Key", webhookHeaderValue: "k" });
    publish(0, 1);
    const [first] = await until(1);
    expect(first?.headers).toMatchObject({ "x-key": "k", "content-type": "application/json; charset=utf-8" });
    expect(JSON.parse(first?.body ?? "")).toEqual(bus.since()[0]?.event);
  });

  it("is tried again when it fails, and not when it refuses", async () => {
    const { webhookUrl, until } = await receiver([503, 429, 200, 400]);
    const { publish } = start({ webhookUrl, queueName: "" });
    publish(0, 1);
    await until(3);
    publish(1, 2);
    await until(4);
    publish(2, 3);
    const numbers = (await until(5)).map(
      ({ body }) => (JSON.parse(body) as { detail: { number: number } }).detail.number,
    );
    expect(numbers).toEqual([0, 0, 0, 1, 2]);
  });
});
