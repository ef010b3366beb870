import type { SalesforceRecord, SalesforceSeed } from "../salesforce/document.ts";
import type { HubspotAssociation, HubspotOwner, HubspotProperties } from "./document.ts";
import type { PortalSeed } from "./load-document.ts";
import { associationTypes } from "./schema/association-types.ts";

type Row = SalesforceRecord;

/** Where ids of each object begin: in a portal they are numbers without meaning, and none is twice. */
const firstIds = { companies: 10_000_000_001n, contacts: 20_000_000_001n, deals: 30_000_000_001n, owners: 70_000_001n };

/** The same company that the seed describes as Salesforce records, as a HubSpot portal has it. */
export function companyOfSeed({ records }: SalesforceSeed): PortalSeed {
  const rows = (object: string): readonly Row[] => records[object] ?? [];
  const ids = {
    companies: numbered(rows("Account"), firstIds.companies),
    contacts: numbered(rows("Contact"), firstIds.contacts),
    deals: numbered(rows("Opportunity"), firstIds.deals),
    owners: numbered(rows("User"), firstIds.owners),
  };
  const campaigns = new Map(rows("Campaign").map((row) => [row["Id"], textOf(row["Name"])]));
  const make = (
    object: keyof typeof ids,
    row: Row,
    properties: HubspotProperties,
  ): PortalSeed["objects"][string][number] => ({
    id: ids[object].get(row["Id"]) ?? "",
    properties,
    createdAt: instant(row["CreatedDate"] ?? row["SystemModstamp"]),
    updatedAt: instant(row["SystemModstamp"]),
  });
  const associations: HubspotAssociation[] = [];
  const join = (from: string, fromId: string | undefined, to: string, toId: string | undefined): void => {
    if (fromId === undefined || toId === undefined) return;
    for (const { typeId } of associationTypes.filter((type) => type.from === from && type.to === to))
      associations.push({ from, fromId, to, toId, typeId });
  };
  for (const row of rows("Opportunity"))
    join("deals", ids.deals.get(row["Id"]), "companies", ids.companies.get(row["AccountId"] ?? null));
  for (const row of rows("OpportunityContactRole"))
    join("deals", ids.deals.get(row["OpportunityId"] ?? null), "contacts", ids.contacts.get(row["ContactId"] ?? null));
  for (const row of rows("Contact"))
    join("contacts", ids.contacts.get(row["Id"]), "companies", ids.companies.get(row["AccountId"] ?? null));
  return {
    objects: {
      companies: rows("Account").map((row) => make("companies", row, companyOf(row))),
      contacts: rows("Contact").map((row) => make("contacts", row, contactOf(row))),
      deals: rows("Opportunity").map((row) =>
        make("deals", row, {
          ...dealOf(row),
          aws_campaign_name: campaigns.get(row["CampaignId"] ?? null) ?? null,
          hubspot_owner_id: ids.owners.get(row["OwnerId"] ?? null) ?? null,
        }),
      ),
    },
    associations,
    owners: rows("User").map((row, index) => ownerOf(row, ids.owners.get(row["Id"]) ?? "", index)),
  };
}

function numbered(rows: readonly Row[], first: bigint): ReadonlyMap<Row[string] | undefined, string> {
  return new Map(rows.map((row, index) => [row["Id"], String(first + BigInt(index))]));
}

function ownerOf(row: Row, id: string, index: number): HubspotOwner {
  const stamp = instant(row["SystemModstamp"]);
  const name = { firstName: textOf(row["FirstName"]) ?? "", lastName: textOf(row["LastName"]) ?? "" };
  return {
    id,
    email: textOf(row["Email"]) ?? "",
    ...name,
    userId: 9000 + index,
    createdAt: stamp,
    updatedAt: stamp,
    archived: false,
  };
}

