import type { JsonValue } from "@cosell/connector";
import type { TargetField } from "../target.ts";
import { Problem } from "./problem.ts";
import { countCodePoints } from "./code-points.ts";
import { isNumeral, parseDecimal } from "./steps/decimal-text.ts";
import { instantOf, isCalendarDate } from "./steps/instant.ts";
import { suggest } from "./suggest.ts";

/** A value as the target takes it, or why the target does not take it. */
export type Fit = (value: JsonValue) => JsonValue | Problem;

/** A pattern is never tried on more than this, also where the target names no length. */
const longestForPattern = 4096;

/** Lists of values up to this size are spelled out in messages. */
const fewValues = 12;

/** Makes the check of one value ready: all that the target's model says about it. Lists are judged item by item elsewhere. */
export function compileFit(field: TargetField): Fit {
  switch (field.type) {
    case "string":
      return fitText(field);
    case "timestamp":
      return (value) => (typeof value === "string" && instantOf(value) !== undefined ? value : misshapen("a time"));
    case "integer":
    case "number":
      return fitNumber(field);
    case "boolean":
      return (value) => {
        if (typeof value === "boolean") return value;
        return value === "true" ? true : value === "false" ? false : misshapen("true or false", "boolean");
      };
    case "structure":
    case "map":
      return (value) =>
        typeof value === "object" && value !== null && !Array.isArray(value) ? value : misshapen("several fields");
    case "list":
      return (value) => (Array.isArray(value) ? value : misshapen("a list"));
  }
}

/** Does the target take so many items? Why not, else. */
export function fitCount(count: number, field: TargetField): Problem | undefined {
  const { minItems = 0, maxItems = Infinity, path } = field;
  if (count < minItems) return new Problem("too-few-items", `gives ${count} items; ${path} takes at least ${minItems}`);
  if (count > maxItems) return new Problem("too-many-items", `gives ${count} items; ${path} takes at most ${maxItems}`);
  return undefined;
}

function misshapen(wanted: string, step?: string): Problem {
  return new Problem("wrong-type", `is not ${wanted}${step === undefined ? "" : `: add the step ${step}`}`);
}

function fitNumber({ type }: TargetField): Fit {
  return (value) => {
    const number = typeof value === "string" ? parseDecimal(value)?.toNumber() : value;
    if (typeof number !== "number" || !Number.isFinite(number)) return misshapen("a number");
    return type === "integer" && !Number.isInteger(number) ? misshapen("a whole number") : number;
  };
}

/** What a text must keep to, as data: good texts pass by {@link isWithin}, and only others are looked at closely. */
export interface TextLimits {
  /** In UTF-16 units: a text never has more characters than units, and at least half as many. */
  readonly shortest: number;
  readonly longest: number;
  readonly accepted: ReadonlySet<JsonValue> | undefined;
  readonly accepts: ((text: string) => boolean) | undefined;
}

/** The limits of a field for texts; `undefined` for any other field. */
export function textLimitsOf(field: TargetField | undefined): TextLimits | undefined {
  if (field?.type !== "string") return undefined;
  const { minLength = 0, values } = field;
  const accepted = values && new Set<JsonValue>(values);
  return { shortest: 2 * minLength, longest: longestOf(field), accepted, accepts: formOf(field)?.accepts };
}

/** Is it a text that surely keeps to the limits? */
export function isWithin(value: JsonValue, limits: TextLimits | undefined): boolean {
  if (limits === undefined || typeof value !== "string") return false;
  if (value.length > limits.longest || value.length < limits.shortest) return false;
  if (limits.accepted !== undefined) return limits.accepted.has(value);
  return limits.accepts === undefined || limits.accepts(value);
}

function longestOf({ maxLength, pattern }: TargetField): number {
  return maxLength ?? (pattern === undefined ? Infinity : longestForPattern);
}

/** Judges a value in all respects, and says what is wrong with it. */
function fitText(field: TargetField): Fit {
  const form = formOf(field);
  const { path, minLength = 0, values } = field;
  const maxLength = longestOf(field);
  return (value) => {
    const text = typeof value === "string" ? value : typeof value === "number" ? textOf(value) : misshapen("a text");
    if (typeof text !== "string") return text;
    if (text.length > maxLength && countCodePoints(text) > maxLength)
      return new Problem(
        "too-long",
        `is longer than ${path} may be: shorten it to ${maxLength} characters, or add the step { truncate: ${maxLength} }`,
      );
    if (text.length < 2 * minLength && countCodePoints(text) < minLength)
      return new Problem("too-short", `is too short: ${path} takes at least ${minLength} characters`);
    if (values !== undefined) return values.includes(text) ? text : outsideList(text, path, values);
    return form === undefined || form.accepts(text)
      ? text
      : new Problem("bad-form", `does not have the form that ${path} takes: ${form.wanted}`);
  };
}

function textOf(number: number): string | Problem {
  return parseDecimal(String(number))?.toFixed() ?? misshapen("a number that can be written down");
}

function outsideList(text: string, path: string, values: readonly string[]): Problem {
  const all = values.length > fewValues ? "" : `: ${values.join(", ")}`;
  return new Problem("outside-list", `is not among the values that ${path} takes${all}`, suggest(text, values));
}

/** The form that the target wants, with how to say it. */
interface Form {
  readonly accepts: (text: string) => boolean;
  readonly wanted: string;
}

function formOf({ pattern, patternInWords, format }: TargetField): Form | undefined {
  const matcher = pattern === undefined ? undefined : new RegExp(pattern, "u");
  const both = (isForm: (text: string) => boolean) =>
    matcher === undefined ? isForm : (text: string) => isForm(text) && matcher.test(text);
  switch (format) {
    case "date":
      return { accepts: both(isCalendarDate), wanted: "a day as YYYY-MM-DD (step date)" };
    case "decimal":
      return { accepts: both(isNumeral), wanted: "an amount such as 1250.50 (step { decimal: 2 })" };
    case "timestamp":
      return {
        accepts: both((text) => instantOf(text) !== undefined),
        wanted: "a time as 2026-12-31T12:00:00Z (step datetime)",
      };
    case "email":
    case "text":
    case undefined:
      return (
        matcher && {
          accepts: (text) => matcher.test(text),
          wanted:
            format === "email" ? "an e-mail address in small letters (step lower)" : (patternInWords ?? matcher.source),
        }
      );
  }
}

const fits = new WeakMap<TargetField, Fit>();

/** Judges a value that a mapping itself holds (a `const`, a row of a table): by its spelling where the target is text. */
export function fitLiteral(
  literal: { readonly text: string; readonly value: JsonValue },
  field: TargetField,
): JsonValue | Problem {
  const written = field.type === "string" || field.type === "timestamp" ? literal.text : literal.value;
  const fit = fits.get(field) ?? compileFit(field);
  fits.set(field, fit);
  return fit(written);
}
