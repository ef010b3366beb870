import type { CrmFieldType } from "@cosell/connector";

/** Narrowest first: a column has the first type whose form every value has. */
const forms: readonly (readonly [CrmFieldType, RegExp])[] = [
  ["boolean", /^(true|false)$/i],
  // A leading zero makes it a code, such as a postal code: text.
  ["integer", /^-?(0|[1-9]\d{0,15})$/],
  ["decimal", /^-?(0|[1-9]\d*)(\.\d+)?$/],
  ["date", /^\d{4}-\d{2}-\d{2}$/],
  ["datetime", /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/],
  ["email", /^[^\s@]+@[^\s@]+\.[^\s@]+$/],
  ["url", /^https?:\/\/\S+$/i],
  ["other", /^\{\}$/],
];

/** Texts longer than this make a column long text. Characters. */
const longestString = 255;

/** What a column holds, from the values seen; empty ones are left out before. */
export function inferType(values: readonly string[]): CrmFieldType {
  const form =
    values.length === 0 ? undefined : forms.find(([, pattern]) => values.every((value) => pattern.test(value)));
  if (form) return form[0];
  return values.some((value) => value.length > longestString) ? "text" : "string";
}