function companyOf(row: Row): HubspotProperties {
  const website = textOf(row["Website"]);
  return {
    name: textOf(row["Name"]),
    website,
    domain: website === null ? null : new URL(website).hostname.replace(/^www\./, ""),
    industry: industries[textOf(row["Industry"]) ?? ""] ?? null,
    phone: textOf(row["Phone"]),
    address: textOf(row["BillingStreet"]),
    city: textOf(row["BillingCity"]),
    state: textOf(row["BillingState"]),
    zip: textOf(row["BillingPostalCode"]),
    country: textOf(row["BillingCountry"]),
    numberofemployees: textOf(row["NumberOfEmployees"]),
    annualrevenue: textOf(row["AnnualRevenue"]),
    aws_account_id: textOf(row["AWS_Account_Id__c"]),
  };
}

function contactOf(row: Row): HubspotProperties {
  return {
    // HubSpot keeps addresses in lower case.
    email: textOf(row["Email"])?.toLowerCase() ?? null,
    firstname: textOf(row["FirstName"]),
    lastname: textOf(row["LastName"]),
    jobtitle: textOf(row["Title"]),
    phone: textOf(row["Phone"]),
  };
}

function dealOf(row: Row): HubspotProperties {
  const copied = Object.entries(sameValues).map(([property, field]) => [property, textOf(row[field])]);
  return {
    ...(Object.fromEntries(copied) as HubspotProperties),
    pipeline: "default",
    dealstage: stages[textOf(row["StageName"]) ?? ""] ?? "appointmentscheduled",
    closedate: `${textOf(row["CloseDate"]) ?? ""}T17:00:00Z`,
    dealtype: textOf(row["Type"])?.startsWith("Existing") === true ? "existingbusiness" : "newbusiness",
    aws_closed_lost_reason: lossReasons[textOf(row["Loss_Reason__c"]) ?? ""] ?? null,
  };
}

/** Properties that hold what a field of the seed holds. */
const sameValues: Readonly<Record<string, string>> = {
  dealname: "Name",
  amount: "Amount",
  hs_next_step: "NextStep",
  description: "Description",
  aws_cosell: "AWS_Cosell__c",
  aws_monthly_spend: "AWS_Monthly_Spend__c",
  aws_use_case: "AWS_Use_Case__c",
  aws_delivery_models: "AWS_Delivery_Models__c",
  aws_solutions: "AWS_Solutions__c",
  aws_products: "AWS_Products__c",
  aws_primary_needs: "AWS_Primary_Needs__c",
  aws_sales_activities: "AWS_Sales_Activities__c",
  aws_business_problem: "AWS_Business_Problem__c",
  aws_competitor: "AWS_Competitor__c",
  aws_involvement: "AWS_Involvement__c",
};

/** Salesforce's ten stages as HubSpot's seven. */
const stages: Readonly<Record<string, string>> = {
  Prospecting: "appointmentscheduled",
  Qualification: "qualifiedtobuy",
  "Needs Analysis": "qualifiedtobuy",
  "Value Proposition": "presentationscheduled",
  "Id. Decision Makers": "presentationscheduled",
  "Perception Analysis": "decisionmakerboughtin",
  "Proposal/Price Quote": "decisionmakerboughtin",
  "Negotiation/Review": "contractsent",
  "Closed Won": "closedwon",
  "Closed Lost": "closedlost",
};

/** The data set's sectors, one of them misspelt there. */
const industries: Readonly<Record<string, string>> = {
  employment: "STAFFING_AND_RECRUITING",
  entertainment: "ENTERTAINMENT",
  finance: "FINANCIAL_SERVICES",
  marketing: "MARKETING_AND_ADVERTISING",
  medical: "HOSPITAL_HEALTH_CARE",
  retail: "RETAIL",
  services: "INFORMATION_TECHNOLOGY_AND_SERVICES",
  software: "COMPUTER_SOFTWARE",
  technolgy: "COMPUTER_HARDWARE",
  telecommunications: "TELECOMMUNICATIONS",
};

const lossReasons: Readonly<Record<string, string>> = {
  Price: "Price",
  "No Decision": "Delay / Cancellation of Project",
  "Lost to Competitor": "Lost to Competitor - Other",
  "No Budget": "Financial/Commercial",
};

function textOf(value: Row[string] | undefined): string | null {
  return value === null || value === undefined || value === "" ? null : String(value);
}

/** Salesforce writes `+0000`. */
function instant(value: Row[string] | undefined): string {
  return new Date(String(value ?? "").replace(/\+0000$/, "Z")).toISOString();
}
