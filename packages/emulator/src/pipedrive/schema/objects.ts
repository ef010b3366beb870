import { enums } from "@cosell/partner-central/model";
import {
  awsCompetitors,
  awsDeliveryModels,
  awsInvolvements,
  awsPrimaryNeeds,
  awsSalesActivities,
  awsUseCases,
} from "../../salesforce/schema/aws-picklists.ts";
import { capitalized, custom, type CustomField, type FieldDefinition, own, readOnly } from "./field.ts";

/** One object of Pipedrive's CRM. */
export interface ObjectDefinition {
  /** As paths name it. */
  readonly name: "deals" | "persons" | "organizations";
  /** As errors, searches and webhooks name one of them. */
  readonly singular: "deal" | "person" | "organization";
  /** The text by which people know a record: a new one needs it. */
  readonly title: string;
  readonly fields: readonly FieldDefinition[];
  /** What the company's administrator added for co-selling. */
  readonly custom: readonly CustomField[];
}

const common: readonly FieldDefinition[] = [
  own("id", "ID", "int", readOnly),
  own("owner_id", "Owner", "user"),
  own("add_time", "Created", "date", readOnly),
  own("update_time", "Update time", "date", readOnly),
  own("is_deleted", "Deleted", "boolean", readOnly),
  own("visible_to", "Visible to", "visible_to"),
];

const deals: ObjectDefinition = {
  name: "deals",
  singular: "deal",
  title: "title",
  fields: [
    own("title", "Title", "varchar"),
    own("value", "Value", "monetary"),
    own("currency", "Currency", "varchar_options"),
    own("pipeline_id", "Pipeline", "int"),
    own("stage_id", "Stage", "stage"),
    own("status", "Status", "status", {
      options: ["open", "won", "lost"].map((id) => ({ id, label: capitalized(id) })),
    }),
    own("org_id", "Organization", "org"),
    own("person_id", "Contact person", "people"),
    own("probability", "Probability", "int"),
    own("expected_close_date", "Expected close date", "date"),
    own("lost_reason", "Lost reason", "varchar_options"),
    own("won_time", "Won time", "date"),
    own("lost_time", "Lost time", "date"),
    own("close_time", "Deal closed on", "date"),
    own("stage_change_time", "Last stage change", "date", readOnly),
    own("is_archived", "Archived", "boolean"),
    own("origin", "Source origin", "varchar", readOnly),
    own("origin_id", "Source origin ID", "varchar", readOnly),
    ...common,
  ],
  custom: [
    custom("AWS Co-Sell", "enum", ["Yes", "No"]),
    custom("AWS Opportunity Id", "varchar"),
    custom("AWS Invitation Id", "varchar"),
    custom("AWS Review Status", "varchar"),
    custom("AWS Review Comments", "text"),
    custom("AWS Seller Stage", "varchar"),
    custom("AWS Sync Status", "varchar"),
    custom("AWS Monthly Spend", "monetary"),
    custom("AWS Use Case", "enum", awsUseCases),
    custom("AWS Delivery Models", "set", awsDeliveryModels),
    custom("AWS Solutions", "varchar"),
    custom("AWS Products", "varchar"),
    custom("AWS Primary Needs", "set", awsPrimaryNeeds),
    custom("AWS Sales Activities", "set", awsSalesActivities),
    custom("AWS Business Problem", "text"),
    custom("AWS Next Steps", "varchar"),
    custom("AWS Competitor", "enum", awsCompetitors),
    custom("AWS Additional Comments", "varchar"),
    custom("AWS Involvement", "enum", awsInvolvements),
    custom("AWS Closed Lost Reason", "enum", enums["ClosedLostReason"] ?? []),
    custom("AWS Campaign", "varchar"),
  ],
};

const persons: ObjectDefinition = {
  name: "persons",
  singular: "person",
  title: "name",
  fields: [
    own("name", "Name", "varchar"),
    own("first_name", "First name", "varchar", readOnly),
    own("last_name", "Last name", "varchar", readOnly),
    own("emails", "Email", "varchar"),
    own("phones", "Phone", "phone"),
    own("org_id", "Organization", "org"),
    own("job_title", "Job title", "varchar"),
    ...common,
  ],
  custom: [],
};

const organizations: ObjectDefinition = {
  name: "organizations",
  singular: "organization",
  title: "name",
  fields: [
    own("name", "Name", "varchar"),
    own("address", "Address", "address"),
    own("website", "Website", "varchar"),
    own("linkedin", "LinkedIn profile", "varchar"),
    own("annual_revenue", "Annual revenue", "double"),
    own("employee_count", "Number of employees", "int"),
    ...common,
  ],
  custom: [custom("AWS Industry", "enum", enums["Industry"] ?? []), custom("AWS Account Id", "varchar")],
};

export const objectDefinitions: readonly ObjectDefinition[] = [deals, persons, organizations];
