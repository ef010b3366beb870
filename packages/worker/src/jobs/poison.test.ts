import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, it } from "@jest/globals";
import { Secret, silentLogger } from "@cosell/connector";
import { testRedis } from "@cosell/state/testing";
import { type ConnectionOptions, Queue } from "bullmq";
import { connectRedis } from "../redis-connection.ts";

const { url, prefix } = testRedis();
const connected = connectRedis(new Secret(url), silentLogger);
const { redis } = connected;

afterEach(async () => {
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.del(...keys);
  connected.close();
});

/** Runs one until it dies, or until it has parked something. */
async function runDeadlyWorker(): Promise<void> {
  const script = fileURLToPath(new URL("../__fixtures__/deadly-worker.ts", import.meta.url));
  const worker = spawn(process.execPath, ["--conditions=cosell-source", script, url, prefix], { stdio: "ignore" });
  const died = once(worker, "close");
  const parked = new AbortController();
  void died.then(() => parked.abort());
  while (!parked.signal.aborted && (await redis.llen(`${prefix}:parked`)) === 0) await pause(50);
  worker.kill("SIGKILL");
  await died;
}

it("a link that ends every worker is parked after five of them; the others are done", async () => {
  const queue = new Queue("reconcile-one", { connection: connected.options as ConnectionOptions, prefix });
  for (const linkId of ["before", "deadly", "after"]) {
    await queue.add("reconcile", { sync: "deals", linkId }, { jobId: linkId, attempts: 1, removeOnComplete: true });
  }
  while ((await redis.llen(`${prefix}:parked`)) === 0) await runDeadlyWorker();
  const began = await redis.lrange(`${prefix}:began`, 0, -1);
  await queue.close();

  expect(await redis.lrange(`${prefix}:parked`, 0, -1)).toEqual(["deadly"]);
  expect(began.filter((linkId) => linkId === "deadly")).toHaveLength(5);
  expect(new Set(began)).toEqual(new Set(["before", "deadly", "after"]));
}, 120_000);
