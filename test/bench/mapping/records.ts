import { createChance, type Chance } from "./chance.ts";
import type { AccountRecord, ContactRecord, OpportunityRecord } from "./opportunity-record.ts";

// Values that the tables and lists of the target do not know are among them on purpose.
const industries = ["Agriculture", "Banking", "Energy", "Healthcare", "Media", "Retail", "Technology", "Puppetry"];
const stages = ["Prospecting", "Qualification", "Needs Analysis", "Proposal/Price Quote", "Negotiation/Review"];
const closedStages = ["Closed Won", "Closed Lost", "Closed Lost", "On Ice"];
const types = ["New Customer", "Existing Customer - Upgrade", "Existing Customer - Replacement", "Walk-in"];
const lossReasons = ["Price", "No Decision", "No Budget", "Product Fit", "Bad Weather"];
const useCases = ["Archiving", "AI Machine Learning and Analytics", "Centralized Operations Management"];
const needs = ["Co-Sell - Deal Support", "Co-Sell - Pricing Assistance", "Co-Sell - Technical Consultation"];
const deliveryModels = ["SaaS or PaaS", "Managed Services", "Professional Services", "Resell", "Other"];
const activities = ["Conducted POC / Demo", "SOW Signed", "Completed Action Plan"];
const competitors = ["Oracle Cloud", "On-Prem", "Google Cloud Platform", "No Competition"];
const words = ["North", "Harbor", "Maple", "Granite", "Orbit", "Lantern", "Willow", "Summit", "Copper", "Meadow"];
const firstNames = ["Ada", "Bruno", "Chiara", "Devi", "Emeka", "Fatima", "Goran", "Hana", "Ines", "Jonas"];
const lastNames = ["Almeida", "Berg", "Costa", "Dvorak", "Eriksen", "Fontaine", "Garcia", "Hoffmann", "Ito"];
const titles = ["Head of Platform", "Chief Information Officer", "Procurement Lead"];
const longTitle = "Senior Vice President for Infrastructure, Operations, Procurement and Everything Else That Runs";
const states = ["California", "Texas", "New York", "Oregon"];
const countries = ["US", "US", "US", "DE", "FR", "JP"];
const sentence = "Their reports take all night to run, and the people who need them arrive at eight. ";

/** Made-up opportunities, the same for the same seed: gaps, no to five contacts, values that tables miss. All else is right. */
export function makeRecords(options: { readonly count: number; readonly seed: number }): readonly OpportunityRecord[] {
  const chance = createChance(options.seed);
  return Array.from({ length: options.count }, (_, index) => makeOpportunity(index, chance));
}

function makeOpportunity(index: number, chance: Chance): OpportunityRecord {
  const { pick, maybe, several, whole, happens } = chance;
  const id = `006${String(index).padStart(15, "0")}`;
  const campaign = happens(0.3) ? `${pick(words)} Roadshow` : null;
  const month = String(whole(1, 12)).padStart(2, "0");
  const day = String(whole(1, 28)).padStart(2, "0");
  return {
    attributes: { type: "Opportunity", url: `/services/data/v62.0/sobjects/Opportunity/${id}` },
    Id: id,
    Name: `${pick(words)} ${pick(words)} migration ${index}`,
    Type: maybe(0.8, () => pick(types)),
    StageName: happens(0.75) ? pick(stages) : pick(closedStages),
    CloseDate: `${whole(2026, 2029)}-${month}-${day}`,
    Amount: happens(0.9) ? whole(1_000, 2_000_000) : null,
    ...(happens(0.3) && { CurrencyIsoCode: pick(["USD", "EUR"]) }),
    NextStep: maybe(0.6, () => `Call ${pick(firstNames)} about the ${pick(words)} offer`),
    Description: maybe(0.9, () => sentence.repeat(whole(1, 4)).trim()),
    Loss_Reason__c: maybe(0.5, () => pick(lossReasons)),
    AWS_Monthly_Spend__c: happens(0.4) ? whole(10_000, 9_000_000) / 100 : null,
    AWS_Business_Problem__c: maybe(0.6, () => sentence.repeat(whole(1, 25)).trim()),
    AWS_Use_Case__c: maybe(0.8, () => pick(useCases)),
    AWS_Primary_Needs__c: maybe(0.7, () => several(needs).join(";")),
    AWS_Delivery_Models__c: maybe(0.8, () => several(deliveryModels).join(";")),
    AWS_Sales_Activities__c: maybe(0.7, () => several(activities).join(";")),
    AWS_Competitor__c: maybe(0.5, () => pick(competitors)),
    CampaignId: campaign === null ? null : `701${id.slice(3)}`,
    Campaign: campaign === null ? null : { Name: campaign },
    Account: happens(0.97) ? makeAccount(chance) : null,
    Owner: {
      Email: `${pick(firstNames)}.${pick(lastNames)}@Partner.example`,
      FirstName: maybe(0.9, () => pick(firstNames)),
      LastName: pick(lastNames),
    },
    OpportunityContactRoles: happens(0.85) ? makeContactRoles(chance) : null,
  };
}

