import { describe, expect, it } from "@jest/globals";
import { join } from "node:path";
import { FindingsError } from "../failure/findings-error.ts";
import { inFolder } from "../testing/run-cosell.ts";
import type { ConfiguredInvitations } from "./configuration.ts";
import { loadConfiguration } from "./load.ts";

const head = [
  "version: 1",
  "partnerCentral: { catalog: Sandbox }",
  "connections: { crm: { connector: salesforce, instanceUrl: https://acme.example, accessToken: token } }",
  "syncs:",
];
const sync = (name: string, invitations: string, more = ""): string =>
  `  ${name}: { connection: crm, mapping: deals.yaml, ${more}invitations: ${invitations} }`;

const load = (...syncs: readonly string[]) =>
  inFolder({ "cosell.yaml": [...head, ...syncs].join("\n"), "deals.yaml": "", "offers.yaml": "" }, (folder) =>
    loadConfiguration(join(folder, "cosell.yaml"), {}),
  );

async function invitationsOf(text: string): Promise<ConfiguredInvitations | undefined> {
  return (await load(sync("deals", text))).syncs["deals"]?.invitations;
}

async function findingsOf(...syncs: readonly string[]): Promise<readonly string[]> {
  try {
    await load(...syncs);
  } catch (error) {
    if (error instanceof FindingsError) {
      return error.findings.map(({ line, column, code, suggestion = "" }) =>
        `${line}:${column} ${code} ${suggestion}`.trim(),
      );
    }
    throw error;
  }
  return [];
}

describe("invitations of a sync", () => {
  it("are left to a person, with an alarm three days and one day before, unless the file says more", async () => {
    expect(await invitationsOf("{ mappings: [offers.yaml] }")).toEqual({
      records: [{ mapping: expect.stringMatching(/^\/.*offers\.yaml$/) }],
      rules: [],
      alarmMs: [72 * 3_600_000, 24 * 3_600_000],
    });
    expect(await invitationsOf("{ mappings: [offers.yaml], accept: all }")).toMatchObject({
      rules: [{ when: {}, take: "accept" }],
    });
  });

  it("take rules, a field of the CRM, and when a record is made", async () => {
    const read = await invitationsOf(
      "{ mappings: [{ mapping: offers.yaml, create: received, becomes: ConvertedOpportunityId }], alarmHours: [48], " +
        "accept: { rules: [{ when: { Invitation.SenderCompanyName: AWS, Invitation.PayloadType: [LeadInvitation] }, take: accept, duplicates: any }] }, " +
        "crmField: { field: Decision__c, accept: [Accept, true], reject: { Decline: Unable to support } } }",
    );
    expect(read).toMatchObject({
      records: [{ create: "received", becomes: "ConvertedOpportunityId" }],
      rules: [
        {
          when: {
            "Invitation.SenderCompanyName": { in: ["AWS"] },
            "Invitation.PayloadType": { in: ["LeadInvitation"] },
          },
          take: "accept",
          duplicates: "any",
        },
      ],
      decisionField: { field: "Decision__c", accept: ["Accept", true], reject: { Decline: "Unable to support" } },
      alarmMs: [48 * 3_600_000],
    });
  });

  it.each([
    ["{ mapings: [offers.yaml], mappings: [offers.yaml] }", ["unknown-key mappings"]],
    ["{ mappings: [] }", ["bad-value"]],
    ["{ mappings: [nowhere.yaml] }", ["missing-file"]],
    ["{ mappings: [offers.yaml], accept: some }", ["bad-value"]],
    [
      "{ mappings: [offers.yaml], accept: { rules: [{ when: { Invitation.SenderCompanyNam: AWS }, take: reject, reason: Unable to suport }] } }",
      ["unknown-target Invitation.SenderCompanyName", "unknown-reason Unable to support"],
    ],
    ["{ mappings: [offers.yaml], crmField: { field: D, accept: [x], reject: { y: No time } } }", ["unknown-reason"]],
  ])("that are wrong are told at their place: %s", async (text, codes) => {
    const found = await findingsOf(sync("deals", text));
    expect(found.map((finding) => finding.replace(/^\d+:\d+ /, "")).sort()).toEqual([...codes].sort());
    expect(found.every((finding) => finding.startsWith("5:"))).toBe(true);
  });

  it("fit neither a sync that only writes to AWS, nor a second sync of the account", async () => {
    const text = "{ mappings: [offers.yaml] }";
    expect(await findingsOf(sync("deals", text, "direction: outbound, "))).toMatchObject([
      expect.stringMatching(/^5:\d+ direction/),
    ]);
    expect(await findingsOf(sync("deals", text), sync("others", text))).toMatchObject([
      expect.stringMatching(/^6:\d+ second-taker/),
    ]);
  });
});
