import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { createReadyDeal } from "./support/deal.ts";
import { type Answered, type OperatorWorld, startOperatorWorld } from "./support/operator-world.ts";

// Each step is a process of its own.
jest.setTimeout(120_000);

let world: OperatorWorld;
beforeEach(async () => {
  world = await startOperatorWorld();
});
afterEach(async () => {
  await world.close();
});

const at: OperatorWorld["at"] = (id, path) => world.at(id, path);
const approvedDeal: OperatorWorld["approvedDeal"] = (fields) => world.approvedDeal(fields);
const editCrm: OperatorWorld["editCrm"] = (deal, fields) => world.editCrm(deal, fields);
const editAws: OperatorWorld["editAws"] = (id, fields) => world.editAws(id, fields);

describe("cosell held", () => {
  it("names every deal that is not sent as it is, the fields to mend, and why", async () => {
    const deal = createReadyDeal(world.emulators.salesforce, { Name: "Half a deal", AWS_Use_Case__c: null });
    createReadyDeal(world.emulators.salesforce);
    await world.sync();
    const { code, document } = (await world.json("held")) as Answered<{ held: readonly unknown[] }>;
    expect({ code, held: document.held }).toEqual({
      code: 0,
      held: [expect.objectContaining({ crmRef: deal, title: "Globex - Half a deal", sources: ["AWS_Use_Case__c"] })],
    });
    expect((await world.run("held")).stdout).toMatch(/^1 deal held: .*\n.*\nGlobex - Half a deal .*AWS_Use_Case__c/);
    expect((await world.run("status")).stdout).toContain("cosell held");
  });
});

describe("cosell plan", () => {
  it("tells per field in how many deals it changes on which side, and what that costs", async () => {
    const [one, two] = [await approvedDeal(), await approvedDeal({ Name: "Second" })];
    editCrm(one.deal, { NextStep: "ours" });
    editCrm(two.deal, { NextStep: "ours too" });
    editAws(two.id, { "LifeCycle.TargetCloseDate": "2027-09-30" });
    const { document } = (await world.json("plan")) as Answered<{ summary: unknown }>;
    expect(document.summary).toMatchObject({
      fields: [
        { side: "aws", path: "LifeCycle.NextSteps", sources: ["NextStep"], deals: 2 },
        { side: "crm", path: "CloseDate", sources: ["LifeCycle.TargetCloseDate"], deals: 1 },
      ],
      ...{ withSteps: 2, parked: 0, cost: { reads: 2, writes: 2 }, quotaSeconds: 2 },
    });
    expect((await world.run("plan")).stdout).toMatch(/^ +2 {2}AWS +LifeCycle\.NextSteps +NextStep$/m);
  });
});

describe("cosell sync --record", () => {
  it("takes an opportunity's id as well, and says so when there is no such record", async () => {
    const { deal, id } = await approvedDeal();
    editCrm(deal, { NextStep: "by its other id" });
    expect((await world.run("sync", "--record", id)).code).toBe(0);
    expect(at(id, "LifeCycle.NextSteps")).toBe("by its other id");
    const before = (await world.json("state", "info")).document;
    const { code, stderr } = await world.run("sync", "--record", "006000000000001");
    expect({ code, said: stderr.includes("The CRM shows no Opportunity 006000000000001AAA") }).toEqual({
      ...{ code: 1, said: true },
    });
    expect((await world.json("state", "info")).document).toEqual(before);
  });
});

describe("cosell sync --since", () => {
  it("looks again at what changed, and tells how many that were on each side", async () => {
    const { deal } = await approvedDeal();
    createReadyDeal(world.emulators.salesforce, { Name: "Another", AWS_Cosell__c: false });
    await world.sync();
    const { code, document } = await world.json("sync", "--since", "2h");
    expect({ code, document }).toMatchObject({
      code: 0,
      document: { unchanged: 2, updated: 0, lookedBack: { crmRecords: 2, opportunities: 1, wholeCrm: false } },
    });
    const { stdout } = await world.run("sync", "--since", "2026-01-01");
    expect(stdout).toMatch(
      /Looked back to 2026-01-01 00:00:00 UTC\. The CRM does not tell what was deleted so long ago/,
    );
    expect(world.record(deal)["NextStep"]).toBe("Send the proposal");
  });

  it.each([
    [["--since", "yesterday"], "a day (2026-11-21), a time with its zone (2026-11-21T09:00Z) or a span"],
    [["--since", "2h", "--record", "006000000000001"], "cannot be used with option '--record <id>'"],
    [["--since", "2999-01-01"], "in the future"],
  ])("refuses %j in one clear message", async (words, message) => {
    const { code, stdout, stderr } = await world.run("sync", ...words);
    expect({ code, stdout, said: stderr.includes(message) }).toEqual({ code: 2, stdout: "", said: true });
    expect(stderr).not.toContain("    at ");
  });
});

describe("cosell sync --only", () => {
  it("writes to one side, and what goes the other way waits for the next sync", async () => {
    const { deal, id } = await approvedDeal();
    editCrm(deal, { NextStep: "ours" });
    editAws(id, { "LifeCycle.TargetCloseDate": "2027-09-30" });
    await world.run("sync", "--only", "inbound");
    expect(world.record(deal)["CloseDate"]).toBe("2027-09-30");
    expect(at(id, "LifeCycle.NextSteps")).toBe("Send the proposal");

    await world.run("sync", "--only", "outbound");
    expect(at(id, "LifeCycle.NextSteps")).toBe("ours");
    expect((await world.json("drift")).document).toMatchObject({ summary: { differing: 0 } });
  });
});
