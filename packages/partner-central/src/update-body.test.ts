import { describe, expect, it } from "@jest/globals";
import type { JsonObject, JsonValue } from "@cosell/connector";
import fc from "fast-check";
import { partnerCentralTarget } from "./index.ts";
import { presentAt } from "./model/opportunity-facts.ts";

const opportunity = {
  Catalog: "Sandbox",
  Id: "O1",
  Arn: null,
  CreatedDate: "2026-01-01T00:00:00Z",
  LastModifiedDate: "2026-02-04T05:10:17.833914936Z",
  RelatedEntityIdentifiers: { Solutions: ["S-1"] },
  OpportunityTeam: [{ Email: "a@example.com" }],
  Customer: { Account: { CompanyName: "Acme", Duns: null, AddedByAwsLater: { x: 1 } }, Contacts: null },
  LifeCycle: { Stage: "Qualified", ReviewStatus: "Approved", TargetCloseDate: "2027-01-01", NextSteps: "call" },
  Marketing: { Source: "None", CampaignName: null },
  Project: { Title: "Move", ExpectedContractDuration: { Term: "Months", Value: "12" } },
  SoftwareRevenue: { Value: { Amount: "1", CurrencyCode: "USD" } },
} as const satisfies JsonObject;

const body = (values: readonly (readonly [string, JsonValue | undefined])[], current: JsonObject = opportunity) =>
  partnerCentralTarget.updateBody(current, new Map(values));

describe("the body of an update", () => {
  it("echoes what an update takes, as received, and nothing else", () => {
    const { Customer, LifeCycle, Marketing, Project, SoftwareRevenue } = opportunity;
    expect(body([])).toEqual({
      Customer,
      LifeCycle,
      Marketing,
      Project,
      SoftwareRevenue,
      Identifier: "O1",
      LastModifiedDate: "2026-02-04T05:10:17.833914936Z",
    });
  });

  it("has the values laid over by path, also where nothing was", () => {
    const changed = body([
      ["Project.Title", "Move now"],
      ["Customer.Account.Address.City", "Oslo"],
      ["PrimaryNeedsFromAws", ["Co-Sell - Deal Support"]],
      ["Customer.Contacts", [{ Email: "b@example.com" }]],
    ]);
    expect(changed["Project"]).toEqual({ ...opportunity.Project, Title: "Move now" });
    expect(changed["Customer"]).toEqual({
      Account: { ...opportunity.Customer.Account, Address: { City: "Oslo" } },
      Contacts: [{ Email: "b@example.com" }],
    });
    expect(changed["PrimaryNeedsFromAws"]).toEqual(["Co-Sell - Deal Support"]);
  });

  it("loses what is removed, and the structures that become empty with it", () => {
    const changed = body([
      ["SoftwareRevenue.Value.Amount", undefined],
      ["SoftwareRevenue.Value.CurrencyCode", undefined],
      ["LifeCycle.NextSteps", undefined],
      ["NationalSecurity", undefined],
      ["Customer.Account.Address.City", undefined],
    ]);
    expect(changed).not.toHaveProperty("SoftwareRevenue");
    expect(changed["LifeCycle"]).not.toHaveProperty("NextSteps");
    expect(changed["Customer"]).toEqual(opportunity.Customer);
  });

  it("says null where AWS reads an omission as unchanged", () => {
    const Project = { Title: "Move", ExpectedContractDuration: null };
    expect(body([["Project.ExpectedContractDuration", undefined]])["Project"]).toEqual(Project);
    const members = ["Term", "Value"].map((name) => [`Project.ExpectedContractDuration.${name}`, undefined] as const);
    expect(body(members)["Project"]).toEqual(Project);
  });

  it("never loses what must always be sent", () => {
    const removed = partnerCentralTarget.alwaysSent.map((path) => [path, undefined] as const);
    for (const path of partnerCentralTarget.alwaysSent) expect(presentAt(body(removed), path)).toBeDefined();
  });

  it("ignores members that go by other calls", () => {
    expect(
      body([
        ["Tags", []],
        ["OpportunityTeam", []],
        ["RelatedEntityIdentifiers.Solutions", ["S-2"]],
      ]),
    ).toEqual(body([]));
  });

  const json = fc.jsonValue() as fc.Arbitrary<JsonValue>;
  const paths = [...partnerCentralTarget.writable.values()]
    .filter(({ path, calls }) => calls.includes("update") && !path.includes("["))
    .map(({ path }) => path);

  it("changes only what it was told to, and never its input", () => {
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.option(json, { nil: undefined }), (path, value) => {
        const before = JSON.stringify(opportunity);
        const changed = body([[path, value]]);
        expect(JSON.stringify(opportunity)).toBe(before);
        for (const other of paths) {
          const related = other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`);
          if (!related) expect(presentAt(changed, other)).toEqual(presentAt(opportunity, other));
        }
      }),
    );
  });

  it("is the same when it is made again from itself", () => {
    const leaves = paths.filter((path) => partnerCentralTarget.writable.get(path)?.type !== "structure");
    const plain = leaves.filter((path) => !path.startsWith("Project.ExpectedContractDuration"));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...plain), fc.option(json, { nil: undefined })), (values) => {
        const entries = Object.entries(values);
        const once = body(entries);
        const again = body(entries, { ...opportunity, ...once });
        for (const [path] of entries) expect(presentAt(again, path)).toEqual(presentAt(once, path));
      }),
    );
  });

  it("takes any JSON for an opportunity", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(opportunity)), json), (current) => {
        expect(() => body([["Customer.Account.Address.City", "Oslo"]], current)).not.toThrow();
      }),
    );
  });
});
