import mapTransform, { plug } from "map-transform";
import type { OpportunityRecord } from "./opportunity-record.ts";
import { cutAt, monthlyAmount, splitList } from "./plugged-in.ts";
import { industries, lossReasons, stages, types } from "./tables.ts";

/** What stands for "any other value" in map-transform's dictionaries. */
const anyOther = "*";

const fixed = (value: string): object => ({ $transform: "fixed", value });
const dictionary = (table: Readonly<Record<string, string>>, otherwise?: string): object => ({
  $transform: "map",
  dictionary: [...Object.entries(table), ...(otherwise === undefined ? [] : [[anyOther, otherwise]])],
});
const industry = dictionary(industries, "Other");
const country = { $alt: ["Account.BillingCountryCode", "Account.ShippingCountryCode"] };
const is = (match: string): object => ({ $transform: "compare", match });
const lower = { $transform: "lower" };
const cut = (longest: number): object => ({ $transform: "cut", longest });
const split = { $transform: "split" };

const definition = {
  PartnerOpportunityIdentifier: "Id",
  Origin: fixed("Partner Referral"),
  OpportunityType: ["Type", dictionary(types, "Net New Business")],
  PrimaryNeedsFromAws: ["AWS_Primary_Needs__c", split],
  Customer: {
    Account: {
      CompanyName: "Account.Name",
      Industry: { $if: "Account.Industry", then: ["Account.Industry", industry], else: plug() },
      OtherIndustry: { $if: ["Account.Industry", industry, is("Other")], then: "Account.Industry", else: plug() },
      WebsiteUrl: "Account.Website",
      AwsAccountId: "Account.AWS_Account_Id__c",
      Duns: "Account.DunsNumber",
      Address: {
        StreetAddress: "Account.BillingStreet",
        City: "Account.BillingCity",
        PostalCode: "Account.BillingPostalCode",
        CountryCode: country,
        StateOrRegion: { $if: [country, is("US")], then: "Account.BillingState", else: plug() },
      },
    },
    Contacts: [
      "OpportunityContactRoles.records",
      {
        $iterate: true,
        Email: ["Contact.Email", lower],
        FirstName: "Contact.FirstName",
        LastName: "Contact.LastName",
        BusinessTitle: ["Contact.Title", cut(80)],
        Phone: "Contact.Phone",
      },
    ],
  },
  Project: {
    Title: [{ $transform: "title" }, cut(255)],
    CustomerBusinessProblem: [{ $alt: ["AWS_Business_Problem__c", "Description"] }, cut(2000)],
    CustomerUseCase: "AWS_Use_Case__c",
    DeliveryModels: ["AWS_Delivery_Models__c", split],
    SalesActivities: ["AWS_Sales_Activities__c", split],
    CompetitorName: "AWS_Competitor__c",
    ExpectedCustomerSpend: {
      $if: { $transform: "monthlyAmount" },
      then: {
        $concat: [
          {
            Amount: { $transform: "monthlyAmount" },
            CurrencyCode: { $alt: ["CurrencyIsoCode", fixed("USD")] },
            Frequency: fixed("Monthly"),
            TargetCompany: fixed("AWS"),
          },
        ],
      },
      else: plug(),
    },
  },
  LifeCycle: {
    Stage: ["StageName", dictionary(stages)],
    TargetCloseDate: "CloseDate",
    NextSteps: "NextStep",
    ClosedLostReason: {
      $if: ["StageName", is("Closed Lost")],
      then: ["Loss_Reason__c", dictionary(lossReasons, "Other")],
      else: plug(),
    },
  },
  Marketing: {
    Source: { $if: "CampaignId", then: fixed("Marketing Activity"), else: fixed("None") },
    CampaignName: { $if: "CampaignId", then: "Campaign.Name", else: plug() },
  },
  OpportunityTeam: {
    $concat: [
      {
        Email: ["Owner.Email", lower],
        FirstName: "Owner.FirstName",
        LastName: "Owner.LastName",
        BusinessTitle: fixed("OpportunityOwner"),
      },
    ],
  },
};

/** Functions are map-transform's own way for what its operations do not say: letters, lengths, splitting, arithmetic. */
const transformers = {
  lower: () => () => (value: unknown) => (typeof value === "string" ? value.toLowerCase() : value),
  cut:
    ({ longest }: Record<string, unknown>) =>
    () =>
    (value: unknown) =>
      cutAt(value as string | undefined, Number(longest)),
  split: () => () => (value: unknown) => splitList(value as string | undefined),
  title: () => () => (value: unknown) => {
    const { Account, Name } = value as OpportunityRecord;
    return Account?.Name ? `${Account.Name} - ${Name}` : Name;
  },
  monthlyAmount: () => () => (value: unknown) => monthlyAmount(value as OpportunityRecord),
};

/** The definition, prepared once. Gaps are no values and are left out. */
export function prepareMapTransform(): (record: OpportunityRecord) => Promise<unknown> {
  const map = mapTransform(definition, { transformers, nonvalues: [undefined, null, ""] });
  return async (record) => map(record, { noDefaults: true });
}
