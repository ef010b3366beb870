import type { JsonObject, JsonValue } from "../kernel/index.ts";
import type { SalesforceRecord, SalesforceSeed } from "../salesforce/document.ts";
import type { PipedriveUser } from "./document.ts";
import type { CompanySeed } from "./load-document.ts";
import type { CompanySchema } from "./schema/schema.ts";

type Row = SalesforceRecord;
type Ids = ReadonlyMap<Row[string] | undefined, number>;

/** The same company that the seed describes as Salesforce records, as a Pipedrive company has it. */
export function companyOfSeed({ records }: SalesforceSeed, schema: CompanySchema): CompanySeed {
  const rows = (object: string): readonly Row[] => records[object] ?? [];
  const [accounts, contacts, users] = [
    numbered(rows("Account")),
    numbered(rows("Contact")),
    numbered(rows("User"), 101),
  ];
  const campaigns = new Map(rows("Campaign").map((row) => [row["Id"], row["Name"]]));
  const firstContacts = new Map(
    rows("OpportunityContactRole")
      .toReversed()
      .map((role) => [role["OpportunityId"], contacts.get(role["ContactId"] ?? null)]),
  );
  return {
    records: {
      organizations: rows("Account").map((row, index) => organizationOf(row, index + 1, schema)),
      persons: rows("Contact").map((row, index) => personOf(row, index + 1, accounts)),
      deals: rows("Opportunity").map((row, index) => ({
        ...dealOf(row, index + 1, schema, campaigns.get(row["CampaignId"] ?? null) ?? null),
        owner_id: users.get(row["OwnerId"]) ?? 101,
        org_id: accounts.get(row["AccountId"]) ?? null,
        person_id: firstContacts.get(row["Id"] ?? null) ?? null,
      })),
    },
    users: rows("User").map(userOf),
  };
}

function numbered(rows: readonly Row[], first = 1): Ids {
  return new Map(rows.map((row, index) => [row["Id"], first + index]));
}

function userOf(row: Row, index: number): PipedriveUser {
  return { id: 101 + index, name: nameOf(row), email: textOf(row["Email"]) ?? "", active: true };
}

function organizationOf(row: Row, id: number, schema: CompanySchema): JsonObject & { readonly id: number } {
  const [street, city, state, code, country] = ["Street", "City", "State", "PostalCode", "Country"].map((part) =>
    textOf(row[`Billing${part}`]),
  );
  const [, number = null, route = street] = /^(\d+\w?) (.+)$/.exec(street ?? "") ?? [];
  const whole = [street, city, state, code, country].filter((part) => part !== null).join(", ");
  return {
    id,
    ...stamps(row),
    name: textOf(row["Name"]),
    address:
      whole === ""
        ? null
        : {
            ...{ value: whole, street_number: number, route: route ?? null, locality: city ?? null },
            ...{ admin_area_level_1: state ?? null, postal_code: code ?? null, country: country ?? null },
            ...{ subpremise: null, sublocality: null, admin_area_level_2: null, formatted_address: whole },
          },
    website: textOf(row["Website"]),
    employee_count: numberOf(row["NumberOfEmployees"]),
    annual_revenue: numberOf(row["AnnualRevenue"]),
    custom_fields: {
      "AWS Industry": optionOf(
        schema,
        "organizations",
        "AWS Industry",
        industries[textOf(row["Industry"]) ?? ""] ?? null,
      ),
      "AWS Account Id": textOf(row["AWS_Account_Id__c"]),
    },
  };
}

function personOf(row: Row, id: number, accounts: Ids): JsonObject & { readonly id: number } {
  const entries = (value: string | null): JsonValue =>
    value === null ? [] : [{ value, primary: true, label: "work" }];
  return {
    id,
    ...stamps(row),
    ...{ name: nameOf(row), first_name: textOf(row["FirstName"]), last_name: textOf(row["LastName"]) },
    ...{
      emails: entries(textOf(row["Email"])),
      phones: entries(textOf(row["Phone"])),
      job_title: textOf(row["Title"]),
    },
    org_id: accounts.get(row["AccountId"]) ?? null,
  };
}

