import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type RunningEmulators, startEmulators } from "@cosell/emulator";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Finished, runCosell } from "../testing/run-cosell.ts";

const root = join(import.meta.dirname, "../../../..");
let emulators: RunningEmulators;
let folder: string;
beforeAll(async () => {
  emulators = await startEmulators({ settings: { partnerCentralSelling: { quotas: false } } });
  folder = await mkdtemp(join(tmpdir(), "cosell-invitations-"));
  await writeFile(join(folder, "cosell.yaml"), configuration());
  await writeFile(join(folder, "without-id.yaml"), withoutId);
});
afterAll(async () => {
  await emulators.close();
  await rm(folder, { recursive: true, force: true });
});

/** A mapping whose record could not be found again by its invitation. */
const withoutId = [
  "version: 1",
  "kind: invitation",
  "id: without-id",
  "crm: { connector: salesforce, object: Opportunity }",
  "inbound: { Name: { from: Invitation.Payload.OpportunityInvitation.Customer.CompanyName, required: true } }",
].join("\n");

function configuration(invitations = "{ mappings: [MAPPINGS/salesforce.invitation-opportunity.yaml] }"): string {
  return [
    "version: 1",
    `partnerCentral: { catalog: Sandbox, endpoint: "${emulators.partnerCentralSelling.url}" }`,
    "connections:",
    `  crm: { connector: salesforce, instanceUrl: "${emulators.salesforce.url}", accessToken: emulator-access-token }`,
    "syncs:",
    "  opportunities:",
    "    connection: crm",
    `    mapping: ${join(root, "mappings/salesforce.opportunity.yaml")}`,
    `    invitations: ${invitations}`,
  ]
    .join("\n")
    .replaceAll("MAPPINGS", join(root, "mappings"));
}

const credentials = { AWS_ACCESS_KEY_ID: "AKIACOSELLPARTNERONE", AWS_SECRET_ACCESS_KEY: "emulated" };
const cosell = (...words: readonly string[]): Promise<Finished> =>
  runCosell(words, { folder, environment: credentials });

function refer(CompanyName: string, Title: string): string {
  return emulators.partnerCentral.refer({
    opportunity: {
      Customer: {
        Account: {
          ...{ CompanyName, Industry: "Retail", WebsiteUrl: `${CompanyName.toLowerCase()}.example` },
          Address: { CountryCode: "US" },
        },
      },
      LifeCycle: { Stage: "Qualified", TargetCloseDate: "2031-03-31" },
      Project: {
        ...{ Title, CustomerBusinessProblem: "The data centre closes at the end of the year." },
        ExpectedCustomerSpend: [{ Amount: "2500.00", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" }],
      },
    },
  }).invitation;
}

describe("cosell invitations", () => {
  it("lists what waits, shows one, accepts and rejects", async () => {
    expect((await cosell("invitations")).stdout).toBe("No invitation waits.\n");
    const [first, second, third] = [
      refer("Initech", "Move the warehouse"),
      refer("Umbrella", "Leave the basement"),
      refer("Hooli", "Compress the middle"),
    ];
    expect((await cosell("sync")).stdout).toContain("3 new invitations");

    const list = await cosell("invitations");
    expect(list.code).toBe(1);
    expect(list.stdout).toMatch(new RegExp(`^${first} +AWS +Initech +Move the warehouse +14 days +pending`, "m"));
    const shown = await cosell("invitations", "show", second, "--json");
    expect(JSON.parse(shown.stdout)).toMatchObject({
      id: second,
      status: "pending",
      customer: "Umbrella",
      duplicates: [],
    });
    expect((await cosell("invitations", "show", second)).stdout).toContain("Leave the basement");

    const accepted = await cosell("invitations", "accept", first);
    expect(accepted).toMatchObject({ code: 0, stdout: expect.stringMatching(/accepted +O\d+ +006/) });
    const rejected = await cosell("invitations", "reject", second, "--reason", "Unable to support", "--json");
    expect(JSON.parse(rejected.stdout)).toMatchObject({ outcomes: [{ id: second, outcome: "rejected" }] });
    expect((await cosell("sync")).code).toBe(0);
    const rest = JSON.parse((await cosell("invitations", "--json")).stdout) as { invitations: object[] };
    expect(rest.invitations).toMatchObject([{ id: third, status: "pending" }]);
    expect(rest.invitations[0]).not.toHaveProperty("data");
    const all = JSON.parse((await cosell("invitations", "list", "--all", "--json")).stdout) as {
      invitations: object[];
    };
    expect(all.invitations).toHaveLength(3);
  }, 180_000);

  it("asks which record is meant where the CRM may have the deal", async () => {
    const account = emulators.salesforce.create("Account", { Name: "Vandelay" });
    const deal = emulators.salesforce.create("Opportunity", {
      ...{ Name: "Latex", AccountId: account, StageName: "Prospecting", CloseDate: "2031-03-31" },
    });
    const id = refer("Vandelay", "Import and export");
    await cosell("sync");
    const refused = await cosell("invitations", "accept", id);
    expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining(deal) });
    const linked = await cosell("invitations", "accept", id, "--link-to", deal.slice(0, 15), "--json");
    expect(JSON.parse(linked.stdout)).toMatchObject({ outcomes: [{ outcome: "accepted", crmRef: deal }] });
  }, 120_000);

  it.each<[string, readonly string[], RegExp]>([
    ["no id", ["accept"], /Name the invitations, or give --all/],
    ["ids beside --all", ["accept", "engi-1", "--all"], /Name the invitations, or give --all/],
    ["two ids for one record", ["accept", "engi-1", "engi-2", "--link-to", "006"], /--link-to joins one invitation/],
    ["no reason", ["reject", "engi-1"], /--reason/],
    ["a reason that AWS does not take", ["reject", "engi-1", "--reason", "No time"], /Unable to support/],
  ])("refuses %s", async (_, words, message) => {
    expect(await cosell("invitations", ...words)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
  });

  it("says that an unknown id is unknown", async () => {
    expect(await cosell("invitations", "show", "engi-nobody")).toMatchObject({
      stderr: expect.stringContaining("list --all"),
    });
    expect(await cosell("invitations", "accept", "engi-nobody")).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("refused"),
    });
  });
});