function makeAccount({ pick, maybe, whole }: Chance): AccountRecord {
  const digits = (count: number): string => String(whole(1, 10 ** count - 1)).padStart(count, "0");
  return {
    Name: maybe(0.98, () => `${pick(words)} ${pick(words)} Holdings`),
    Industry: maybe(0.9, () => pick(industries)),
    Website: maybe(0.8, () => `https://www.${pick(words).toLowerCase()}-${pick(words).toLowerCase()}.example`),
    AWS_Account_Id__c: maybe(0.3, () => digits(12)),
    DunsNumber: maybe(0.4, () => digits(9)),
    BillingStreet: maybe(0.8, () => `${whole(1, 400)} ${pick(words)} Street`),
    BillingCity: maybe(0.9, () => `${pick(words)} City`),
    BillingState: maybe(0.7, () => pick(states)),
    BillingPostalCode: maybe(0.9, () => digits(5)),
    BillingCountryCode: maybe(0.8, () => pick(countries)),
    ShippingCountryCode: maybe(0.6, () => pick(countries)),
  };
}

function makeContactRoles(chance: Chance): OpportunityRecord["OpportunityContactRoles"] {
  const { pick, maybe, whole } = chance;
  const totalSize = whole(1, 5);
  const records = Array.from({ length: totalSize }, () => ({
    Role: maybe(0.5, () => pick(["Decision Maker", "Evaluator"])),
    Contact: makeContact(chance),
  }));
  return { totalSize, records };
}

function makeContact({ pick, maybe, whole }: Chance): ContactRecord {
  return {
    Email: maybe(0.9, () => `${pick(firstNames)}.${pick(lastNames)}@${pick(words)}.Example`),
    FirstName: maybe(0.9, () => pick(firstNames)),
    LastName: pick(lastNames),
    Title: maybe(0.7, () => pick([...titles, longTitle])),
    Phone: maybe(0.7, () => `+1${whole(200_000_0000, 989_999_9999)}`),
  };
}

/** Records with values that the target refuses: who checks values must leave them out and say so. */
export function spoil(record: OpportunityRecord): readonly OpportunityRecord[] {
  const [role] = record.OpportunityContactRoles?.records ?? [];
  if (record.Account === null || role === undefined) return [];
  const account = (changes: Partial<AccountRecord>): OpportunityRecord => ({
    ...record,
    Account: { ...record.Account, ...changes } as AccountRecord,
  });
  const contact = (changes: Partial<ContactRecord>): OpportunityRecord => ({
    ...record,
    OpportunityContactRoles: { totalSize: 1, records: [{ ...role, Contact: { ...role.Contact, ...changes } }] },
  });
  return [
    account({ Name: "x".repeat(121) }),
    account({ Website: "w" }),
    account({ DunsNumber: "12345" }),
    account({ AWS_Account_Id__c: "1234-5678-9012" }),
    account({ BillingCountryCode: "Germany" }),
    account({ BillingCountryCode: "US", BillingState: "Bavaria" }),
    contact({ Email: "nobody at all" }),
    contact({ Email: `${"x".repeat(80)}@maple.example` }),
    contact({ Phone: "call reception" }),
    contact({ LastName: "x".repeat(81) }),
    { ...record, AWS_Use_Case__c: "Knitting" },
    { ...record, AWS_Competitor__c: "Nobody" },
    { ...record, AWS_Delivery_Models__c: "Resell;By Pigeon" },
    { ...record, AWS_Business_Problem__c: "Too slow" },
    { ...record, AWS_Monthly_Spend__c: -5, CurrencyIsoCode: "USD" },
    { ...record, CurrencyIsoCode: "XXX" },
    { ...record, StageName: "Dreaming" },
    { ...record, CloseDate: "2026-02-30" },
    { ...record, NextStep: "x".repeat(256) },
    { ...record, Id: "x".repeat(65) },
  ];
}
