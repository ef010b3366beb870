import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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

interface Conflicts {
  readonly conflicts: readonly {
    readonly path: string;
    readonly crm: string;
    readonly aws: string;
    readonly rule: string;
  }[];
}

/** A deal whose next step both sides changed. */
async function dealInConflict(): Promise<{ deal: string; id: string }> {
  const both = await approvedDeal();
  editAws(both.id, { "LifeCycle.NextSteps": "theirs" });
  editCrm(both.deal, { NextStep: "ours" });
  await world.sync();
  return both;
}

describe("cosell conflicts", () => {
  it("shows both values, the rule and how to settle it", async () => {
    const { deal } = await dealInConflict();
    const { code, document } = (await world.json("conflicts")) as Answered<Conflicts>;
    expect(code).toBe(1);
    expect(document.conflicts).toEqual([
      expect.objectContaining({
        ...{ crmRef: deal, path: "LifeCycle.NextSteps" },
        ...{ crm: "ours", aws: "theirs", agreed: "Send the proposal" },
      }),
    ]);
    expect(document.conflicts[0]?.rule).toMatch(/salesforce\.opportunity\.yaml:\d+:\d+$/);
    expect(((await world.json("conflicts", "--field", "StageName")) as Answered<Conflicts>).document.conflicts).toEqual(
      [],
    );
    const { stdout } = await world.run("conflicts");
    expect(stdout).toContain("cosell conflicts resolve <record> --take crm|aws");
  });

  it("tells who changed the CRM's record, also after we wrote in it ourselves, and hides the name when asked", async () => {
    const { deal, id } = await approvedDeal();
    const seller = { Username: "ann@example.com", FirstName: "Ann", LastName: "Lee", Email: "ann@example.com" };
    const LastModifiedById = world.emulators.salesforce.create("User", seller);
    editAws(id, { "LifeCycle.NextSteps": "theirs" });
    editCrm(deal, { NextStep: "ours", LastModifiedById });
    const { LastModifiedDate } = world.record(deal);
    await world.sync();
    // The sync told the seller of the conflict: the record's last change is our own now.
    expect(world.record(deal)["LastModifiedById"]).not.toBe(LastModifiedById);
    editAws(id, { "Project.AdditionalComments": "Something else" });
    await world.sync();
    const at = new Date(String(LastModifiedDate)).toISOString();
    const { document } = (await world.json("conflicts")) as Answered<Conflicts>;
    expect(document.conflicts).toEqual([expect.objectContaining({ crmModifiedAt: at, crmModifiedBy: "Ann Lee" })]);
    const said = `ours (record changed last ${at.slice(0, 19).replace("T", " ")} UTC, by Ann Lee)`;
    expect((await world.run("conflicts")).stdout.replaceAll("; (", " (")).toContain(said);
    expect((await world.run("conflicts", "--hide-values")).stdout).not.toContain("Ann Lee");
  });

  it.each([
    ["crm", "ours"],
    ["aws", "theirs"],
  ] as const)("resolve --take %s brings both sides to it at once", async (take, value) => {
    const { deal, id } = await dealInConflict();
    const { code, document } = await world.json("conflicts", "resolve", deal, "--take", take);
    expect({ code, document }).toMatchObject({ code: 0, document: { resolutions: [{ outcome: "settled" }] } });
    expect(world.record(deal)["NextStep"]).toBe(value);
    expect(at(id, "LifeCycle.NextSteps")).toBe(value);
    expect((await world.run("conflicts")).code).toBe(0);
    const again = await world.run("conflicts", "resolve", deal, "--take", take);
    expect(again).toMatchObject({ code: 1, stderr: "", stdout: expect.stringContaining("nothing to settle") });
  });

  it("refuses to settle many in a pipe unless it was confirmed, and changes nothing", async () => {
    const first = await dealInConflict();
    const second = await dealInConflictAlso();
    const refused = await world.run("conflicts", "resolve", "--all", "--take", "crm");
    expect({ code: refused.code, said: refused.stderr.includes("--yes") }).toEqual({ code: 2, said: true });
    expect(at(first.id, "LifeCycle.NextSteps")).toBe("theirs");

    expect(
      (await world.run("conflicts", "resolve", "--all", "--take", "crm", "--field", "NextStep", "--yes")).code,
    ).toBe(0);
    expect(at(first.id, "LifeCycle.NextSteps")).toBe("ours");
    expect(at(second, "LifeCycle.NextSteps")).toBe("ours too");
  });

  async function dealInConflictAlso(): Promise<string> {
    const deal = createReadyDeal(world.emulators.salesforce, { Name: "Second" });
    await world.sync();
    const id = world.idOf(deal);
    world.emulators.partnerCentral.review({ opportunity: id, status: "Approved" });
    await world.sync();
    editAws(id, { "LifeCycle.NextSteps": "theirs too" });
    editCrm(deal, { NextStep: "ours too" });
    await world.sync();
    return id;
  }
});

