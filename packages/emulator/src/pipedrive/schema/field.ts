/** One choice of a field. */
export interface FieldOption {
  readonly id: number | string;
  readonly label: string;
}

/** Pipedrive's own words for what a field holds. */
export type FieldType =
  | "int"
  | "double"
  | "boolean"
  | "varchar"
  | "varchar_options"
  | "text"
  | "phone"
  | "date"
  | "enum"
  | "set"
  | "address"
  | "monetary"
  | "org"
  | "people"
  | "stage"
  | "user"
  | "status"
  | "visible_to";

/** One field of an object, as the fields API of version 2 describes it. */
export interface FieldDefinition {
  /** A word for Pipedrive's own fields, 40 hexadecimal digits for the company's. */
  readonly code: string;
  readonly name: string;
  readonly type: FieldType;
  readonly custom: boolean;
  readonly writable: boolean;
  readonly options?: readonly FieldOption[];
  readonly subfields?: readonly string[];
}

/** Members of an address, beside the address as one text (`value`). */
const addressParts = [
  "subpremise",
  "street_number",
  "route",
  "sublocality",
  "locality",
  "admin_area_level_1",
  "admin_area_level_2",
  "country",
  "postal_code",
  "formatted_address",
] as const;

export const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** A field that Pipedrive has itself. */
export function own(code: string, name: string, type: FieldType, more: Partial<FieldDefinition> = {}): FieldDefinition {
  return { code, name, type, custom: false, writable: true, ...partsOf(type, false), ...more };
}

/** Set by Pipedrive alone. */
export const readOnly = { writable: false } as const;

/** A field that the company's administrator makes; it gets its key when it is made. */
export interface CustomField {
  readonly name: string;
  readonly type: FieldType;
  readonly labels?: readonly string[];
}

export const custom = (name: string, type: FieldType, labels?: readonly string[]): CustomField => ({
  name,
  type,
  ...(labels && { labels }),
});

/** What a composite value has beside `value`. A deal's own value keeps its currency in a field of its own. */
export function partsOf(type: FieldType, isCustom: boolean): { readonly subfields?: readonly string[] } {
  if (type === "address") return { subfields: addressParts };
  return type === "monetary" && isCustom ? { subfields: ["currency"] } : {};
}
