import type { LiteralType, Operator } from "@jetstreamapp/soql-parser-js";
import type { FieldValue } from "../document.ts";
import type { Org } from "../org.ts";
import { readInstant } from "../records/instant.ts";
import { canonicalId } from "../records/record-id.ts";
import { SalesforceError } from "../salesforce-error.ts";
import type { FieldDefinition, FieldType } from "../schema/field.ts";
import { rangeOfDateLiteral } from "./date-literal.ts";
import { malformed } from "./parse.ts";

/** A literal as it stands in the query: text in its quotes. */
export interface Literal {
  readonly text: string;
  readonly type: LiteralType;
}

/** What a field is held against. */
export interface Comparison {
  readonly operator: Operator;
  readonly literals: readonly Literal[];
}

/** A value in a form that can be ordered; null is no value. */
type Ordered = string | number | null;

/** From (included) to (excluded): one value is a range of its own. */
interface Range {
  readonly from: Ordered;
  readonly to: Ordered;
}

/** Compiles one comparison. @param written the field as the query names it. Throws `INVALID_FIELD` and its kin. */
export function compileComparison(
  org: Org,
  written: string,
  field: FieldDefinition,
  { operator, literals }: Comparison,
): (value: FieldValue) => boolean {
  if (field.type === "textarea" && (field.length ?? 0) > 255) {
    throw new SalesforceError("INVALID_FIELD", `field '${written}' can not be filtered in a query call`);
  }
  if (operator === "LIKE") return like(field, literals);
  if (operator === "INCLUDES" || operator === "EXCLUDES") return includes(field, operator, literals);
  const ranges = literals.map((literal) => rangeOf(org, written, field, literal));
  const read = orderedOf(org, field.type);
  switch (operator) {
    case "=":
    case "IN":
      return oneOf(ranges, read);
    case "!=":
    case "NOT IN": {
      const equal = oneOf(ranges, read);
      return (value) => !equal(value);
    }
    case "<":
    case "<=":
    case ">":
    case ">=": {
      const [range] = ranges;
      return (value) => {
        const ordered = read(value);
        return range !== undefined && ordered !== null && range.from !== null && inOrder(operator, ordered, range);
      };
    }
  }
}

/** Values of a field in the form in which they are compared and sorted: text without its case, times in milliseconds. */
export function orderedOf(org: Org, type: FieldType): (value: FieldValue) => Ordered {
  const whole = org.settings().stampPrecision === "second";
  switch (type) {
    case "id":
    case "reference":
      return (value) => (typeof value === "string" ? value : null);
    case "boolean":
      return (value) => Number(value);
    case "date":
      return (value) => (typeof value === "string" ? Date.parse(`${value}T00:00:00Z`) : null);
    case "datetime":
      return (value) => {
        if (typeof value !== "string") return null;
        const instant = readInstant(value);
        return whole ? Math.floor(instant / 1000) * 1000 : instant;
      };
    default:
      return (value) => (typeof value === "string" ? value.toLowerCase() : typeof value === "number" ? value : null);
  }
}

function oneOf(ranges: readonly Range[], read: (value: FieldValue) => Ordered): (value: FieldValue) => boolean {
  const single = new Set(ranges.filter(({ from, to }) => from === to).map(({ from }) => from));
  const wide = ranges.filter(({ from, to }) => from !== to);
  return (value) => {
    const ordered = read(value);
    return single.has(ordered) || wide.some((range) => inOrder(">=", ordered, range) && inOrder("<=", ordered, range));
  };
}

/** Holds a value against a range: below its start, up to its end, from its start, beyond its end. */
function inOrder(operator: "<" | "<=" | ">" | ">=", value: Ordered, { from, to }: Range): boolean {
  if (value === null || from === null || to === null) return false;
  const beyond = from === to ? value > to : value >= to;
  if (operator === "<") return value < from;
  if (operator === ">=") return value >= from;
  return operator === "<=" ? !beyond : beyond;
}

