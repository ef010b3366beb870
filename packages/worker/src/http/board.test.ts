import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Secret, silentLogger } from "@cosell/connector";
import { testRedis } from "@cosell/state/testing";
import { createBullRunner } from "../jobs/bullmq-runner.ts";
import type { JobRunner } from "../jobs/job-runner.ts";
import { connectRedis, type RedisConnection } from "../redis-connection.ts";
import { type Board, createBoard } from "./board.ts";
import { type RunningHttp, startHttp } from "./start-http.ts";

const lanes = ["default-Sandbox"];
let letGo: () => void;
let connected: RedisConnection;
let prefix: string;
let runner: JobRunner;
let board: Board;
let http: RunningHttp;

beforeEach(async () => {
  const server = testRedis();
  prefix = server.prefix;
  connected = connectRedis(new Secret(server.url), silentLogger);
  const inHand = new Promise<void>((resolve) => (letGo = resolve));
  const shared = { connection: connected.options, prefix, lanes, onError: () => undefined };
  runner = await createBullRunner({
    ...{ ...shared, redis: connected.redis, concurrency: 1, tasks: [] },
    work: () => inHand,
    onPoison: () => Promise.resolve(),
  });
  board = createBoard(shared);
  http = await startHttp({
    ...{ port: 0, sources: [], logger: silentLogger, onWebhook: () => undefined, board },
    health: () => Promise.resolve({ ready: true, parts: {} }),
    metrics: () => Promise.resolve({ type: "text/plain", text: "" }),
  });
});

afterEach(async () => {
  letGo();
  await http.close();
  await board.close();
  await runner.close(1000);
  const keys = await connected.redis.keys(`${prefix}:*`);
  if (keys.length > 0) await connected.redis.del(...keys);
  connected.close();
});

interface Answer {
  readonly queues: readonly {
    readonly name: string;
    readonly readOnlyMode: boolean;
    readonly jobs: readonly object[];
  }[];
}

describe("the board", () => {
  it("shows every queue and its jobs, which are ids", async () => {
    await runner.dispatch("default-Sandbox", [
      { sync: "deals", linkId: "first", priority: "normal" },
      { sync: "deals", linkId: "second", priority: "normal" },
    ]);
    while ((await runner.waiting("default-Sandbox")) > 1) await new Promise(setImmediate);
    const page = await fetch(`${http.url}/queues`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("Cosell")]);
    const asked = `${http.url}/queues/api/queues?activeQueue=reconcile-default-Sandbox&status=prioritized`;
    const { queues } = (await (await fetch(asked)).json()) as Answer;
    expect(queues.map(({ name, readOnlyMode }) => [name, readOnlyMode])).toEqual([
      ["reconcile-default-Sandbox", true],
      ["tasks", true],
      ["slow-tasks", true],
    ]);
    const [waiting] = queues[0]?.jobs ?? [];
    expect(waiting).toMatchObject({ id: "second", data: { sync: "deals", linkId: "second" } });
  });

  it("changes nothing", async () => {
    await runner.dispatch("default-Sandbox", [{ sync: "deals", linkId: "first", priority: "normal" }]);
    const queue = `${http.url}/queues/api/queues/reconcile-default-Sandbox`;
    const tries = [
      [`${queue}/pause`, "PUT"],
      [`${queue}/empty`, "PUT"],
      [`${queue}/obliterate`, "PUT"],
      [`${queue}/add`, "POST"],
      [`${queue}/first/clean`, "PUT"],
    ] as const;
    for (const [address, method] of tries) {
      expect((await fetch(address, { method })).status).toBe(405);
    }
    expect((await runner.counts())["reconcile-default-Sandbox"]).toMatchObject({ active: 1 });
  });

  it("leaves the rest of the worker's face as it was", async () => {
    expect((await fetch(`${http.url}/health/ready`)).status).toBe(200);
    expect((await fetch(`${http.url}/webhooks/nobody`, { method: "POST" })).status).toBe(404);
  });
});
