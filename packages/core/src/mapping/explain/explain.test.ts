import { describe, expect, it } from "@jest/globals";
import { dealTarget } from "../__fixtures__/deal-target.ts";
import { documentOf } from "../__fixtures__/mapping-of.ts";
import { explain } from "./explain.ts";
import type { Requirement } from "./requirement.ts";

const document = documentOf(`tables:
  stage: { outbound: { Prospecting: Prospect, Closed Won: Launched }, otherwise: { value: Qualified } }
outbound:
  LifeCycle.Stage: { from: [StageName, Status], steps: [trim], table: stage, default: Prospect }
  LifeCycle.ClosedLostReason: { const: Other, when: { LifeCycle.Stage: { eq: Closed Lost } }, write: once }
  Customer.Contacts:
    each: Roles.records
    fields:
      Phone: { from: Contact.Phone, steps: [{ phone: { country: { from: Account.BillingCountry } } }] }
inbound:
  StageName: { from: LifeCycle.Stage, table: stage, when: { LifeCycle.ReviewStatus: { eq: Approved } } }
leftOut: { Project: Not ours. }
authority: { default: crm, LifeCycle: aws }
`);
const requirements: readonly Requirement[] = [
  { path: "LifeCycle.ClosedLostReason", purpose: "submit", conditional: true, message: "Say why it was lost." },
];
const target = {
  ...dealTarget,
  lockOf: (path: string, { reviewStatus }: { reviewStatus: string | undefined }) =>
    path === "LifeCycle.Stage" && reviewStatus === "Approved"
      ? ({ lock: "locked", reason: "It is approved." } as const)
      : ({ lock: "editable" } as const),
};
const states = ["Submitted", "Approved"].map((name) => ({
  name,
  state: { reviewStatus: name, stage: undefined, origin: undefined },
}));
const about = (asked: string, crmPaths: readonly string[] = []) =>
  explain(document, asked, { target, requirements, states, crmPaths });

describe("explain", () => {
  it("tells the rules of an AWS field in both directions, with table, locks and authority", () => {
    expect(about("LifeCycle.Stage")).toMatchObject({
      side: "target",
      path: "LifeCycle.Stage",
      rules: [
        {
          direction: "outbound",
          rule: { line: 9, column: 3 },
          sources: ["StageName", "Status"],
          value: "StageName, else Status",
          steps: ["trim"],
          table: {
            name: "stage",
            rows: [
              { from: "Prospecting", to: "Prospect" },
              { from: "Closed Won", to: "Launched" },
            ],
            otherwise: "Qualified",
          },
          default: "Prospect",
          write: "always",
        },
        {
          direction: "inbound",
          target: "StageName",
          when: "LifeCycle.ReviewStatus is Approved",
          table: { rows: [{ from: "Prospect", to: "Prospecting" }, { from: "Launched" }] },
        },
      ],
      fields: [
        {
          authority: "aws",
          locks: [
            { state: "Submitted", lock: "editable" },
            { state: "Approved", lock: "locked", reason: "It is approved." },
          ],
        },
      ],
    });
  });

  it("finds a path however its list places and letters are written", () => {
    for (const asked of ["Customer.Contacts[0].Phone", "customer.contacts.0.phone", "Customer.Contacts[].Phone"]) {
      const found = about(asked);
      expect(found?.path).toBe("Customer.Contacts.Phone");
      expect(found?.rules.map((rule) => rule.target)).toEqual(["Customer.Contacts", "Customer.Contacts[].Phone"]);
    }
  });

  it("tells what a CRM field feeds, also through a step's argument, and what feeds it", () => {
    const country = about("Account.BillingCountry");
    expect(country).toMatchObject({
      side: "crm",
      rules: [{ target: "Customer.Contacts[].Phone", steps: ["phone country: Account.BillingCountry"] }],
    });
    expect(about("StageName")?.rules.map(({ direction, target: name }) => `${direction} ${name}`)).toEqual([
      "outbound LifeCycle.Stage",
      "inbound StageName",
    ]);
    expect(about("Roles.records.Contact.Phone")?.path).toBe("Roles.records.Contact.Phone");
  });

  it("tells what is left out and what is needed", () => {
    expect(about("Project.Title")).toMatchObject({ rules: [], fields: [{ leftOut: { reason: "Not ours." } }] });
    const lost = about("LifeCycle.ClosedLostReason");
    expect(lost?.fields[0]?.needs).toEqual(requirements);
    expect(lost?.rules[0]).toMatchObject({
      value: "always Other",
      when: "LifeCycle.Stage is Closed Lost",
      write: "once",
    });
  });

  it("knows a field of the CRM that no rule uses, and nothing of what neither side has", () => {
    expect(about("Account.Phone", ["Account.Phone"])).toMatchObject({ side: "crm", rules: [], fields: [] });
    expect(about("Account.Phone")).toBeUndefined();
  });
});
