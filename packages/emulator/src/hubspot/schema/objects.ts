import {
  awsCompetitors,
  awsDeliveryModels,
  awsInvolvements,
  awsPrimaryNeeds,
  awsSalesActivities,
  awsUseCases,
} from "../../salesforce/schema/aws-picklists.ts";
import { enums } from "@cosell/partner-central/model";
import { industries } from "./industries.ts";
import {
  choice,
  choices,
  commonProperties,
  flag,
  instant,
  longText,
  money,
  number,
  phone,
  property,
  type PropertyDefinition,
  readOnly,
  text,
} from "./property.ts";

/** One object of HubSpot's CRM. */
export interface ObjectDefinition {
  /** As paths name it. */
  readonly name: string;
  /** The number that paths may name instead. */
  readonly typeId: string;
  /** As webhooks and errors name one of them. */
  readonly singular: string;
  /** The date of modification: contacts call theirs differently. */
  readonly stamp: "hs_lastmodifieddate" | "lastmodifieddate";
  readonly properties: readonly PropertyDefinition[];
  /** A new record needs a value. */
  readonly required: readonly string[];
  /** Answered without being asked for. */
  readonly usual: readonly string[];
}

const currencies = ["USD", "EUR", "GBP", "JPY", "CAD", "AUD"];
const unique = { hasUniqueValue: true } as const;
const modified = instant("hs_lastmodifieddate", "Last Modified Date", readOnly);

/** Deals, with the properties that co-selling adds: they begin with `aws_`. */
const deals: ObjectDefinition = {
  name: "deals",
  typeId: "0-3",
  singular: "deal",
  stamp: "hs_lastmodifieddate",
  required: ["dealname", "dealstage"],
  usual: [
    "amount",
    "closedate",
    "createdate",
    "dealname",
    "dealstage",
    "hs_lastmodifieddate",
    "hs_object_id",
    "pipeline",
  ],
  properties: [
    ...commonProperties,
    text("dealname", "Deal Name"),
    property("pipeline", "Pipeline", "enumeration", "select", { externalOptions: true }),
    property("dealstage", "Deal Stage", "enumeration", "radio", { externalOptions: true }),
    money("amount", "Amount"),
    money("amount_in_home_currency", "Amount in company currency", { ...readOnly, calculated: true }),
    choice("deal_currency_code", "Currency", currencies),
    instant("closedate", "Close Date"),
    choice("dealtype", "Deal Type", ["newbusiness", "existingbusiness"]),
    longText("description", "Deal Description"),
    text("hs_next_step", "Next Step"),
    choice("hs_priority", "Priority", ["low", "medium", "high"]),
    longText("closed_lost_reason", "Closed Lost Reason"),
    longText("closed_won_reason", "Closed Won Reason"),
    flag("hs_is_closed", "Is Deal Closed?", { ...readOnly, calculated: true }),
    flag("hs_is_closed_won", "Is Closed Won", { ...readOnly, calculated: true }),
    money("hs_arr", "Annual recurring revenue", { ...readOnly, calculated: true }),
    money("hs_mrr", "Monthly recurring revenue", { ...readOnly, calculated: true }),
    money("hs_tcv", "Total contract value", { ...readOnly, calculated: true }),
    instant("createdate", "Create Date"),
    modified,
    flag("aws_cosell", "AWS: share this deal"),
    text("aws_opportunity_id", "AWS: opportunity", unique),
    text("aws_invitation_id", "AWS: invitation", unique),
    text("aws_review_status", "AWS: review status"),
    longText("aws_review_comments", "AWS: review comments"),
    text("aws_seller_stage", "AWS: stage of AWS's seller"),
    text("aws_sync_status", "AWS: sync status"),
    money("aws_monthly_spend", "AWS: expected monthly spend"),
    choice("aws_use_case", "AWS: use case", awsUseCases),
    choices("aws_delivery_models", "AWS: delivery models", awsDeliveryModels),
    text("aws_solutions", "AWS: solutions"),
    text("aws_products", "AWS: products"),
    choices("aws_primary_needs", "AWS: what you need from AWS", awsPrimaryNeeds),
    choices("aws_sales_activities", "AWS: sales activities", awsSalesActivities),
    longText("aws_business_problem", "AWS: the customer's problem"),
    choice("aws_competitor", "AWS: competitor", awsCompetitors),
    text("aws_additional_comments", "AWS: additional comments"),
    choice("aws_involvement", "AWS: involvement", awsInvolvements),
    choice("aws_closed_lost_reason", "AWS: closed lost reason", enums["ClosedLostReason"] ?? []),
    text("aws_campaign_name", "AWS: campaign"),
  ],
};

const companies: ObjectDefinition = {
  name: "companies",
  typeId: "0-2",
  singular: "company",
  stamp: "hs_lastmodifieddate",
  required: [],
  usual: ["createdate", "domain", "hs_lastmodifieddate", "hs_object_id", "name"],
  properties: [
    ...commonProperties,
    text("name", "Company name"),
    text("domain", "Company Domain Name"),
    text("website", "Website URL"),
    choice("industry", "Industry", industries),
    phone("phone", "Phone Number"),
    text("address", "Street Address"),
    text("address2", "Street Address 2"),
    text("city", "City"),
    text("state", "State/Region"),
    text("zip", "Postal Code"),
    text("country", "Country/Region"),
    number("numberofemployees", "Number of Employees"),
    money("annualrevenue", "Annual Revenue"),
    longText("description", "Description"),
    instant("createdate", "Create Date", readOnly),
    modified,
    text("aws_account_id", "AWS account"),
  ],
};

const contacts: ObjectDefinition = {
  name: "contacts",
  typeId: "0-1",
  singular: "contact",
  stamp: "lastmodifieddate",
  required: [],
  usual: ["createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"],
  properties: [
    ...commonProperties,
    text("email", "Email", unique),
    text("firstname", "First Name"),
    text("lastname", "Last Name"),
    text("jobtitle", "Job Title"),
    phone("phone", "Phone Number"),
    phone("mobilephone", "Mobile Phone Number"),
    instant("createdate", "Create Date", readOnly),
    instant("lastmodifieddate", "Last Modified Date", readOnly),
  ],
};

export const objectDefinitions: readonly ObjectDefinition[] = [deals, companies, contacts];
