import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type RunningEmulators, startEmulators } from "@cosell/emulator";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shippedMapping } from "../session/shipped-mapping.ts";
import { runCosell } from "../testing/run-cosell.ts";
import type { Readiness } from "../views/ready.ts";

type Fields = Readonly<Record<string, string | number | boolean>>;

describe("cosell ready", () => {
  let world: RunningEmulators;
  let folder: string;

  beforeAll(async () => {
    world = await startEmulators();
    folder = await mkdtemp(join(tmpdir(), "cosell-ready-"));
    const configuration = [
      "version: 1",
      `partnerCentral: { catalog: Sandbox, endpoint: "${world.partnerCentralSelling.url}", quotas: { read: { perSecond: 500 }, write: { perSecond: 500 } } }`,
      "connections:",
      `  crm: { connector: salesforce, instanceUrl: "${world.salesforce.url}", accessToken: !env COSELL_SALESFORCE_TOKEN }`,
      "syncs:",
      `  deals: { connection: crm, mapping: ${shippedMapping("salesforce.opportunity.yaml")} }`,
    ];
    await writeFile(join(folder, "cosell.yaml"), configuration.join("\n"));
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A deal that lacks nothing, but for what is laid over it. */
  const deal = (fields: Fields = {}, account: Fields = {}): string =>
    world.salesforce.create("Opportunity", {
      Name: "Data platform",
      AccountId: world.salesforce.create("Account", {
        ...{ Name: "Globex", Industry: "Retail", Website: "https://www.globex.example" },
        ...{ BillingState: "Texas", BillingPostalCode: "78701", BillingCountry: "United States" },
        ...account,
      }),
      ...{ StageName: "Qualification", CloseDate: "2099-03-31", AWS_Cosell__c: true, AWS_Monthly_Spend__c: 12500 },
      ...{ AWS_Use_Case__c: "Storage & Backup", AWS_Delivery_Models__c: "SaaS or PaaS", AWS_Solutions__c: "S-0001111" },
      AWS_Primary_Needs__c: "Co-Sell - Deal Support",
      AWS_Sales_Activities__c: "Conducted POC / Demo",
      AWS_Business_Problem__c: "The customer cannot see its stock across shops.",
      ...fields,
    });
  const run = (ref: string, ...words: readonly string[]) =>
    runCosell(["ready", ref, ...words], { folder, environment: { COSELL_SALESFORCE_TOKEN: "emulator-access-token" } });
  const awsCredentials = { AWS_ACCESS_KEY_ID: "AKIACOSELLPARTNERONE", AWS_SECRET_ACCESS_KEY: "not checked" };
  const readiness = async (
    ref: string,
    ...words: readonly string[]
  ): Promise<{ code: number | null; told: Readiness }> => {
    const { code, stdout } = await run(ref, "--json", ...words);
    return { code, told: JSON.parse(stdout) as Readiness };
  };

  it("answers 0 for a deal that lacks nothing, and calls AWS not at all", async () => {
    const { code, stdout } = await run(deal());
    expect({ code, last: stdout.trim().split("\n").at(-1) }).toEqual({ code: 0, last: "Ready to submit for review." });
    expect(world.requests.since().filter(({ server }) => server !== "salesforce")).toEqual([]);
  });

  it("tells what is missing from what is wrong, by CRM field, and 1 for the shell", async () => {
    const { code, told } = await readiness(
      deal({ CloseDate: "2020-01-31" }, { Website: "", BillingCountry: "Atlantis" }),
    );
    expect(code).toBe(1);
    expect(told).toMatchObject({ matches: true, ready: false, readyToCreate: false });
    expect(told.required.map(({ sources }) => sources)).toEqual([["Account.Website"]]);
    expect(told.wrong.map(({ sources, purpose }) => `${sources.join()} to ${purpose}`)).toEqual([
      "CloseDate to create",
      "Account.BillingCountry to submit",
    ]);
  });

  it("counts what the deal can go without as nice to have", async () => {
    const { code, told } = await readiness(deal({}, { DunsNumber: "12" }));
    expect(code).toBe(0);
    expect(told.niceToHave.map(({ sources }) => sources)).toEqual([["Account.DunsNumber"]]);
  });

  it("says so when the mapping does not submit the deal yet", async () => {
    const { code, stdout } = await run(deal({ StageName: "Prospecting" }));
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Required:\n {2}- .*condition of its Submission.* \[Submission, to submit\]$/m);
    expect(stdout).toContain("Not ready to submit for review.");
  });

  it("says so when the record does not take part", async () => {
    const { code, told } = await readiness(deal({ AWS_Cosell__c: false }));
    expect(code).toBe(1);
    expect(told).toMatchObject({ matches: false, ready: false, readyToCreate: false, required: [], wrong: [] });
  });

  it("judges a stage that is named by what AWS asks of it, and tells what AWS asks of some partners only", async () => {
    const { code, told } = await readiness(deal({ AWS_Solutions__c: "" }), "--for", "Launched");
    expect(code).toBe(1);
    expect(told).toMatchObject({ for: "Launched", ready: false, readyToCreate: true });
    expect(told.required.map(({ path }) => path)).toEqual(["RelatedEntityIdentifiers.Solutions"]);
    expect(told.perhaps.map(({ path }) => path)).toContain("Customer.Account.AwsAccountId");

    const { stdout } = await run(deal(), "--for", "Launched");
    expect(stdout).toMatch(
      /^Asked of some partners only:\n {2}- .*AWS account.* \[Customer\.Account\.AwsAccountId\]$/m,
    );
    expect(stdout.trim().split("\n").at(-1)).toBe("Ready to reach the stage Launched.");
  });

  it("judges a deal that AWS has approved by its next stage", async () => {
    const ref = deal();
    const environment = { COSELL_SALESFORCE_TOKEN: "emulator-access-token", ...awsCredentials };
    await runCosell(["sync", "--record", ref], { folder, environment });
    const [opportunity] = world.partnerCentral
      .opportunities()
      .filter(({ PartnerOpportunityIdentifier: id }) => id === ref);
    world.partnerCentral.review({ opportunity: opportunity?.["Id"] as string, status: "Approved" });
    await runCosell(["sync", "--record", ref], { folder, environment });

    expect((await readiness(ref)).told).toMatchObject({ for: "Technical Validation", ready: true });
    expect((await readiness(ref, "--for", "submit")).told.for).toBe("submit");
  });

  it("knows no other stages than AWS", async () => {
    const { code, stderr } = await run(deal(), "--for", "Won");
    expect(code).toBe(2);
    expect(stderr).toContain("Closed Lost");
  });
});
