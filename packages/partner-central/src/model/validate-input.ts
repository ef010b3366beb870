import { closedLists } from "./value-lists.ts";
import { acceptedValues } from "./enums.ts";
import { selling } from "./generated/selling.ts";
import { shapeOf } from "./operations.ts";
import { patternHints } from "./pattern-hints.ts";
import type { Shape } from "./service-model.ts";

/** The codes that AWS uses in `ValidationException.ErrorList`. */
export type ValidationCode =
  | "REQUIRED_FIELD_MISSING"
  | "INVALID_ENUM_VALUE"
  | "INVALID_STRING_FORMAT"
  | "INVALID_VALUE"
  | "NOT_ENOUGH_VALUES"
  | "TOO_MANY_VALUES"
  | "INVALID_RESOURCE_STATE"
  | "DUPLICATE_KEY_VALUE"
  | "VALUE_OUT_OF_RANGE"
  | "ACTION_NOT_PERMITTED";

/** One entry of AWS's `ErrorList`, in our spelling. */
export interface ValidationError {
  /** `Customer.Contacts[0].Email`. */
  readonly fieldName: string;
  readonly code: ValidationCode;
  /** What is wrong and what is wanted, without the value. */
  readonly message: string;
}

type Report = (fieldName: string, code: ValidationCode, message: string) => void;

/**
 * Everything in an input that AWS's model, or a list of values that AWS closes in its documentation, does not allow: all
 * errors at once, in the model's order. Unknown members are ignored and null counts as absent, as AWS does. Total: never
 * throws for any JSON, and takes time linear in its size. An operation that does not exist has no rules.
 */
export function validateInput(operation: string, input: unknown): readonly ValidationError[] {
  const shapes = Object.hasOwn(selling.operations, operation) ? selling.operations[operation] : undefined;
  if (shapes === undefined) return [];
  const errors: ValidationError[] = [];
  check(shapes.input, input, "", "", (fieldName, code, message) => errors.push({ fieldName, code, message }));
  return errors;
}

/** `path` names the very place (`Contacts[0]`), `rule` the place in the model (`Contacts[]`). */
function check(name: string, value: unknown, path: string, rule: string, report: Report): void {
  const shape = shapeOf(name);
  switch (shape.type) {
    case "structure":
      if (!isObject(value)) report(path, "INVALID_VALUE", "Must be an object.");
      else structure(shape, value, path, rule, report);
      return;
    case "list":
      if (!Array.isArray(value)) {
        report(path, "INVALID_VALUE", "Must be a list.");
        return;
      }
      size(shape, value.length, path, report);
      value.forEach((item: unknown, index) => {
        if (!absent(item)) check(shape.item, item, `${path}[${index}]`, `${rule}[]`, report);
      });
      return;
    case "map":
      if (!isObject(value)) {
        report(path, "INVALID_VALUE", "Must be an object.");
        return;
      }
      size(shape, Object.keys(value).length, path, report);
      for (const [key, item] of Object.entries(value)) {
        if (!absent(item)) check(shape.value, item, `${path}.${key}`, `${rule}{}`, report);
      }
      return;
    case "string":
      if (typeof value !== "string") report(path, "INVALID_VALUE", "Must be a text.");
      else text(name, shape, value, path, rule, report);
      return;
    case "integer":
      if (!Number.isInteger(value)) report(path, "INVALID_VALUE", "Must be a whole number.");
      else range(shape, value as number, path, report);
      return;
    case "boolean":
      if (typeof value !== "boolean") report(path, "INVALID_VALUE", "Must be true or false.");
      return;
    case "timestamp":
      if (typeof value !== "string" || !timestamp.test(value) || Number.isNaN(Date.parse(value))) {
        report(path, "INVALID_STRING_FORMAT", "Must be a timestamp such as 2026-11-21T01:02:03.456Z.");
      }
      return;
  }
}

function structure(
  shape: Extract<Shape, { type: "structure" }>,
  value: Readonly<Record<string, unknown>>,
  path: string,
  rule: string,
  report: Report,
): void {
  let present = 0;
  for (const [member, memberShape] of Object.entries(shape.members)) {
    const at = path === "" ? member : `${path}.${member}`;
    const given = Object.hasOwn(value, member) ? value[member] : undefined;
    if (!absent(given)) {
      present++;
      check(memberShape, given, at, rule === "" ? member : `${rule}.${member}`, report);
    } else if (shape.required?.includes(member)) {
      report(at, "REQUIRED_FIELD_MISSING", "Must be present.");
    }
  }
  if (shape.union === true && present !== 1) {
    report(path, "INVALID_VALUE", `Must have exactly one of ${Object.keys(shape.members).join(", ")}.`);
  }
}

function text(
  name: string,
  shape: Extract<Shape, { type: "string" }>,
  value: string,
  path: string,
  rule: string,
  report: Report,
): void {
  if (shape.enum?.includes(value) === false && !acceptedValues(name).includes(value)) {
    report(path, "INVALID_ENUM_VALUE", listed);
    return;
  }
  // A character outside the basic plane counts once, though JavaScript stores it as two; past twice the limit nobody needs to count.
  const length = value.length > 2 * (shape.max ?? value.length) ? value.length : Array.from(value).length;
  const min = shape.min ?? 0;
  const max = shape.max ?? Infinity;
  if (length < min || length > max) {
    report(path, "VALUE_OUT_OF_RANGE", `Must have ${bounds(min, max)} characters.`);
  } else if (shape.pattern !== undefined && !compiled(shape.pattern).test(value)) {
    report(path, "INVALID_STRING_FORMAT", patternHints[name] ?? `Must match ${shape.pattern}.`);
  } else if (closed.get(rule)?.has(value) === false) {
    report(path, "INVALID_ENUM_VALUE", listed);
  }
}

function size(shape: { min?: number; max?: number }, count: number, path: string, report: Report): void {
  if (count < (shape.min ?? 0)) report(path, "NOT_ENOUGH_VALUES", `Must have at least ${shape.min ?? 0} values.`);
  if (count > (shape.max ?? Infinity)) report(path, "TOO_MANY_VALUES", `Must have at most ${shape.max ?? 0} values.`);
}

function range(shape: { min?: number; max?: number }, value: number, path: string, report: Report): void {
  const min = shape.min ?? -Infinity;
  const max = shape.max ?? Infinity;
  if (value < min || value > max) report(path, "VALUE_OUT_OF_RANGE", `Must be ${bounds(min, max)}.`);
}

function bounds(min: number, max: number): string {
  return max === Infinity ? `at least ${min}` : `${min} to ${max}`;
}

const listed = "Must be one of the values that AWS lists.";
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;
const closed = new Map(
  closedLists
    .filter((list) => list.refused)
    .map((list) => [list.path, new Set([...list.values, ...list.alsoTaken])] as const),
);
const patterns = new Map<string, RegExp>();

function compiled(pattern: string): RegExp {
  let expression = patterns.get(pattern);
  if (expression === undefined) {
    expression = new RegExp(pattern, "u");
    patterns.set(pattern, expression);
  }
  return expression;
}

function absent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