function rangeOf(org: Org, written: string, field: FieldDefinition, literal: Literal): Range {
  if (literal.type === "NULL") return { from: null, to: null };
  if (literal.type === "DATE_LITERAL" || literal.type === "DATE_N_LITERAL") {
    if (field.type !== "date" && field.type !== "datetime") throw wrongType(written, field);
    return rangeOfDateLiteral(literal.text, org.clock.now());
  }
  const value = literalValue(org, written, field, literal);
  return { from: value, to: value };
}

function literalValue(org: Org, written: string, field: FieldDefinition, { text, type }: Literal): Ordered {
  const quoted = type === "STRING";
  const read = orderedOf(org, field.type);
  switch (field.type) {
    case "boolean":
      if (type !== "BOOLEAN") throw wrongType(written, field);
      return read(text.toLowerCase() === "true");
    case "currency":
    case "double":
    case "int":
      if (type !== "INTEGER" && type !== "DECIMAL") throw wrongType(written, field);
      return Number(text);
    case "date":
      if (type !== "DATE") throw wrongType(written, field);
      return read(text);
    case "datetime":
      if (type !== "DATETIME") throw wrongType(written, field);
      return read(text);
    case "id":
    case "reference": {
      const id = quoted ? canonicalId(unquote(text)) : undefined;
      if (id !== undefined) return id;
      if (quoted && unquote(text) === "") return null;
      throw new SalesforceError("INVALID_QUERY_FILTER_OPERATOR", `invalid ID field: ${unquote(text)}`);
    }
    default:
      if (!quoted) throw wrongType(written, field);
      return read(unquote(text) === "" ? null : unquote(text));
  }
}

function like(field: FieldDefinition, literals: readonly Literal[]): (value: FieldValue) => boolean {
  const [literal] = literals;
  if (literal?.type !== "STRING" || ["id", "reference", "multipicklist"].includes(field.type)) {
    throw new SalesforceError("INVALID_QUERY_FILTER_OPERATOR", "invalid operator on this kind of field");
  }
  const pattern = literal.text
    .slice(1, -1)
    .replace(/\\?[\s\S]/g, (part) =>
      part === "%" ? "[\\s\\S]*" : part === "_" ? "[\\s\\S]" : unescape(part).replace(/[.*+?^${}()|[\]\\]/, "\\$&"),
    );
  const expression = new RegExp(`^${pattern}$`, "i");
  return (value) => typeof value === "string" && expression.test(value);
}

function includes(
  field: FieldDefinition,
  operator: "INCLUDES" | "EXCLUDES",
  literals: readonly Literal[],
): (value: FieldValue) => boolean {
  if (field.type !== "multipicklist") throw malformed("INCLUDES and EXCLUDES work on multi-select picklists only");
  const wanted = literals.map(({ text }) => unquote(text).split(";"));
  return (value) => {
    const held = typeof value === "string" ? value.split(";") : [];
    return wanted.some((all) => all.every((one) => held.includes(one))) === (operator === "INCLUDES");
  };
}

function wrongType(written: string, field: FieldDefinition): SalesforceError {
  const names: Partial<Record<FieldType, string>> = { datetime: "dateTime", currency: "double", picklist: "string" };
  const type = names[field.type] ?? field.type;
  const quotes = ["boolean", "currency", "double", "int", "date", "datetime"].includes(field.type)
    ? "should not be enclosed in quotes"
    : "should be enclosed in quotes";
  return new SalesforceError(
    "INVALID_FIELD",
    `value of filter criterion for field '${written}' must be of type ${type} and ${quotes}`,
  );
}

function unquote(text: string): string {
  return text.slice(1, -1).replace(/\\[\s\S]/g, unescape);
}

function unescape(part: string): string {
  if (!part.startsWith("\\")) return part;
  const controls: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
  return controls[part.charAt(1).toLowerCase()] ?? part.charAt(1);
}
