import { afterEach, expect, it } from "@jest/globals";
import { Secret, silentLogger } from "@cosell/connector";
import { testRedis } from "@cosell/state/testing";
import { connectRedis } from "../redis-connection.ts";
import { createSuspects } from "./suspects.ts";

const { url, prefix } = testRedis();
const key = `${prefix}:suspects`;
const connected = connectRedis(new Secret(url), silentLogger);

afterEach(async () => {
  await connected.redis.del(key);
  connected.close();
});

it("a suspect whose work throws has ended nobody: it is tried for as long as it throws, and counts for nothing", async () => {
  const suspects = createSuspects(connected.redis, key);
  const seen: string[] = [];
  const park = async (): Promise<void> => void seen.push("parked");
  for (let time = 0; time < 10; time += 1) {
    const work = () => Promise.reject(new Error("The state is away."));
    await expect(suspects.tryAlone("link", work, park)).rejects.toThrow("The state is away.");
  }
  await suspects.tryAlone("link", async () => void seen.push("done"), park);
  expect(seen).toEqual(["done"]);
  expect(await connected.redis.hgetall(key)).toEqual({});
});
