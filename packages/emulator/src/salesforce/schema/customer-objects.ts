import type { SalesforceRecord } from "../document.ts";
import { field, idField, systemFields, text } from "./field.ts";
import type { ObjectDefinition } from "./object.ts";

/** As the org's administrator wrote them; the field is not restricted, so records hold others too. */
const industries = [
  "Agriculture",
  "Banking",
  "Education",
  "Energy",
  "Entertainment",
  "Finance",
  "Healthcare",
  "Manufacturing",
  "Media",
  "Retail",
  "Technology",
  "Telecommunications",
  "Other",
];

/** The customer's company. The country is free text: this org does not use Salesforce's country picklists. */
export const account: ObjectDefinition = {
  name: "Account",
  label: "Account",
  labelPlural: "Accounts",
  keyPrefix: "001",
  mergeable: true,
  fields: [
    idField,
    text("Name", 255, { required: true }),
    field("picklist", "Industry", { length: 255, picklist: industries }),
    field("url", "Website", { length: 255 }),
    field("textarea", "BillingStreet", { length: 255 }),
    text("BillingCity", 40),
    text("BillingState", 80),
    text("BillingPostalCode", 20),
    text("BillingCountry", 80),
    field("phone", "Phone", { length: 40 }),
    text("DunsNumber", 9, { label: "D-U-N-S Number" }),
    field("int", "NumberOfEmployees", { label: "Employees" }),
    field("currency", "AnnualRevenue"),
    field("reference", "ParentId", {
      label: "Parent Account ID",
      reference: { object: "Account", relationship: "Parent", children: "ChildAccounts" },
    }),
    field("reference", "OwnerId", { reference: { object: "User", relationship: "Owner" } }),
    text("AWS_Account_Id__c", 12),
    field("reference", "MasterRecordId", {
      writable: "system",
      reference: { object: "Account", relationship: "MasterRecord" },
    }),
    ...systemFields,
  ],
};

/** A person at the customer. */
export const contact: ObjectDefinition = {
  name: "Contact",
  label: "Contact",
  labelPlural: "Contacts",
  keyPrefix: "003",
  mergeable: true,
  derive: fullName,
  fields: [
    idField,
    field("reference", "AccountId", {
      reference: { object: "Account", relationship: "Account", children: "Contacts", cascadeDelete: true },
    }),
    text("FirstName", 40),
    text("LastName", 80, { required: true }),
    text("Name", 121, { writable: "system", label: "Full Name" }),
    field("email", "Email", { length: 80 }),
    field("phone", "Phone", { length: 40 }),
    text("Title", 128),
    field("reference", "MasterRecordId", {
      writable: "system",
      reference: { object: "Contact", relationship: "MasterRecord" },
    }),
    ...systemFields,
  ],
};

/** First and last name in one, as Salesforce keeps them for contacts and users. */
export function fullName(record: SalesforceRecord): SalesforceRecord {
  return { Name: [record["FirstName"], record["LastName"]].filter(Boolean).join(" ") };
}
