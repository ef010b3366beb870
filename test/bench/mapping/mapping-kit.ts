import { createRequire } from "node:module";
import type { JsonObject } from "@cosell/connector";
import "./no-liquid.ts";
import type { OpportunityRecord } from "./opportunity-record.ts";
import type { Account, Contact, LifeCycle, Marketing, Project, Spend } from "./opportunity.ts";
import { cutAt, monthlyAmount, splitList } from "./plugged-in.ts";
import { industries, lossReasons, stages, types } from "./tables.ts";

// The package's ES modules import without file extensions, which Node refuses: only its CommonJS loads.
const require = createRequire(import.meta.url);
const { transform } = require("@segment/actions-core/mapping-kit") as {
  readonly transform: (mapping: JsonObject, data: JsonObject) => Mapped;
};

/** What the mapping gives: texts where lists will be, words of the CRM where AWS's will be, and gaps. */
interface Mapped {
  readonly OpportunityType: string | null;
  readonly PrimaryNeedsFromAws: string | null;
  readonly Customer: { readonly Account: Account; readonly Contacts: readonly Contact[] | null };
  readonly Project: Project & Record<"DeliveryModels" | "SalesActivities", string> & { ExpectedCustomerSpend: [Spend] };
  readonly LifeCycle: LifeCycle;
  readonly Marketing: Marketing;
}

const path = (text: string): JsonObject => ({ "@path": `$.${text}` });
const lower = (text: string): JsonObject => ({ "@case": { operator: "lower", value: path(text) } });
const either = (first: string, second: string): JsonObject => ({
  "@if": { blank: path(first), then: path(first), else: path(second) },
});

const mapping: JsonObject = {
  PartnerOpportunityIdentifier: path("Id"),
  Origin: "Partner Referral",
  OpportunityType: path("Type"),
  PrimaryNeedsFromAws: path("AWS_Primary_Needs__c"),
  Customer: {
    Account: {
      CompanyName: path("Account.Name"),
      Industry: path("Account.Industry"),
      WebsiteUrl: path("Account.Website"),
      AwsAccountId: path("Account.AWS_Account_Id__c"),
      Duns: path("Account.DunsNumber"),
      Address: {
        StreetAddress: path("Account.BillingStreet"),
        City: path("Account.BillingCity"),
        PostalCode: path("Account.BillingPostalCode"),
        CountryCode: either("Account.BillingCountryCode", "Account.ShippingCountryCode"),
        StateOrRegion: path("Account.BillingState"),
      },
    },
    Contacts: {
      "@arrayPath": [
        "$.OpportunityContactRoles.records",
        {
          Email: lower("Contact.Email"),
          FirstName: path("Contact.FirstName"),
          LastName: path("Contact.LastName"),
          BusinessTitle: path("Contact.Title"),
          Phone: path("Contact.Phone"),
        },
      ],
    },
  },
  Project: {
    Title: {
      "@if": {
        blank: path("Account.Name"),
        then: { "@template": "{{Account.Name}} - {{Name}}" },
        else: path("Name"),
      },
    },
    CustomerBusinessProblem: either("AWS_Business_Problem__c", "Description"),
    CustomerUseCase: path("AWS_Use_Case__c"),
    DeliveryModels: path("AWS_Delivery_Models__c"),
    SalesActivities: path("AWS_Sales_Activities__c"),
    CompetitorName: path("AWS_Competitor__c"),
    ExpectedCustomerSpend: [
      {
        Amount: path("AWS_Monthly_Spend__c"),
        CurrencyCode: { "@if": { blank: path("CurrencyIsoCode"), then: path("CurrencyIsoCode"), else: "USD" } },
        Frequency: "Monthly",
        TargetCompany: "AWS",
      },
    ],
  },
  LifeCycle: {
    Stage: path("StageName"),
    TargetCloseDate: path("CloseDate"),
    NextSteps: path("NextStep"),
    ClosedLostReason: path("Loss_Reason__c"),
  },
  Marketing: {
    Source: { "@if": { blank: path("CampaignId"), then: "Marketing Activity", else: "None" } },
    CampaignName: { "@if": { blank: path("CampaignId"), then: path("Campaign.Name") } },
  },
  OpportunityTeam: [
    {
      Email: lower("Owner.Email"),
      FirstName: path("Owner.FirstName"),
      LastName: path("Owner.LastName"),
      BusinessTitle: "OpportunityOwner",
    },
  ],
};

/**
 * The mapping and, since mapping-kit's own directives have no tables, lists out of texts, arithmetic or comparisons and
 * none can be added from outside, code behind it: where Segment's actions have theirs, in `perform`. Its directive for
 * Liquid templates could say most of that, and several times slower: not used, in its favour.
 */
export function mapWithMappingKit(record: OpportunityRecord): unknown {
  return perform(transform(mapping, record), record);
}

function perform(mapped: Mapped, record: OpportunityRecord): unknown {
  const { Customer, Project, LifeCycle } = mapped;
  const { Account } = Customer;
  const given = Account.Industry;
  const industry = given ? (industries[given] ?? "Other") : undefined;
  const stage = stages[LifeCycle.Stage ?? ""];
  const amount = monthlyAmount(record);
  const { StateOrRegion, ...address } = Account.Address ?? {};
  return withoutGaps({
    ...mapped,
    OpportunityType: types[mapped.OpportunityType ?? ""] ?? "Net New Business",
    PrimaryNeedsFromAws: splitList(mapped.PrimaryNeedsFromAws),
    Customer: {
      Account: {
        ...Account,
        Industry: industry,
        OtherIndustry: industry === "Other" ? given : undefined,
        Address: address.CountryCode === "US" ? { ...address, StateOrRegion } : address,
      },
      Contacts: Customer.Contacts?.map((contact) => ({
        ...contact,
        BusinessTitle: cutAt(contact.BusinessTitle, 80),
      })),
    },
    Project: {
      ...Project,
      Title: cutAt(Project.Title, 255),
      CustomerBusinessProblem: cutAt(Project.CustomerBusinessProblem, 2000),
      DeliveryModels: splitList(Project.DeliveryModels),
      SalesActivities: splitList(Project.SalesActivities),
      ExpectedCustomerSpend:
        amount === undefined ? undefined : [{ ...Project.ExpectedCustomerSpend[0], Amount: amount }],
    },
    LifeCycle: {
      ...LifeCycle,
      Stage: stage,
      ClosedLostReason:
        stage === "Closed Lost" ? (lossReasons[LifeCycle.ClosedLostReason ?? ""] ?? "Other") : undefined,
    },
  });
}

/** A value without nulls, empty texts and empty structures in it; `undefined` when nothing is left. */
function withoutGaps(value: unknown): unknown {
  if (value === null || value === "") return undefined;
  if (typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(withoutGaps);
  const kept: Record<string, unknown> = {};
  let some = false;
  for (const [member, inner] of Object.entries(value)) {
    const left = withoutGaps(inner);
    if (left === undefined) continue;
    kept[member] = left;
    some = true;
  }
  return some ? kept : undefined;
}
