/** Run as a process of its own: writes without end, and tells after each step what has been committed. */
import { openState } from "../open-state.ts";

const [, , url = "", first = "0"] = process.argv;
const owner = `writer ${process.pid}`;
const store = await openState({ url });

for (let round = Number(first); ; round += 1) {
  const refs = [0, 1, 2].map((index) => `${round}-${index}`);
  const marks = refs.map((ref) => ({ side: "crm" as const, ref, reason: "changed" }));
  await store.intake("s", "crm", marks, String(round));
  process.stdout.write(`marked ${round}\n`);
  for (const { link, generation } of await store.claim("s", owner, { limit: 3, leaseMs: 60_000, crmRefs: refs })) {
    const call = await store.beginCall({ linkId: link.id, step: "create", clientToken: link.crmRef, request: {} });
    process.stdout.write(`began ${link.crmRef}\n`);
    await store.finishCall(call.id, { patch: { opportunityId: `O${link.crmRef}`, status: "linked" } });
    await store.settle(link.id, {
      patch: { title: link.crmRef },
      base: new Map(["A", "B", "C"].map((path) => [path, { crm: link.crmRef, aws: link.crmRef }])),
      journal: [{ at: round, kind: "update", summary: link.crmRef, detail: {} }],
      settles: { owner, generation },
    });
    process.stdout.write(`settled ${link.crmRef}\n`);
  }
}
