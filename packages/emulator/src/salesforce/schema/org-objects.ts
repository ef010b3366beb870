import { fullName } from "./customer-objects.ts";
import { field, idField, systemFields, text } from "./field.ts";
import type { ObjectDefinition } from "./object.ts";

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

/** The org itself: one record. It has one currency, so no object has a `CurrencyIsoCode`. */
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