describe("cosell deferred", () => {
  it("tells what waits, what AWS holds, and when it goes out", async () => {
    const deal = createReadyDeal(world.emulators.salesforce);
    await world.sync();
    editCrm(deal, { NextStep: "Call them again" });
    await world.sync();
    const { code, document } = (await world.json("deferred")) as Answered<{ deferred: readonly unknown[] }>;
    expect(code).toBe(0);
    expect(document.deferred).toEqual([
      expect.objectContaining({
        path: "LifeCycle.NextSteps",
        crm: "Call them again",
        aws: "Send the proposal",
        released: expect.stringContaining("sets it to Approved"),
      }),
    ]);
  });
});

describe("cosell failures and replay", () => {
  it("groups by cause in CRM terms, and tries a cause again once it is mended", async () => {
    createReadyDeal(world.emulators.salesforce, { AWS_Solutions__c: "S-9999999" });
    createReadyDeal(world.emulators.salesforce, { AWS_Solutions__c: "S-9999999", Name: "Second" });
    await world.sync();
    const { document } = (await world.json("failures")) as Answered<{
      causes: readonly { cause: string; deals: number }[];
    }>;
    expect(document.causes).toHaveLength(1);
    const [cause] = document.causes;
    expect(cause?.deals).toBe(2);

    const again = (await world.json("replay", "--cause", cause?.cause ?? "")) as Answered<{
      deals: readonly { outcome: string }[];
    }>;
    expect(again.code).toBe(1);
    expect(again.document.deals.map(({ outcome }) => outcome)).toEqual(["failed", "failed"]);
    expect((await world.run("replay")).code).toBe(2);
  });

  it("history, plan and drift of a deal that failed do not say that all is well", async () => {
    const { deal } = await approvedDeal();
    const other = await approvedDeal({ Name: "Second" });
    editCrm(deal, { AWS_Solutions__c: "S-9999999" });
    expect(await world.sync()).toMatchObject({ failed: 1, failedNow: 1 });
    const { stdout } = await world.run("history", deal);
    expect(stdout).toMatch(
      /^Failed:\n {2}invalid {2}AWS refused AWS_Solutions__c: .*tried again when a value changes/m,
    );
    expect(stdout).not.toContain("is agreed");
    expect((await world.json("history", deal)).document).toMatchObject({ failure: { failure: { kind: "invalid" } } });

    // The failure that we wrote into the record comes back as a change: a sync leaves the deal alone all the same.
    editCrm(other.deal, { NextStep: "another deal" });
    const planned = (await world.json("plan")) as Answered<{ summary: unknown }>;
    expect(planned.document.summary).toMatchObject({ withSteps: 1, parked: 1, steps: { update: 1 } });
    expect((await world.json("drift")).document).toMatchObject({
      deals: expect.arrayContaining(
        [{ crmRef: deal, differences: [{ path: "RelatedEntityIdentifiers.Solutions", cause: "failed" }] }].map((one) =>
          expect.objectContaining({
            ...one,
            differences: one.differences.map((each) => expect.objectContaining(each)),
          }),
        ),
      ),
    });
    expect(await world.sync()).toMatchObject({ updated: 1, failedNow: 0, failed: 1 });
  });
});

interface HistoryDocument {
  readonly entries: readonly { readonly id: number; readonly kind: string }[];
}

