import { expect, it } from "@jest/globals";
import { openState } from "./open-state.ts";
import type { StateLine, StateStore } from "./store.ts";
import { collect, newLink, refsOf, sync } from "./testing/case.ts";
import { testDatabase } from "./testing/index.ts";

const sorted = async (store: StateStore): Promise<readonly string[]> =>
  (await collect(store.exportLines()))
    .map(({ table, row }: StateLine) => `${table} ${JSON.stringify(row, Object.keys(row).toSorted())}`)
    .toSorted();

it("a state goes from SQLite to PostgreSQL and back without a difference, and its queue goes on", async () => {
  const database = await testDatabase();
  const stores = await Promise.all(
    ["sqlite::memory:", database.url, "sqlite::memory:"].map((url) => openState({ url })),
  );
  const [first, second, third] = stores;
  if (first === undefined || second === undefined || third === undefined) throw new Error("No stores.");
  for (const ref of ["b", "a\u0000", "\uE000", "Ä"]) {
    const link = await newLink(first, ref);
    await first.settle(link.id, {
      patch: { title: ref, observedAt: 1_800_000_000_000 },
      base: new Map([[ref, { crm: ref, aws: [456, "456", null] }]]),
      journal: [{ at: 1, kind: "update", summary: ref, detail: { [ref]: ref } }],
    });
  }
  await second.importLines(first.exportLines());
  await third.importLines(second.exportLines());
  const rows = await sorted(first);
  expect(await sorted(second)).toEqual(rows);
  expect(await sorted(third)).toEqual(rows);
  const [{ id } = { id: "" }] = await collect(second.links());
  expect(await second.baseValues(id)).toEqual(await first.baseValues(id));
  const claims = await second.claim(sync, "a", { limit: 10, leaseMs: 1000 });
  expect(refsOf(claims)).toEqual(["b", "a\u0000", "\uE000", "Ä"]);
  await Promise.all(stores.map((store) => store.close()));
  await database.drop();
});
