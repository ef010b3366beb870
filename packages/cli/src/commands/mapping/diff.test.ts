import { describe, expect, it } from "@jest/globals";
import { inFolder, runCosell } from "../../testing/run-cosell.ts";

const mapping = (change: (text: string) => string = (text) => text): string =>
  change(`version: 1
id: test
crm: { connector: salesforce, object: Opportunity }
match: { Shared__c: { eq: true } }
link: { opportunityId: AWS_Id__c }
outbound:
  Customer.Account.CompanyName: { from: Account.Name }
  Project.Title: { from: Name }
  RelatedEntityIdentifiers.Solutions: { from: Solutions__c, steps: [{ split: ";" }] }
  LifeCycle.TargetCloseDate: { from: CloseDate, steps: [date] }
`);
const cases = `version: 1
cases:
  - name: one
    source:
      { Shared__c: true, Name: Data lake, CloseDate: 2027-03-31T10:00:00Z, Solutions__c: S-1;S-2, Account: { Name: Globex } }
    expect: {}
  - name: two
    source: { Shared__c: true, Name: Backup }
    expect: {}
  - name: three
    source: { Name: Private }
    expect: {}
`;
const run = (changed: string, ...more: readonly string[]) =>
  inFolder({ "old.yaml": mapping(), "new.yaml": changed, "old.cases.yaml": cases }, (folder) =>
    runCosell(["mapping", "diff", "old.yaml", "new.yaml", ...more], { folder }),
  );

describe("cosell mapping diff, without a configuration", () => {
  it("shows what changes field by field, and counts it", async () => {
    const changed = mapping((text) => text.replace("{ from: Name }", '{ template: "{Name}!" }').replace('";"', '","'));
    const { code, stdout } = await run(changed, "--json");
    expect(code).toBe(0);
    const { deals, summary } = JSON.parse(stdout) as { deals: unknown[]; summary: unknown };
    expect(deals).toEqual([
      expect.objectContaining({
        deal: "one",
        changes: [
          { path: "Project.Title", before: "Data lake", after: "Data lake!", effect: "sent" },
          {
            path: "RelatedEntityIdentifiers.Solutions",
            before: ["S-1", "S-2"],
            after: ["S-1;S-2"],
            effect: "sent",
          },
        ],
        // One update, and one call for each solution that comes or goes.
        cost: { reads: 1, writes: 4 },
      }),
      expect.objectContaining({
        deal: "two",
        changes: [{ path: "Project.Title", before: "Backup", after: "Backup!", effect: "sent" }],
      }),
    ]);
    expect(summary).toEqual({
      ...{ deals: 3, changed: 2, joining: 0, leaving: 0 },
      paths: [
        { path: "Project.Title", deals: 2, sent: 2 },
        { path: "RelatedEntityIdentifiers.Solutions", deals: 1, sent: 1 },
      ],
      cost: { reads: 2, writes: 5 },
      quotaSeconds: 5,
    });
  });

  it("tells a person the same, and that deals would join or leave", async () => {
    const { stdout } = await run(
      mapping((text) =>
        text.replace("match: { Shared__c: { eq: true } }", "match: { Name: { in: [Private, Backup] } }"),
      ),
    );
    expect(stdout).toContain("one\n  would no longer take part");
    expect(stdout).toContain("three\n  would take part from now on");
    expect(stdout).toContain("3 deals looked at");
    expect(stdout).toContain("1 would begin to take part, 1 would no longer take part.");
  });

  it("finds no change where only the spelling of the mapping changed", async () => {
    const { code, stdout } = await run(mapping((text) => text.replace("{ from: Name }", '{ template: "{Name}" }')));
    expect({ code, stdout }).toEqual({ code: 0, stdout: "3 deals looked at: 0 would change.\n" });
  });

  it("does not count what is written only once", async () => {
    const changed = mapping((text) => text.replace("{ from: Name }", '{ template: "{Name}!", write: once }'));
    const { summary } = JSON.parse((await run(changed, "--json")).stdout) as { summary: { cost: unknown } };
    expect(summary).toMatchObject({ changed: 2, cost: { reads: 0, writes: 0 } });
  });

  it("hides personal and confidential values when asked to", async () => {
    const changed = mapping((text) => text.replace("{ from: Account.Name }", '{ template: "{Account.Name} Inc." }'));
    expect((await run(changed)).stdout).toContain("Globex Inc.");
    const { stdout } = await run(changed, "--hide-values");
    expect(stdout).not.toContain("Globex");
    expect(stdout).toContain("Customer.Account.CompanyName: ‹hidden›");
  });

  it("refuses mappings of different objects", async () => {
    const { code, stderr } = await run(mapping((text) => text.replace("object: Opportunity", "object: Deal")));
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("different things") });
  });
});
