import type { CrmField, CrmFieldType } from "@cosell/connector";
import type { ValueKind } from "../steps/step.ts";

const kinds: Readonly<Record<CrmFieldType, ValueKind | undefined>> = {
  id: "text",
  string: "text",
  text: "text",
  html: "text",
  email: "text",
  phone: "text",
  url: "text",
  integer: "number",
  decimal: "number",
  currency: "number",
  percent: "number",
  boolean: "boolean",
  date: "date",
  datetime: "date",
  picklist: "text",
  // CRMs hand several choices over as one text with separators.
  multipicklist: undefined,
  reference: "text",
  other: undefined,
};

/** The kind of value that a CRM field holds, as far as steps care. */
export function kindOfField({ type }: CrmField): ValueKind | undefined {
  return kinds[type];
}
