import type { FailureIssue, JsonValue } from "@cosell/connector";
import type { FieldSettings, ObjectSettings } from "./config.ts";
import { toCell } from "./csv-cells.ts";
import { canEncode } from "./encoding.ts";

type FieldType = FieldSettings["type"];

/** How the text of a type looks, and how to say so. Types that are not here take any text. */
const forms: { readonly [Type in FieldType]?: { readonly form: RegExp; readonly says: string } } = {
  integer: { form: /^[+-]?\d+$/, says: "a whole number" },
  decimal: { form: /^[+-]?\d+(\.\d+)?$/, says: "a number with a point, such as 1200.50" },
  currency: { form: /^[+-]?\d+(\.\d+)?$/, says: "a number with a point, such as 1200.50" },
  percent: { form: /^[+-]?\d+(\.\d+)?$/, says: "a number with a point, such as 12.5" },
  boolean: { form: /^(true|false|yes|no|1|0)$/i, says: "true or false" },
  date: { form: /^\d{4}-\d{2}-\d{2}$/, says: "a day such as 2026-11-21" },
  datetime: { form: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/, says: "a time such as 2026-11-21T09:00:00Z" },
};

const truth = /^(true|yes|1)$/i;

/** A value as its column is configured: empty is null, and the words of a truth value become one. Everything else stays as it stands. */
export function typedValue(value: JsonValue | undefined, settings: FieldSettings | undefined): JsonValue {
  if (value === undefined || value === "") return null;
  if (settings?.type !== "boolean" || typeof value !== "string") return value;
  return forms.boolean?.form.test(value) ? truth.test(value) : value;
}

/** Why a column cannot hold a value; `undefined` when it can. The value itself is never told. */
export function issueWith(column: string, value: JsonValue, settings: ObjectSettings): FailureIssue | undefined {
  const { format, encoding } = settings;
  const field = Object.hasOwn(settings.fields, column) ? settings.fields[column] : undefined;
  const issue = (code: string, message: string): FailureIssue => ({ code, target: column, message });
  const nested = Array.isArray(value) ? value.some((item) => typeof item === "object") : typeof value === "object";
  if (value !== null && nested && format === "csv")
    return issue("NESTED", `${column} holds one text in a CSV file, and no object.`);
  const text = toCell(value, "keep");
  if (text === "" || value === null)
    return field?.required ? issue("REQUIRED", `${column} needs a value (required).`) : undefined;
  if (!canEncode(text, encoding))
    return issue(
      "ENCODING",
      `${column} was to get a character that ${encoding} does not have: save the file as UTF-8.`,
    );
  if (!field) return undefined;
  if (field.length !== undefined && Array.from(text).length > field.length)
    return issue("TOO_LONG", `${column} holds ${field.length} characters at most.`);
  const rule = forms[field.type];
  if (rule && !rule.form.test(text)) return issue("BAD_VALUE", `${column} holds ${rule.says}.`);
  const chosen = field.type === "multipicklist" ? text.split(";") : [text];
  if (field.values && chosen.some((choice) => !field.values?.includes(choice)))
    return issue("NOT_A_CHOICE", `${column} holds one of: ${field.values.join(", ")}.`);
  return undefined;
}

/** A value as one text, to compare it; nothing for an empty one. */
export function plainText(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** A value as a later read of the file will give it. */
export function storedValue(value: JsonValue, { format }: ObjectSettings): JsonValue {
  return format === "jsonl" ? value : toCell(value, "keep") || null;
}
