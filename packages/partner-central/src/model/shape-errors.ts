import { valuesBeyondEnums } from "./enums.ts";
import type { ServiceModel, Shape } from "./service-model.ts";

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

/** What a value is held against. */
export interface ShapeRules {
  readonly model: ServiceModel;
  /** The only values that a text may have at places where the model allows any, by the place in the model (`Contacts[].Email`). */
  readonly closed: ReadonlyMap<string, ReadonlySet<string>>;
  /** What a member that the model does not have is: AWS ignores it in an input, and never sends one. */
  readonly unknownMembers: "ignored" | "wrong";
  /** What a pattern wants, for people, by the name of the shape. @defaultValue the pattern itself */
  readonly hints?: Readonly<Record<string, string>>;
}

/**
 * Everything that is wrong with a value by the shape of that name: all at once, in the model's order. Null counts as absent.
 * Total: never throws for any JSON, and takes time linear in its size.
 */
export function shapeErrors(name: string, value: unknown, rules: ShapeRules): readonly ValidationError[] {
  const errors: ValidationError[] = [];
  const report: Report = (fieldName, code, message) => errors.push({ fieldName, code, message });
  check({ rules, name, value, path: "", rule: "", report });
  return errors;
}

type Report = (fieldName: string, code: ValidationCode, message: string) => void;

/** One value at one place. */
interface Place {
  readonly rules: ShapeRules;
  /** The shape's name. */
  readonly name: string;
  readonly value: unknown;
  /** The very place: `Contacts[0]`. */
  readonly path: string;
  /** The place in the model: `Contacts[]`. */
  readonly rule: string;
  readonly report: Report;
}

function check(place: Place): void {
  const { rules, name, value, path, rule, report } = place;
  const shape = rules.model.shapes[name];
  switch (shape?.type) {
    case undefined:
      throw new TypeError(`The service model has no shape ${name}.`);
    case "structure":
      if (!isObject(value)) report(path, "INVALID_VALUE", "Must be an object.");
      else structure(shape, value, place);
      return;
    case "list":
      if (!Array.isArray(value)) {
        report(path, "INVALID_VALUE", "Must be a list.");
        return;
      }
      size(shape, value.length, place);
      value.forEach((item: unknown, index) => {
        if (!absent(item)) {
          check({ ...place, name: shape.item, value: item, path: `${path}[${index}]`, rule: `${rule}[]` });
        }
      });
      return;
    case "map":
      if (!isObject(value)) {
        report(path, "INVALID_VALUE", "Must be an object.");
        return;
      }
      size(shape, Object.keys(value).length, place);
      for (const [key, item] of Object.entries(value)) {
        if (!absent(item)) {
          check({ ...place, name: shape.value, value: item, path: `${path}.${key}`, rule: `${rule}{}` });
        }
      }
      return;
    case "string":
      if (typeof value !== "string") report(path, "INVALID_VALUE", "Must be a text.");
      else text(shape, value, place);
      return;
    case "integer":
      if (!Number.isInteger(value)) report(path, "INVALID_VALUE", "Must be a whole number.");
      else range(shape, value as number, place);
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
  place: Place,
): void {
  const { rules, path, rule, report } = place;
  const below = (member: string, parent: string): string => (parent === "" ? member : `${parent}.${member}`);
  let present = 0;
  for (const [member, name] of Object.entries(shape.members)) {
    const at = below(member, path);
    const given = Object.hasOwn(value, member) ? value[member] : undefined;
    if (!absent(given)) {
      present++;
      check({ ...place, name, value: given, path: at, rule: below(member, rule) });
    } else if (shape.required?.includes(member)) {
      report(at, "REQUIRED_FIELD_MISSING", "Must be present.");
    }
  }
  if (shape.union === true && present !== 1) {
    report(path, "INVALID_VALUE", `Must have exactly one of ${Object.keys(shape.members).join(", ")}.`);
  }
  if (rules.unknownMembers === "ignored") return;
  for (const member of Object.keys(value)) {
    if (!Object.hasOwn(shape.members, member)) report(below(member, path), "INVALID_VALUE", "Is not in the model.");
  }
}

function text(shape: Extract<Shape, { type: "string" }>, value: string, place: Place): void {
  const { rules, name, path, rule, report } = place;
  if (shape.enum?.includes(value) === false && !isBeyondEnum(name, value)) {
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
    report(path, "INVALID_STRING_FORMAT", rules.hints?.[name] ?? `Must match ${shape.pattern}.`);
  } else if (rules.closed.get(rule)?.has(value) === false) {
    report(path, "INVALID_ENUM_VALUE", listed);
  }
}

function size(shape: { min?: number; max?: number }, count: number, { path, report }: Place): void {
  if (count < (shape.min ?? 0)) report(path, "NOT_ENOUGH_VALUES", `Must have at least ${shape.min ?? 0} values.`);
  if (count > (shape.max ?? Infinity)) report(path, "TOO_MANY_VALUES", `Must have at most ${shape.max ?? 0} values.`);
}

function range(shape: { min?: number; max?: number }, value: number, { path, report }: Place): void {
  const min = shape.min ?? -Infinity;
  const max = shape.max ?? Infinity;
  if (value < min || value > max) report(path, "VALUE_OUT_OF_RANGE", `Must be ${bounds(min, max)}.`);
}

function bounds(min: number, max: number): string {
  return max === Infinity ? `at least ${min}` : `${min} to ${max}`;
}

function isBeyondEnum(enumName: string, value: string): boolean {
  return valuesBeyondEnums.some((row) => row.enumName === enumName && row.value === value);
}

const listed = "Must be one of the values that AWS lists.";
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;
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
