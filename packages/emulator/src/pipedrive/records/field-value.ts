import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/index.ts";
import type { Company } from "../company.ts";
import { validationFailed } from "../pipedrive-error.ts";
import type { FieldDefinition, FieldType } from "../schema/field.ts";

/** What a value of the type must be, and the complaint about one that is not. Version 2 turns no text into a number. */
interface TypeRule {
  readonly fits: (value: JsonValue, field: FieldDefinition, company: Company) => boolean;
  readonly wants: string;
}

const isNumber = (value: JsonValue): boolean => typeof value === "number";
const isText =
  (most: number) =>
  (value: JsonValue): boolean =>
    typeof value === "string" && value.length <= most;
const isOption = (value: JsonValue, { options = [] }: FieldDefinition): boolean =>
  options.some(({ id }) => id === value);
const shortText: TypeRule = { fits: isText(255), wants: "must be a string of at most 255 characters" };
const link = (object: string): TypeRule => ({
  fits: (value, _, { store }) => typeof value === "number" && store.get(object, value)?.is_deleted === false,
  wants: `${object === "persons" ? "Person" : "Organization"} not found or not accessible.`,
});

const rules: Readonly<Record<FieldType, TypeRule>> = {
  int: { fits: (value) => Number.isInteger(value), wants: "must be an integer" },
  double: { fits: isNumber, wants: "must be a number" },
  boolean: { fits: (value) => typeof value === "boolean", wants: "must be a boolean" },
  varchar: shortText,
  varchar_options: shortText,
  phone: shortText,
  text: { fits: isText(65_000), wants: "must be a string of at most 65000 characters" },
  date: {
    fits: (value) => typeof value === "string" && /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d:\d\dZ?)?$/.test(value),
    wants: "must be a valid date",
  },
  enum: { fits: isOption, wants: "must be one of the field's option ids" },
  set: {
    fits: (value, field) =>
      Array.isArray(value) && value.length > 0 && value.every((each: JsonValue) => isOption(each, field)),
    wants: "must be a non-empty array of the field's option ids, or null",
  },
  address: {
    fits: (value) => isJsonObject(value) && typeof value["value"] === "string",
    wants: "must be an object with a value",
  },
  monetary: {
    fits: (value, { custom }) =>
      custom
        ? isJsonObject(value) && isNumber(value["value"] ?? null) && isText(3)(value["currency"] ?? null)
        : isNumber(value),
    wants: "must be a number, or in a custom field an object with value and currency",
  },
  org: link("organizations"),
  people: link("persons"),
  stage: { fits: (value, _, { schema }) => schema().stage(value) !== undefined, wants: "Stage not found." },
  user: {
    fits: (value, _, { users }) => typeof value === "number" && users.has(value),
    wants: "User not found or not accessible.",
  },
  status: { fits: isOption, wants: "must be one of: open, won, lost" },
  visible_to: { fits: (value) => [1, 3, 5, 7].includes(value as number), wants: "must be one of: 1, 3, 5, 7" },
};

/** A value as it will be stored. Throws what Pipedrive answers to one that does not fit. */
export function storedValue(company: Company, field: FieldDefinition, value: JsonValue): JsonValue {
  if (value === null) return null;
  const member = field.custom ? `custom_fields.${field.code}` : field.code;
  if (field.code === "emails" || field.code === "phones") return entriesOf(member, value);
  const { fits, wants } = rules[field.type];
  if (!fits(value, field, company)) throw validationFailed(member, wants);
  if (!isJsonObject(value)) return value;
  const parts = ["value", ...(field.subfields ?? [])].map((part) => [part, value[part] ?? null] as const);
  return Object.fromEntries<JsonValue>(parts);
}

/** E-mail addresses and telephone numbers: a list, one of them the primary one. */
function entriesOf(member: string, value: JsonValue): JsonValue {
  if (!Array.isArray(value) || !value.every((entry) => isJsonObject(entry) && typeof entry["value"] === "string"))
    throw validationFailed(member, "must be an array of objects with a value");
  const entries = value as readonly JsonObject[];
  const primary = Math.max(
    0,
    entries.findIndex((entry) => entry["primary"] === true),
  );
  return entries.map((entry, index) => ({ label: "work", ...entry, primary: index === primary }));
}
