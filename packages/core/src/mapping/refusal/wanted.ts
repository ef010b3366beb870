import type { TargetField } from "../../target.ts";

/** Lists of values up to this size are spelled out. */
const fewValues = 12;

/** AWS's codes that say more than the field's own facts do. */
const byCode: Readonly<Record<string, (field: TargetField) => string | undefined>> = {
  REQUIRED_FIELD_MISSING: ({ values }) => `a value${values === undefined ? "" : `, ${oneOf(values)}`}`,
  // Its form was right, or the mapping had not sent it: the target knows more than its model says.
  INVALID_VALUE: ({ values, format }) => (values === undefined && format === undefined ? "another value" : undefined),
  NOT_ENOUGH_VALUES: itemsWanted,
  TOO_MANY_VALUES: itemsWanted,
  VALUE_OUT_OF_RANGE: (field) => lengthWanted(field) ?? itemsWanted(field),
  DUPLICATE_KEY_VALUE: ({ itemKey }) =>
    itemKey === undefined ? "every value once" : `items that differ in ${itemKey}`,
  ACTION_NOT_PERMITTED: stateWanted,
  INVALID_RESOURCE_STATE: stateWanted,
};

/** What the target takes for a field, in the light of why it refused one. Reads on from "AWS wants …". */
export function wantedBy(field: TargetField, code: string | undefined): string {
  const said = code === undefined || !Object.hasOwn(byCode, code) ? undefined : byCode[code]?.(field);
  return said ?? factsOf(field);
}

function factsOf(field: TargetField): string {
  const { type, values, format, pattern } = field;
  if (values !== undefined) return oneOf(values);
  if (format === "date") return "a day as YYYY-MM-DD";
  if (format === "decimal") return "an amount such as 1250.50";
  if (format === "timestamp" || type === "timestamp") return "a time as 2026-12-31T12:00:00Z";
  if (format === "email") return "an e-mail address in small letters";
  switch (type) {
    case "string":
      return [lengthWanted(field) ?? "a text", ...(pattern === undefined ? [] : [`of the form ${pattern}`])].join(" ");
    case "integer":
      return "a whole number";
    case "number":
      return "a number";
    case "boolean":
      return "true or false";
    case "list":
      return itemsWanted(field) ?? "a list of values that it accepts";
    case "structure":
    case "map":
      return "fields that go together";
  }
}

function oneOf(values: readonly string[]): string {
  return values.length > fewValues ? `one of its ${values.length} values` : `one of: ${values.join(", ")}`;
}

function lengthWanted({ type, minLength = 0, maxLength }: TargetField): string | undefined {
  if (type !== "string") return undefined;
  if (maxLength === undefined) return minLength === 0 ? undefined : `a text of at least ${minLength} characters`;
  return `a text of ${minLength === 0 ? "at most" : `${minLength} to`} ${maxLength} characters`;
}

function itemsWanted({ minItems = 0, maxItems }: TargetField): string | undefined {
  if (maxItems === undefined) return minItems === 0 ? undefined : `at least ${minItems} of them`;
  return minItems === 0 ? `at most ${maxItems} of them` : `${minItems} to ${maxItems} of them`;
}

function stateWanted(): string {
  return "no change of it while the opportunity is in its present state";
}
