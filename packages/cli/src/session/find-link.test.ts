import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { salesforce } from "@cosell/connector-salesforce";
import { openState, type StateStore } from "@cosell/state";
import type { ConfiguredSync } from "../configuration/configuration.ts";
import { UsageError } from "../failure/findings-error.ts";
import { findLink } from "./find-link.ts";

const sync = (name: string): ConfiguredSync => ({
  ...{ name, mapping: "map.yaml", direction: "both", invitations: undefined },
  connection: { name: "crm", connector: salesforce, config: {} },
  partnerCentral: { catalog: "Sandbox", region: "us-east-1" },
});
const syncs = [sync("west"), sync("east")];
const [record, survivor] = ["006000000000001AAA", "006000000000002AAA"];

let store: StateStore;
beforeEach(async () => {
  store = await openState({ url: "sqlite::memory:" });
  await store.join("west", { crmRef: record, opportunityId: "O1000001" });
});
afterEach(() => store.close());

describe("findLink", () => {
  it.each([record, record.slice(0, 15), "O1000001"])("finds the deal by %s, whichever sync has it", async (named) => {
    const found = await findLink(store, syncs, named);
    expect({ sync: found.sync.name, crmRef: found.link.crmRef }).toEqual({ sync: "west", crmRef: record });
  });

  it("finds a deal by the record that was merged away, with its whole journal", async () => {
    const { link } = await findLink(store, syncs, record);
    const entry = { at: 1, kind: "moved", summary: "Merged.", detail: { from: record, to: survivor } };
    await store.moveLink(link.id, survivor, [entry]);
    expect((await findLink(store, syncs, record)).link.crmRef).toBe(survivor);
    expect((await findLink(store, syncs, survivor)).link.id).toBe(link.id);
  });

  it("asks which sync is meant when several know it, and says so when none does", async () => {
    await store.join("east", { crmRef: record, opportunityId: "O1000002" });
    await expect(findLink(store, syncs, record)).rejects.toBeInstanceOf(UsageError);
    expect((await findLink(store, syncs, "O1000002")).sync.name).toBe("east");
    await expect(findLink(store, syncs, "O7")).rejects.toMatchObject({ failure: { kind: "missing" } });
  });
});
