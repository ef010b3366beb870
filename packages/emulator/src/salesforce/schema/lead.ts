import { fullName } from "./customer-objects.ts";
import { field, idField, systemFields, text } from "./field.ts";
import type { ObjectDefinition } from "./object.ts";
import { leadSources } from "./opportunity.ts";

/** What a lead's status becomes by its conversion: the one value of the picklist that Setup marks as converted. */
export const convertedStatus = "Closed - Converted";

const statuses = ["Open - Not Contacted", "Working - Contacted", convertedStatus, "Closed - Not Converted"];

/** Salesforce's own list. */
const industries = [
  "Agriculture",
  "Apparel",
  "Banking",
  "Biotechnology",
  "Chemicals",
  "Communications",
  "Construction",
  "Consulting",
  "Education",
  "Electronics",
  "Energy",
  "Engineering",
  "Entertainment",
  "Environmental",
  "Finance",
  "Food & Beverage",
  "Government",
  "Healthcare",
  "Hospitality",
  "Insurance",
  "Machinery",
  "Manufacturing",
  "Media",
  "Not For Profit",
  "Recreation",
  "Retail",
  "Shipping",
  "Technology",
  "Telecommunications",
  "Transportation",
  "Utilities",
  "Other",
];

/**
 * Somebody who may become a customer. A person converts it into an account, a contact and an opportunity; from then on
 * it says which and takes no more changes. Fields that begin with `AWS_` were added for leads that AWS offers.
 */
export const lead: ObjectDefinition = {
  name: "Lead",
  label: "Lead",
  labelPlural: "Leads",
  keyPrefix: "00Q",
  mergeable: true,
  derive: fullName,
  fields: [
    idField,
    text("FirstName", 40),
    text("LastName", 80, { required: true }),
    text("Name", 121, { writable: "system", label: "Full Name" }),
    text("Company", 255, { required: true }),
    text("Title", 128),
    field("email", "Email", { length: 80 }),
    field("phone", "Phone", { length: 40 }),
    field("url", "Website", { length: 255 }),
    field("textarea", "Street", { length: 255 }),
    text("City", 40),
    text("State", 80),
    text("PostalCode", 20),
    text("Country", 80),
    field("textarea", "Description", { length: 32_000 }),
    field("picklist", "LeadSource", { length: 255, picklist: leadSources }),
    field("picklist", "Status", {
      required: true,
      length: 255,
      picklist: statuses,
      defaultValue: "Open - Not Contacted",
    }),
    field("picklist", "Industry", { length: 255, picklist: industries }),
    field("picklist", "Rating", { length: 255, picklist: ["Hot", "Warm", "Cold"] }),
    field("int", "NumberOfEmployees", { label: "Employees" }),
    field("currency", "AnnualRevenue"),
    field("reference", "OwnerId", { reference: { object: "User", relationship: "Owner" } }),
    field("boolean", "IsConverted", { writable: "system", label: "Converted", defaultValue: false }),
    field("date", "ConvertedDate", { writable: "system" }),
    converted("Account"),
    converted("Contact"),
    converted("Opportunity"),
    text("AWS_Invitation_Id__c", 255, { externalId: true }),
    text("AWS_Engagement_Id__c", 20),
    field("datetime", "AWS_Invitation_Expires__c"),
    text("AWS_Use_Case__c", 255),
    text("AWS_Campaign__c", 255),
    text("AWS_Market_Segment__c", 255),
    text("AWS_Maturity__c", 255),
    field("reference", "MasterRecordId", {
      writable: "system",
      reference: { object: "Lead", relationship: "MasterRecord" },
    }),
    ...systemFields,
  ],
};

function converted(object: string): ReturnType<typeof field> {
  return field("reference", `Converted${object}Id`, {
    writable: "system",
    reference: { object, relationship: `Converted${object}` },
  });
}
