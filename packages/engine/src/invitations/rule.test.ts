import { describe, expect, it } from "@jest/globals";
import { ruleFor } from "./rule.ts";
import type { InvitationRule, InvitationTest } from "./settings.ts";

const invitation = {
  SenderCompanyName: "AWS",
  PayloadType: "OpportunityInvitation",
  Payload: {
    OpportunityInvitation: {
      Customer: { CountryCode: "US", Industry: "Retail", WebsiteUrl: null },
      Project: { Title: "Data Lake", ExpectedCustomerSpend: [{ Amount: "900.00" }, { Amount: "2500.50" }] },
    },
  },
};
const offer = "Invitation.Payload.OpportunityInvitation";
const accept = (when: InvitationRule["when"]): InvitationRule => ({ when, take: "accept" });
const holds = (path: string, test: InvitationTest): boolean =>
  ruleFor(invitation, false, [accept({ [path]: test })]) !== undefined;

describe("ruleFor", () => {
  it.each<[string, InvitationTest, boolean]>([
    ["Invitation.SenderCompanyName", { in: ["aws", "Globex"] }, true],
    ["Invitation.SenderCompanyName", { notIn: ["Globex"] }, true],
    ["Invitation.SenderCompanyName", { notIn: ["AWS"] }, false],
    [`${offer}.Customer.CountryCode`, { in: ["DE"] }, false],
    [`${offer}.Project.Title`, { contains: "lake" }, true],
    [`${offer}.Project.ExpectedCustomerSpend[].Amount`, { atLeast: 2000 }, true],
    [`${offer}.Project.ExpectedCustomerSpend[].Amount`, { atLeast: 3000 }, false],
    [`${offer}.Project.ExpectedCustomerSpend[].Amount`, { atMost: 1000 }, true],
    [`${offer}.Customer.WebsiteUrl`, { exists: false }, true],
    [`${offer}.Customer.Industry`, { exists: true }, true],
    ["Invitation.Payload.LeadInvitation.Customer.CountryCode", { exists: true }, false],
  ])("%s %j: %s", (path, test, expected) => {
    expect(holds(path, test)).toBe(expected);
  });

  it("takes the first rule of which everything holds", () => {
    const rules: readonly InvitationRule[] = [
      {
        when: { "Invitation.SenderCompanyName": { in: ["AWS"] }, [`${offer}.Customer.CountryCode`]: { in: ["DE"] } },
        take: "accept",
      },
      { when: { [`${offer}.Customer.CountryCode`]: { in: ["US"] } }, take: "reject", reason: "Other" },
      { when: {}, take: "accept" },
    ];
    expect(ruleFor(invitation, false, rules)).toBe(rules[1]);
    expect(ruleFor(invitation, false, rules.slice(0, 1))).toBeUndefined();
  });

  it("accepts nothing that the CRM may have already, unless it is told to", () => {
    const careful = accept({});
    const bold: InvitationRule = { when: {}, take: "accept", duplicates: "any" };
    const reject: InvitationRule = { when: {}, take: "reject" };
    expect(ruleFor(invitation, true, [careful])).toBeUndefined();
    expect(ruleFor(invitation, true, [careful, bold])).toBe(bold);
    expect(ruleFor(invitation, true, [reject])).toBe(reject);
    expect(ruleFor(invitation, false, [careful])).toBe(careful);
  });
});