describe("cosell undo", () => {
  async function writeOf(deal: string, kind: string): Promise<string> {
    const { document } = (await world.json("history", deal)) as Answered<HistoryDocument>;
    const entry = document.entries.findLast((one) => one.kind === kind);
    return String(entry?.id);
  }

  it("of an update writes both sides back, and the next sync leaves them so", async () => {
    const { deal, id } = await approvedDeal();
    editCrm(deal, { NextStep: "A mistake" });
    await world.sync();
    expect(at(id, "LifeCycle.NextSteps")).toBe("A mistake");

    const entry = await writeOf(deal, "update");
    expect((await world.run("undo", entry)).code).toBe(2);
    expect((await world.json("undo", entry, "--dry-run")).document).toMatchObject({ undone: false, refusals: [] });
    expect((await world.json("undo", entry, "--yes")).document).toMatchObject({ undone: true });
    expect(at(id, "LifeCycle.NextSteps")).toBe("Send the proposal");
    expect(world.record(deal)["NextStep"]).toBe("Send the proposal");
    expect(await world.sync()).toMatchObject({ updated: 0, inboundUpdated: 0, conflicts: 0 });
  });

  it("of a field without a way back writes AWS's side, and what the CRM still says is not sent again", async () => {
    const { deal, id } = await approvedDeal({ AWS_Additional_Comments__c: "first" });
    editCrm(deal, { AWS_Additional_Comments__c: "second" });
    await world.sync();
    const { document } = (await world.json("undo", await writeOf(deal, "update"), "--yes")) as Answered<{
      notes: readonly string[];
    }>;
    expect(document.notes[0]).toContain("AWS_Additional_Comments__c");
    expect(at(id, "Project.AdditionalComments")).toBe("first");
    expect(await world.sync()).toMatchObject({ updated: 0 });
    expect((await world.json("drift")).document).toMatchObject({ summary: { causes: { accepted: 1 } } });
    expect(at(id, "Project.AdditionalComments")).toBe("first");
  });

  it("of a write to the CRM brings back the CRM's value, and AWS follows", async () => {
    const { deal, id } = await approvedDeal();
    editAws(id, { "LifeCycle.TargetCloseDate": "2027-09-30" });
    await world.sync();
    expect(world.record(deal)["CloseDate"]).toBe("2027-09-30");
    expect((await world.json("undo", await writeOf(deal, "crm-write"), "--field", "CloseDate", "--yes")).code).toBe(0);
    expect(world.record(deal)["CloseDate"]).toBe("2027-03-31");
    expect(at(id, "LifeCycle.TargetCloseDate")).toBe("2027-03-31");
    expect(await world.sync()).toMatchObject({ updated: 0, inboundUpdated: 0 });
  });

  it("refuses what cannot be undone, each with its reason, and writes nothing", async () => {
    const { deal, id } = await approvedDeal();
    for (const kind of ["create", "submit"]) {
      const refused = (await world.json("undo", await writeOf(deal, kind), "--yes")) as Answered<{
        refusals: readonly { why: string }[];
      }>;
      expect(refused.code).toBe(1);
      expect(refused.document.refusals[0]?.why).toMatch(/cannot be (undone|taken back)/);
    }
    editCrm(deal, { NextStep: "one" });
    await world.sync();
    const entry = await writeOf(deal, "update");
    editAws(id, { "LifeCycle.NextSteps": "theirs" });
    const changed = (await world.json("undo", entry, "--yes")) as Answered<{ refusals: readonly { why: string }[] }>;
    expect(changed.document.refusals[0]?.why).toContain("somebody changed it since");
    expect(at(id, "LifeCycle.NextSteps")).toBe("theirs");
    expect((await world.run("undo", "999999")).code).toBe(1);
  });
});

