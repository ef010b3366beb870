import { describe, expect, it } from "@jest/globals";
import { shippedMapping } from "../../session/shipped-mapping.ts";
import { inFolder, runCosell } from "../../testing/run-cosell.ts";

const shipped = shippedMapping("salesforce.opportunity.yaml");
const mapping = `version: 1
id: test
crm: { connector: salesforce, object: Opportunity }
link: { opportunityId: AWS_Id__c }
outbound:
  Customer.Account.CompanyName: { from: Account.Name }
leftOut: { Tags: Not ours. }
`;

interface Coverage {
  readonly fields: readonly { readonly path: string; readonly state: string; readonly needs: readonly unknown[] }[];
  readonly unused?: readonly { readonly path: string }[];
  readonly counts: { readonly neither: number; readonly missing: number };
}

describe("cosell mapping coverage", () => {
  it("finds that the shipped mapping says something about every AWS field, and maps all that is needed", async () => {
    const { code, stdout } = await runCosell(["mapping", "coverage", shipped, "--json"]);
    expect(code).toBe(0);
    const { fields, unused, counts } = JSON.parse(stdout) as Coverage;
    expect(counts).toMatchObject({ neither: 0, missing: 0 });
    const field = (path: string) => fields.find((each) => each.path === path);
    expect(field("Project.Title")).toMatchObject({
      state: "mapped",
      sources: ["Account.Name", "Name"],
      needs: [{ purpose: "submit", conditional: false }],
      lockedAfterApproval: expect.any(String),
    });
    expect(field("LifeCycle.ClosedLostReason")?.needs).toContainEqual(
      expect.objectContaining({ purpose: "create", conditional: true }),
    );
    expect(unused?.map(({ path }) => path)).toContain("LeadSource");
  });

  it("tells a person what is missing, with or without a schema", async () => {
    const { code, stdout } = await inFolder({ "map.yaml": mapping }, (folder) =>
      runCosell(["mapping", "coverage", "map.yaml"], { folder }),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Customer\.Account\.CompanyName +Account\.Name +submit +locked +map\.yaml:6:3$/m);
    expect(stdout).toMatch(/^Tags\.Key +Not ours\./m);
    expect(stdout).toContain("No saved schema of the CRM is at hand");
    expect(stdout).toMatch(/1 mapped, 2 left out, \d+ neither\.\n1\d fields that AWS always needs are not mapped\./);
  });

  it("refuses a mapping with errors", async () => {
    const broken = mapping.replace("CompanyName", "Companyname");
    const { code, stderr } = await inFolder({ "map.yaml": broken }, (folder) =>
      runCosell(["mapping", "coverage", "map.yaml"], { folder }),
    );
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("map.yaml:6:3") });
  });
});