describe("a configuration with invitations", () => {
  const findingsOf = async (text: string): Promise<string> => {
    await writeFile(join(folder, "other.yaml"), text);
    return (await cosell("check", "--config", "other.yaml")).stdout;
  };

  it("is checked with its mappings", async () => {
    expect(await findingsOf(configuration())).toContain("0 errors, 0 warnings");
  });

  it.each([
    ["{ mappings: [nowhere.yaml] }", /missing-file .*nowhere\.yaml/],
    ["{ mappings: [MAPPINGS/salesforce.opportunity.yaml] }", /unfit-invitation-mapping .*no mapping of invitations/],
    ["{ mappings: [{ mapping: without-id.yaml, create: received }] }", /Invitation\.Id/],
    ["{ mappings: [MAPPINGS/hubspot.invitation-lead.yaml] }", /for hubspot/],
  ])("%s is told", async (invitations, finding) => {
    expect(await findingsOf(configuration(invitations))).toMatch(finding);
  });

  it("says of a field that keeps AWS's id, and is not unique in the CRM, what the sync would stop at", async () => {
    const early = [
      "version: 1",
      "id: early",
      "extends: salesforce.invitation-opportunity",
      "inbound:",
      "  AWS_Invitation_Id__c: null",
      "  NextStep: { from: Invitation.Id }",
    ];
    const deals = ["version: 1", "id: deals", "extends: salesforce.opportunity", "link: { opportunityId: NextStep }"];
    await writeFile(join(folder, "early.yaml"), early.join("\n"));
    await writeFile(join(folder, "deals.yaml"), deals.join("\n"));
    const received = configuration("{ mappings: [{ mapping: early.yaml, create: received }] }");
    const checked = await findingsOf(received);
    expect(checked).toMatch(
      /early\.yaml:6:3 +error +id-field-not-unique +NextStep of Opportunity is not unique .*create: accepted/,
    );
    expect(checked).toContain("1 error,");
    // The same, found out by the sync.
    refer("Soylent", "Feed the city");
    const state = 'state: { url: "sqlite:early.db" }\n';
    await writeFile(join(folder, "other.yaml"), `${received}\n${state}`);
    const synced = await cosell("sync", "--config", "other.yaml");
    expect(`${synced.stdout}${synced.stderr}`).toMatch(/config.*NextStep/s);
    // A deal that is made of an accepted invitation is found again by AWS's id.
    const accepted = configuration("{ mappings: [{ mapping: early.yaml, create: accepted }] }");
    expect(await findingsOf(accepted)).toContain("0 errors");
    const linked = accepted.replace(/mapping: \S+salesforce\.opportunity\.yaml/, "mapping: deals.yaml");
    expect(await findingsOf(linked)).toMatch(/deals\.yaml:4:24 +error +id-field-not-unique +NextStep of Opportunity/);
  }, 120_000);

  it("has no such finding where these fields are unique, those of leads too", async () => {
    const both =
      "{ mappings: [MAPPINGS/salesforce.invitation-opportunity.yaml, MAPPINGS/salesforce.invitation-lead.yaml] }";
    expect(await findingsOf(configuration(both))).toContain("0 errors, 0 warnings");
  });

  it("is checked against the CRM that it is used with, also where a mapping names another one or an object that is not there", async () => {
    const mapping = [
      "version: 1",
      "id: deals",
      "crm: { connector: hubspot, object: Oportunity }",
      "link: { opportunityId: AWS_Opportunity_Id__c }",
      "outbound: { Project.Title: { from: Name } }",
    ];
    await writeFile(join(folder, "deals.yaml"), mapping.join("\n"));
    const used = configuration().replace(/mapping: \S+salesforce\.opportunity\.yaml/, "mapping: deals.yaml");
    const found = await findingsOf(used);
    expect(found).toMatch(/deals\.yaml:3:19 +warning +other-connector .*"hubspot".*"salesforce"/);
    expect(found).toMatch(/deals\.yaml:3:36 +error +unknown-object +The CRM has no object "Oportunity"\./);
  });
});
