// A worker that dies over the link `deadly`, as one would that a native crash or the memory's end takes down.
import { createBullRunner } from "../jobs/bullmq-runner.ts";
import { connectRedis } from "../redis-connection.ts";
import { Secret, silentLogger } from "@cosell/connector";

const [url = "", prefix = ""] = process.argv.slice(2);
const { redis, options } = connectRedis(new Secret(url), silentLogger);
await createBullRunner({
  ...{ connection: options, redis, prefix, stalledMs: 100 },
  ...{ lanes: ["one"], concurrency: 2, tasks: [] },
  work: async ({ linkId }) => {
    await redis.rpush(`${prefix}:began`, linkId);
    if (linkId === "deadly") process.kill(process.pid, "SIGKILL");
  },
  onPoison: async ({ linkId }) => {
    await redis.rpush(`${prefix}:parked`, linkId);
  },
  onError: () => undefined,
});
process.stdout.write("ready");
