import { fullName } from "./customer-objects.ts";
import { field, idField, systemFields, text } from "./field.ts";
import type { ObjectDefinition } from "./object.ts";

/** Setup's own records never go to the recycle bin. */
const undeletable = systemFields.filter(({ name }) => name !== "IsDeleted");

/** A seller, or the user that an integration runs as. */
export const user: ObjectDefinition = {
  name: "User",
  label: "User",
  labelPlural: "Users",
  keyPrefix: "005",
  derive: fullName,
  fields: [
    idField,
    text("Username", 80, { required: true, externalId: true }),
    text("FirstName", 40),
    text("LastName", 80, { required: true }),
    text("Name", 121, { writable: "system", label: "Full Name" }),
    field("email", "Email", { length: 128, required: true }),
    text("Title", 80),
    field("phone", "Phone", { length: 40 }),
    field("boolean", "IsActive", { defaultValue: true, label: "Active" }),
    ...systemFields,
  ],
};

/** A marketing campaign that a deal came from. */
export const campaign: ObjectDefinition = {
  name: "Campaign",
  label: "Campaign",
  labelPlural: "Campaigns",
  keyPrefix: "701",
  fields: [
    idField,
    text("Name", 80, { required: true }),
    field("boolean", "IsActive", { defaultValue: false, label: "Active" }),
    ...systemFields,
  ],
};

/** The record types of all objects: how SOQL knows `RecordType.DeveloperName`. */
export const recordType: ObjectDefinition = {
  name: "RecordType",
  label: "Record Type",
  labelPlural: "Record Types",
  keyPrefix: "012",
  writable: false,
  fields: [
    idField,
    text("Name", 80, { required: true }),
    text("DeveloperName", 80, { required: true }),
    text("SobjectType", 40, { required: true }),
    field("boolean", "IsActive", { defaultValue: true, label: "Active" }),
    ...undeletable,
  ],
};

/** The active currencies. Only an org with several has this object. */
export const currencyType: ObjectDefinition = {
  name: "CurrencyType",
  label: "Currency Type",
  labelPlural: "Currency Types",
  keyPrefix: "01L",
  writable: false,
  fields: [
    idField,
    text("IsoCode", 3, { required: true }),
    field("double", "ConversionRate"),
    field("int", "DecimalPlaces"),
    field("boolean", "IsActive", { defaultValue: true, label: "Active" }),
    field("boolean", "IsCorporate", { defaultValue: false, label: "Corporate Currency" }),
    ...undeletable,
  ],
};

/** The org itself: one record. With several currencies its own is the corporate one. */
export const organization: ObjectDefinition = {
  name: "Organization",
  label: "Organization",
  labelPlural: "Organizations",
  keyPrefix: "00D",
  writable: false,
  fields: [
    idField,
    text("Name", 80, { required: true }),
    text("DefaultCurrencyIsoCode", 3),
    text("OrganizationType", 40),
    field("boolean", "IsSandbox", { defaultValue: false }),
    ...systemFields,
  ],
};
