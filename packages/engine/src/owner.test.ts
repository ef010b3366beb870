import { hostname } from "node:os";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { openState, type StateStore } from "@cosell/state";
import { processOwner, releaseDeadOwners } from "./owner.ts";

const sync = "opportunities";
/** No process has this number. */
const nobody = 99_999_999;
let store: StateStore;
beforeEach(async () => {
  store = await openState({ url: "sqlite::memory:" });
});
afterEach(() => store.close());

/** The owners that still hold their claims when the dead ones have been looked for. */
async function holdersOf(owners: readonly string[]): Promise<readonly string[]> {
  for (const [index, owner] of owners.entries()) {
    await store.intake(sync, "crm", [{ side: "crm", ref: `006-${index}`, reason: "changed" }], undefined);
    await store.claim(sync, owner, { limit: 1, leaseMs: 60_000 });
  }
  await releaseDeadOwners(store, sync);
  return (await store.claimOwners(sync)).map(({ owner }) => owner);
}

it("the claims of a process that has died here are free; those of one that lives are not", async () => {
  expect(await holdersOf([processOwner(nobody), processOwner()])).toEqual([
    expect.stringContaining(`/${process.pid}/`),
  ]);
});

it("nobody judges a process of another machine, of another container with the same host name, or of an earlier version", async () => {
  const [host = "", space = ""] = processOwner().split("/");
  const owners = [
    `${host}-2/${space}/${nobody}/12345678`,
    `${host}/${space}1/${nobody}/12345678`,
    `${hostname()}/${nobody}/12345678`,
  ];
  expect(await holdersOf(owners)).toEqual(owners);
});
