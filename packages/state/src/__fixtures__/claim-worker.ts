/** Run as a process of its own: says "ready", waits until its input ends, claims and settles until nothing is left, and tells each record that it claimed. */
import { once } from "node:events";
import { openState } from "../open-state.ts";

const [, , url = ""] = process.argv;
const owner = `worker ${process.pid}`;
const store = await openState({ url });
process.stdout.write("ready\n");
await once(process.stdin.resume(), "end");

for (;;) {
  const claims = await store.claim("s", owner, { limit: 7, leaseMs: 60_000 });
  if (claims.length === 0) break;
  for (const { link, generation } of claims) {
    process.stdout.write(`${link.crmRef}\n`);
    await store.settle(link.id, { settles: { owner, generation } });
  }
}
await store.close();
