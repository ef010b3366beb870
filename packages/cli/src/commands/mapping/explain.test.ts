import { describe, expect, it } from "@jest/globals";
import { shippedMapping } from "../../session/shipped-mapping.ts";
import { runCosell } from "../../testing/run-cosell.ts";

const shipped = shippedMapping("salesforce.opportunity.yaml");
const explain = (field: string, ...more: readonly string[]) =>
  runCosell(["mapping", "explain", shipped, field, ...more]);

describe("cosell mapping explain", () => {
  it("tells rules, limits, locks and needs of an AWS field, with an example from the golden cases", async () => {
    const { code, stdout } = await explain("Customer.Account.Address.StateOrRegion");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Customer\.Account\.Address\.StateOrRegion +\S+salesforce\.opportunity\.yaml:\d+:\d+$/m);
    expect(stdout).toMatch(/only when +Customer\.Account\.Address\.CountryCode is US/);
    expect(stdout).toMatch(/steps +state/);
    expect(stdout).toMatch(/to submit +sometimes: The state of a customer in the United States is needed\./);
    expect(stdout).toMatch(/Pending Submission, Action Required – editable/);
    expect(stdout).toMatch(/Approved – locked/);
    expect(stdout).toMatch(/Account\.BillingState +OR\n +→ Customer\.Account\.Address\.StateOrRegion +Oregon/);
  });

  it("gives the same to machines", async () => {
    const { code, stdout } = await explain("customer.contacts[0].phone", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      side: "target",
      path: "Customer.Contacts.Phone",
      example: { sent: [{ path: "Customer.Contacts.Phone", value: ["+15415550100"] }] },
    });
  });

  it("tells what a CRM field feeds and is fed by, and which is not used at all", async () => {
    const stage = await explain("StageName", "--json");
    const { rules } = JSON.parse(stage.stdout) as { rules: { direction: string; target: string }[] };
    expect(rules.map(({ direction, target }) => `${direction} ${target}`)).toEqual([
      "outbound LifeCycle.Stage",
      "outbound Submission",
      "inbound StageName",
    ]);
    expect((await explain("Account.Phone")).stdout).toContain("No rule uses this field.");
  });

  it("says what was meant by a field that nobody has", async () => {
    const { code, stderr } = await explain("LifeCycle.Stge");
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("Did you mean LifeCycle.Stage?") });
  });
});
