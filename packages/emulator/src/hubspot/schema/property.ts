/** One choice of an enumeration. */
export interface PropertyOption {
  readonly label: string;
  readonly value: string;
  readonly displayOrder: number;
  readonly hidden: boolean;
}

/** What a property holds: HubSpot's own words. */
export type PropertyType = "string" | "number" | "bool" | "enumeration" | "date" | "datetime";

/** One property of an object, as HubSpot's property API describes it. */
export interface PropertyDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: PropertyType;
  readonly fieldType: string;
  readonly options: readonly PropertyOption[];
  readonly hasUniqueValue: boolean;
  readonly calculated: boolean;
  readonly readOnly: boolean;
  /** The choices stand elsewhere: owners, pipelines. */
  readonly externalOptions: boolean;
  readonly showCurrencySymbol: boolean;
  /** Made by the portal's administrator. */
  readonly custom: boolean;
}

type More = Partial<Omit<PropertyDefinition, "name" | "label" | "type" | "fieldType">>;

/** A property; what is not said is no. */
export function property(
  name: string,
  label: string,
  type: PropertyType,
  fieldType: string,
  more: More = {},
): PropertyDefinition {
  return {
    ...{ name, label, type, fieldType, options: [] },
    ...{ hasUniqueValue: false, calculated: false, readOnly: false, externalOptions: false },
    ...{ showCurrencySymbol: false, custom: name.startsWith("aws_") },
    ...more,
  };
}

export const text = (name: string, label: string, more: More = {}): PropertyDefinition =>
  property(name, label, "string", "text", more);
export const longText = (name: string, label: string): PropertyDefinition =>
  property(name, label, "string", "textarea");
export const phone = (name: string, label: string): PropertyDefinition =>
  property(name, label, "string", "phonenumber");
export const number = (name: string, label: string, more: More = {}): PropertyDefinition =>
  property(name, label, "number", "number", more);
export const money = (name: string, label: string, more: More = {}): PropertyDefinition =>
  number(name, label, { showCurrencySymbol: true, ...more });
export const flag = (name: string, label: string, more: More = {}): PropertyDefinition =>
  property(name, label, "bool", "booleancheckbox", { options: optionsOf(["true", "false"]), ...more });
export const instant = (name: string, label: string, more: More = {}): PropertyDefinition =>
  property(name, label, "datetime", "date", more);
export const choice = (name: string, label: string, values: readonly string[], more: More = {}): PropertyDefinition =>
  property(name, label, "enumeration", "select", { options: optionsOf(values), ...more });
export const choices = (name: string, label: string, values: readonly string[]): PropertyDefinition =>
  property(name, label, "enumeration", "checkbox", { options: optionsOf(values) });

/** Set by HubSpot alone. */
export const readOnly = { readOnly: true } as const;

/** Choices whose label is their value. */
function optionsOf(values: readonly string[]): readonly PropertyOption[] {
  return values.map((value, displayOrder) => ({ label: value, value, displayOrder, hidden: false }));
}

/** What every object has. */
export const commonProperties: readonly PropertyDefinition[] = [
  number("hs_object_id", "Record ID", readOnly),
  number("hs_updated_by_user_id", "Updated by user ID", readOnly),
  property("hs_merged_object_ids", "Merged record IDs", "enumeration", "checkbox", {
    ...readOnly,
    externalOptions: true,
  }),
  property("hubspot_owner_id", "Owner", "enumeration", "select", { externalOptions: true }),
];
