import { afterEach, describe, expect, it } from "@jest/globals";
import { manualClock } from "./clock.ts";
import { createFaults, type FaultRule } from "./faults.ts";
import { startHost, type Host } from "./http-host.ts";
import { createRequestLog } from "./request-log.ts";
import type { EmulatorServer, RequestEvent } from "./server.ts";

const hosts: Host[] = [];
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.close()));
});

/** A service that counts what it was asked to do, with faults. */
async function start(rules: readonly FaultRule[] = [], onRequest: (event: RequestEvent) => void = () => undefined) {
  const faults = createFaults();
  faults.set(rules);
  const requests = createRequestLog();
  const done: string[] = [];
  const server: EmulatorServer = {
    name: "counter",
    operationOf: ({ path }) => path.slice(1),
    handle: ({ method, query, body, headers }) => {
      done.push(body);
      if (body === "bug") throw new Error("a bug of the emulator");
      return {
        status: 201,
        body: { method, word: query.get("word"), body, agent: headers["user-agent"] },
        account: "me",
      };
    },
    refuse: (kind, { retryAfterSeconds }) => ({
      status: kind === "throttle" ? 429 : 500,
      headers: { "retry-after": String(retryAfterSeconds) },
      body: kind,
    }),
  };
  const clock = manualClock(1000);
  const host = await startHost({ server, faults, requests, clock, hooks: { onRequest } });
  hosts.push(host);
  const call = (body = "x", init: RequestInit = {}) =>
    fetch(`${host.url}/Add?word=%C3%A9`, { method: "POST", body, headers: { "user-agent": "test" }, ...init });
  return { call, done, requests, clock, host };
}

describe("startHost", () => {
  it("hands the request over and the answer back, and logs the call", async () => {
    const { call, requests } = await start();

    const response = await call("héllo");

    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ method: "POST", word: "é", body: "héllo", agent: "test" });
    expect(requests.since()).toEqual([
      {
        sequence: 1,
        server: "counter",
        operation: "Add",
        at: 1000,
        status: 201,
        account: "me",
        durationMs: expect.any(Number),
      },
    ]);
  });

  it("answers 500 with the cause when the service has a bug", async () => {
    const { call } = await start();
    const response = await call("bug");
    expect(response.status).toBe(500);
    expect(await response.text()).toContain("a bug of the emulator");
  });

  it("tells the hook before and after the service acted", async () => {
    const seen: string[] = [];
    const world = await start(
      [],
      ({ phase, operation }) => void seen.push(`${operation} ${phase} ${world.done.length}`),
    );
    await world.call();
    expect(seen).toEqual(["Add received 0", "Add handled 1"]);
  });

  it("closes although a client keeps its connection open", async () => {
    const { call, host } = await start();
    await (await call()).text();
    await host.close();
    hosts.splice(0);
    await expect(call()).rejects.toThrow();
  });
});

describe("faults on the wire", () => {
  it("latency makes the call wait, and then does it", async () => {
    const { call, done } = await start([{ kind: "latency", latencyMs: 80 }]);
    const before = performance.now();
    expect((await call()).status).toBe(201);
    expect(performance.now() - before).toBeGreaterThanOrEqual(75);
    expect(done).toHaveLength(1);
  });

  it.each([
    ["throttle", 429, 0],
    ["server-error", 500, 0],
    ["expired-token", 500, 0],
    ["server-error-after-commit", 500, 1],
  ] as const)("%s answers with an error", async (kind, status, count) => {
    const { call, done, requests } = await start([{ kind, times: 1, retryAfterSeconds: 7 }]);

    const response = await call();

    expect(response.status).toBe(status);
    expect(response.headers.get("retry-after")).toBe("7");
    expect(done).toHaveLength(count);
    expect(requests.since()[0]).toMatchObject({ status, fault: kind });
    expect((await call()).status).toBe(201);
  });

  it.each([
    ["reset-before-commit", 0],
    ["reset-after-commit", 1],
  ] as const)("%s gives no answer", async (kind, count) => {
    const { call, done, requests } = await start([{ kind, times: 1 }]);
    await expect(call()).rejects.toThrow();
    expect(done).toHaveLength(count);
    expect(requests.since()[0]).toMatchObject({ status: 0, fault: kind });
  });

  it("truncated-body sends the headers and half of the body", async () => {
    const { call, done } = await start([{ kind: "truncated-body", times: 1 }]);
    const response = await call();
    expect(response.status).toBe(201);
    await expect(response.text()).rejects.toThrow();
    expect(done).toHaveLength(1);
  });

  it("stall never answers", async () => {
    const { call, done } = await start([{ kind: "stall", times: 1 }]);
    await expect(call("x", { signal: AbortSignal.timeout(100) })).rejects.toMatchObject({ name: "TimeoutError" });
    expect(done).toHaveLength(0);
  });
});