describe("cosell pause and resume", () => {
  it("a paused connection is not synced, says so, and takes up later what changed meanwhile", async () => {
    const { deal, id } = await approvedDeal();
    expect((await world.run("pause", "crm", "--reason", "migration on Saturday")).code).toBe(0);
    editCrm(deal, { NextStep: "later" });
    const { code, document } = (await world.json("sync")) as Answered<{ paused: unknown }>;
    expect({ code, document }).toMatchObject({ code: 0, document: { paused: { reason: "migration on Saturday" } } });
    for (const command of ["status", "check"]) {
      expect((await world.run(command)).stdout).toContain("migration on Saturday");
    }
    expect((await world.run("resume", "crm")).code).toBe(0);
    await world.sync();
    expect(at(id, "LifeCycle.NextSteps")).toBe("later");
  });

  it("a paused field is held on both sides while the rest goes on, and follows when it is resumed", async () => {
    const { deal, id } = await approvedDeal();
    expect((await world.run("pause", "opportunities", "--field", "NextStep", "--reason", "being renamed")).code).toBe(
      0,
    );
    editCrm(deal, { NextStep: "held back", AWS_Additional_Comments__c: "goes out" });
    await world.sync();
    expect(at(id, "LifeCycle.NextSteps")).toBe("Send the proposal");
    expect(at(id, "Project.AdditionalComments")).toBe("goes out");
    expect((await world.json("drift")).document).toMatchObject({ summary: { causes: { paused: 1 } } });
    const refused = await world.run("resume", "opportunities");
    expect({ code: refused.code, said: refused.stdout.includes("cosell resume opportunities --field") }).toEqual({
      ...{ code: 1, said: true },
    });
    await world.run("resume", "opportunities", "--field", "LifeCycle.NextSteps");
    await world.sync();
    expect(at(id, "LifeCycle.NextSteps")).toBe("held back");
  });

  it("names what there is when nothing is called so", async () => {
    const { code, stderr } = await world.run("pause", "opportunites", "--reason", "x");
    expect({ code, said: stderr.includes("Did you mean opportunities?") }).toEqual({ code: 2, said: true });
  });
});

describe("cosell adopt", () => {
  interface Adoption {
    readonly exact: readonly unknown[];
    readonly linked: readonly unknown[];
    readonly proposals: readonly unknown[];
  }

  it("shows what is certain, links it with --yes, and links lookalikes only from an approved file", async () => {
    const certain = createReadyDeal(world.emulators.salesforce);
    const alike = createReadyDeal(world.emulators.salesforce, { Name: "Warehouse move" });
    await world.sync();
    const ids = { certain: world.idOf(certain), alike: world.idOf(alike) };
    editCrm(alike, { AWS_Opportunity_Id__c: null });
    editAws(ids.alike, { PartnerOpportunityIdentifier: "another-crm-7" });
    rmSync(join(world.folder, ".cosell"), { recursive: true });

    const shown = (await world.json("adopt")) as Answered<Adoption>;
    expect({ code: shown.code, document: shown.document }).toMatchObject({ code: 1, document: { linked: [] } });
    expect(shown.document.exact).toHaveLength(1);

    const linked = (await world.json("adopt", "--yes", "--proposals", "adopt.csv")) as Answered<Adoption>;
    expect(linked.document.linked).toEqual([expect.objectContaining({ crmRef: certain, opportunityId: ids.certain })]);
    expect(linked.document.proposals).toEqual([expect.objectContaining({ crmRef: alike, opportunityId: ids.alike })]);

    const file = join(world.folder, "adopt.csv");
    expect(((await world.json("adopt", "--approve", "adopt.csv")) as Answered<Adoption>).document).toMatchObject({
      approved: 0,
    });
    writeFileSync(file, readFileSync(file, "utf8").replace(/^,/m, "yes,"));
    expect(((await world.json("adopt", "--approve", "adopt.csv")) as Answered<Adoption>).document).toMatchObject({
      approved: 1,
      refused: [],
    });
    expect(await world.sync()).toMatchObject({ created: 0, failed: 0 });
    expect(world.opportunities()).toHaveLength(2);
    expect(world.record(alike)["AWS_Opportunity_Id__c"]).toBe(ids.alike);
  });
});

describe("cosell history", () => {
  it("shows every decision with before, after and why, its number for undo, and can be narrowed", async () => {
    const { deal } = await approvedDeal();
    editCrm(deal, { NextStep: "Call them", AWS_Additional_Comments__c: "noted" });
    await world.sync();
    const { stdout } = await world.run("history", deal, "--field", "NextStep");
    expect(stdout).toMatch(/^ *\d+ {2}.* update {2}/m);
    expect(stdout).toMatch(
      /LifeCycle\.NextSteps: Send the proposal → Call them {2}\(changed in the CRM, \S+\.yaml:\d+:\d+\)/,
    );
    expect(
      ((await world.json("history", deal, "--since", "2099-01-01")) as Answered<HistoryDocument>).document.entries,
    ).toEqual([]);
    expect((await world.run("history", deal, "--since", "yesterday")).code).toBe(2);
  });
});