function dealOf(
  row: Row,
  id: number,
  schema: CompanySchema,
  campaign: Row[string],
): JsonObject & { readonly id: number } {
  const stage = textOf(row["StageName"]) ?? "";
  const status = { "Closed Won": "won", "Closed Lost": "lost" }[stage] ?? "open";
  const [pipeline] = schema.pipelines;
  const place = pipeline?.stages.find(({ name }) => name === stages[stage]) ?? pipeline?.stages.at(-1);
  const { update_time } = stamps(row);
  const closed = status === "open" ? null : update_time;
  const spend = numberOf(row["AWS_Monthly_Spend__c"]);
  const texts = Object.entries(texted).map(([name, field]) => [name, textOf(row[field])] as const);
  const choices = Object.entries(chosen).map(([name, field]) => {
    return [name, optionOf(schema, "deals", name, textOf(row[field]))] as const;
  });
  const lists = Object.entries(listed).map(([name, field]) => {
    const labels = textOf(row[field])?.split(";") ?? [];
    const ids = labels.flatMap((label) => optionOf(schema, "deals", name, label) ?? []);
    return [name, ids.length > 0 ? ids : null] as const;
  });
  return {
    id,
    ...stamps(row),
    ...{ title: textOf(row["Name"]), value: numberOf(row["Amount"]) ?? 0, currency: "USD", status },
    ...{ pipeline_id: place?.pipelineId ?? null, stage_id: place?.id ?? null },
    ...{ won_time: status === "won" ? closed : null, lost_time: status === "lost" ? closed : null, close_time: closed },
    expected_close_date: textOf(row["CloseDate"]),
    lost_reason: status === "lost" ? textOf(row["Loss_Reason__c"]) : null,
    custom_fields: {
      ...Object.fromEntries<JsonValue>([...texts, ...choices, ...lists]),
      "AWS Co-Sell": optionOf(schema, "deals", "AWS Co-Sell", row["AWS_Cosell__c"] === true ? "Yes" : null),
      "AWS Monthly Spend": spend === null ? null : { value: spend, currency: "USD" },
      "AWS Closed Lost Reason": optionOf(
        schema,
        "deals",
        "AWS Closed Lost Reason",
        lossReasons[textOf(row["Loss_Reason__c"]) ?? ""] ?? null,
      ),
      "AWS Campaign": textOf(campaign),
    },
  };
}

/** Fields that hold what a field of the seed holds: as text, by a choice, by several. */
const texted: Readonly<Record<string, string>> = {
  "AWS Solutions": "AWS_Solutions__c",
  "AWS Products": "AWS_Products__c",
  "AWS Business Problem": "AWS_Business_Problem__c",
  "AWS Next Steps": "NextStep",
};
const chosen: Readonly<Record<string, string>> = {
  "AWS Use Case": "AWS_Use_Case__c",
  "AWS Competitor": "AWS_Competitor__c",
  "AWS Involvement": "AWS_Involvement__c",
};
const listed: Readonly<Record<string, string>> = {
  "AWS Delivery Models": "AWS_Delivery_Models__c",
  "AWS Primary Needs": "AWS_Primary_Needs__c",
  "AWS Sales Activities": "AWS_Sales_Activities__c",
};

/** Salesforce's open stages as Pipedrive's five; closed deals stay where they were last. */
const stages: Readonly<Record<string, string>> = {
  Prospecting: "Qualified",
  Qualification: "Contact Made",
  "Needs Analysis": "Contact Made",
  "Value Proposition": "Demo Scheduled",
  "Id. Decision Makers": "Demo Scheduled",
  "Perception Analysis": "Proposal Made",
  "Proposal/Price Quote": "Proposal Made",
  "Negotiation/Review": "Negotiations Started",
};

/** The data set's sectors, one of them misspelt there, in AWS's words. */
const industries: Readonly<Record<string, string>> = {
  employment: "Professional Services",
  entertainment: "Media and Entertainment",
  finance: "Financial Services",
  marketing: "Marketing and Advertising",
  medical: "Healthcare",
  retail: "Retail",
  services: "Professional Services",
  software: "Software and Internet",
  technolgy: "Computers and Electronics",
  telecommunications: "Telecommunications",
};

const lossReasons: Readonly<Record<string, string>> = {
  Price: "Price",
  "No Decision": "Delay / Cancellation of Project",
  "Lost to Competitor": "Lost to Competitor - Other",
  "No Budget": "Financial/Commercial",
};

/** The id of a choice; null for a label that the field does not have, or no longer. */
function optionOf(schema: CompanySchema, object: string, name: string, label: string | null): number | string | null {
  const field = schema.object(object).fields.find((each) => each.name === name);
  return field?.options?.find((option) => option.label === label)?.id ?? null;
}

const nameOf = (row: Row): string =>
  [textOf(row["FirstName"]), textOf(row["LastName"])].filter((part) => part !== null).join(" ");

function textOf(value: Row[string] | undefined): string | null {
  return value === null || value === undefined || value === "" ? null : String(value);
}

function numberOf(value: Row[string] | undefined): number | null {
  return value === null || value === undefined || value === "" ? null : Number(value);
}

function stamps(row: Row): { readonly add_time: string; readonly update_time: string } {
  const at = (value: Row[string] | undefined): string =>
    new Date(String(value ?? "").replace(/\+0000$/, "Z")).toISOString().replace(/\.\d{3}Z$/, "Z");
  const update_time = at(row["SystemModstamp"]);
  return { add_time: row["CreatedDate"] ? at(row["CreatedDate"]) : update_time, update_time };
}
