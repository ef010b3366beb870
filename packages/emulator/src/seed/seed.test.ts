import { describe, expect, it } from "@jest/globals";
import { createSalesforce, type SalesforceRecord, type SalesforceSeed } from "../salesforce/index.ts";
import { manualClock } from "../kernel/index.ts";
import { loadSeed, seedSolutions } from "./index.ts";

const asOf = "2026-11-21";
const load = (deals: number, seed = 1): SalesforceSeed => loadSeed({ deals, seed, asOf });
const of = (seed: SalesforceSeed, object: string): readonly SalesforceRecord[] => seed.records[object] ?? [];
const isOpen = ({ StageName }: SalesforceRecord): boolean => !String(StageName).startsWith("Closed");

describe("the seed", () => {
  it.each([1, 2, 7, 400, 8800])("holds %i deals, once each", (count) => {
    const ids = of(load(count), "Opportunity").map(({ Id }) => Id);

    expect(ids).toHaveLength(count);
    expect(new Set(ids).size).toBe(count);
  });

  it("is the same for the same seed, and another for another", () => {
    expect(load(50)).toEqual(load(50));
    expect(of(load(50, 2), "Opportunity")).not.toEqual(of(load(50), "Opportunity"));
  });

  it("makes a deal the same whichever number is taken, and takes fewer from among more", () => {
    const many = new Map(of(load(1000), "Opportunity").map((deal) => [deal["Id"], deal]));

    for (const deal of of(load(60), "Opportunity")) expect(many.get(String(deal["Id"]))).toEqual(deal);
    expect(of(load(60), "Contact")).toEqual(of(load(1000), "Contact"));
  });

  it("keeps the flaws of the data set", () => {
    const seed = load(8800);

    expect(of(seed, "Account")).toHaveLength(85);
    expect(of(seed, "Account")).toContainEqual(
      expect.objectContaining({ Name: "Acme Corporation", Industry: "technolgy" }),
    );
    expect(of(seed, "Account").map(({ BillingCountry }) => BillingCountry)).toEqual(
      expect.arrayContaining(["Philipines", "Korea"]),
    );
    expect(of(seed, "Opportunity").filter(({ Name }) => String(Name).startsWith("GTXPro"))).toHaveLength(1480);
    expect(of(seed, "User")).toHaveLength(36);
  });

  it("writes some e-mails in upper case, and some numbers as people do at home", () => {
    const contacts = of(load(1), "Contact");

    expect(contacts.some(({ Email }) => Email === String(Email).toUpperCase())).toBe(true);
    expect(contacts.some(({ Phone }) => String(Phone).startsWith("("))).toBe(true);
    expect(contacts.some(({ Phone }) => String(Phone).startsWith("+"))).toBe(true);
  });

  it.each([1, 2, 3])("leaves three of four open deals fit to be submitted at once (seed %i)", (number) => {
    const seed = load(400, number);
    const open = of(seed, "Opportunity").filter(isOpen);
    const accounts = new Map(of(seed, "Account").map((account) => [account["Id"], account]));
    const roles = Map.groupBy(of(seed, "OpportunityContactRole"), ({ OpportunityId }) => OpportunityId);
    const contacts = new Map(of(seed, "Contact").map((contact) => [contact["Id"], contact]));
    const isFit = (deal: SalesforceRecord): boolean => {
      const account = accounts.get(deal["AccountId"] ?? null);
      const phones = (roles.get(deal["Id"] ?? null) ?? []).map(
        ({ ContactId }) => contacts.get(ContactId ?? null)?.["Phone"],
      );
      return (
        account?.["Website"] !== null &&
        account?.["BillingCountry"] !== "Philipines" &&
        account !== undefined &&
        String(deal["AWS_Business_Problem__c"] ?? "").length >= 20 &&
        String(deal["CloseDate"]) >= asOf &&
        deal["AWS_Solutions__c"] !== null &&
        deal["StageName"] !== "Prospecting" &&
        phones.every((phone) => !/[a-z]/i.test(String(phone)))
      );
    };

    expect(open).toHaveLength(300);
    expect(open.filter(isFit).length / open.length).toBeGreaterThan(0.72);
    expect(open.filter(isFit).length / open.length).toBeLessThan(0.84);
  });

  it("puts open deals ahead and everything that happened behind", () => {
    for (const deal of of(load(8800), "Opportunity")) {
      if (!isOpen(deal)) expect(String(deal["CloseDate"]) < asOf).toBe(true);
      expect(String(deal["CreatedDate"]) < String(deal["SystemModstamp"])).toBe(true);
      expect(String(deal["SystemModstamp"]) < asOf).toBe(true);
    }
  });

  it("refers only to records that exist, and names only solutions of the partner", () => {
    const seed = load(2000);
    const ids = new Set(Object.values(seed.records).flatMap((records) => records.map(({ Id }) => Id)));
    const solutions = new Set(seedSolutions.map(({ id }) => id));
    for (const deal of of(seed, "Opportunity")) {
      expect(ids.has(deal["OwnerId"] ?? "")).toBe(true);
      if (deal["AccountId"] !== null) expect(ids.has(deal["AccountId"] ?? "")).toBe(true);
      if (deal["AWS_Solutions__c"] !== null) expect(solutions.has(String(deal["AWS_Solutions__c"]))).toBe(true);
    }
    for (const role of of(seed, "OpportunityContactRole")) {
      expect(ids.has(role["ContactId"] ?? "") && ids.has(role["OpportunityId"] ?? "")).toBe(true);
    }
  });

  it("holds values that the org itself would take", () => {
    const seed = load(300);
    const salesforce = createSalesforce({ clock: manualClock(Date.parse(asOf)), seed });
    const system = ["Id", "CreatedDate", "LastModifiedDate", "SystemModstamp"];

    for (const object of ["Account", "Contact", "Opportunity"]) {
      for (const record of of(seed, object)) {
        const fields = Object.entries(record).filter(([name]) => !system.includes(name));
        salesforce.edit(object, String(record["Id"]), Object.fromEntries(fields));
      }
    }
    const stored = new Map(salesforce.records("Opportunity").map((deal) => [deal["Id"], deal]));
    for (const deal of of(seed, "Opportunity")) {
      expect(stored.get(deal["Id"] ?? null)).toMatchObject({
        ...deal,
        LastModifiedDate: expect.anything(),
        SystemModstamp: expect.anything(),
      });
    }
  });
});
