import type { FieldFunctionExpression, FunctionExp } from "@jetstreamapp/soql-parser-js";
import type { FieldValue } from "../document.ts";
import type { Org } from "../org.ts";
import type { StoredRecord } from "../records/record-store.ts";
import { field, type FieldDefinition } from "../schema/field.ts";
import type { ObjectDefinition } from "../schema/object.ts";
import { orderedOf } from "./comparison.ts";
import { resolvePath } from "./field-path.ts";
import { malformed } from "./parse.ts";

/** A function over a group of records. */
export interface Aggregate {
  /** What its value is like, for comparing it. */
  readonly field: FieldDefinition;
  readonly value: (records: readonly StoredRecord[]) => FieldValue;
}

/** Compiles `COUNT(Id)`, `COUNT_DISTINCT`, `SUM`, `AVG`, `MIN` and `MAX`. Throws `MALFORMED_QUERY` for any other function. */
export function compileAggregate(
  org: Org,
  object: ObjectDefinition,
  { functionName = "", parameters = [], rawValue = functionName }: FieldFunctionExpression | FunctionExp,
): Aggregate {
  const [written] = parameters;
  if (typeof written !== "string" || parameters.length > 1) {
    throw malformed(`${rawValue} is not supported by the emulator`);
  }
  const path = resolvePath(org, object, written);
  const { type } = path.field;
  const read = orderedOf(org, type);
  const filled = (records: readonly StoredRecord[]): readonly FieldValue[] =>
    records.map((record) => path.value(record)).filter((value) => value !== null);
  const whole = field("int", rawValue);
  const name = functionName.toUpperCase();
  switch (name) {
    case "COUNT":
      return { field: whole, value: (records) => filled(records).length };
    case "COUNT_DISTINCT":
      return { field: whole, value: (records) => new Set(filled(records).map(read)).size };
    case "SUM":
    case "AVG":
      if (!["currency", "double", "int"].includes(type))
        throw malformed(`field ${written} does not support aggregate operator ${name}`);
      return {
        field: field("double", rawValue),
        value: (records) => {
          const numbers = filled(records).map(Number);
          if (numbers.length === 0) return null;
          const sum = numbers.reduce((total, number) => total + number, 0);
          return Math.round((name === "SUM" ? sum : sum / numbers.length) * 100) / 100;
        },
      };
    case "MIN":
    case "MAX":
      if (type === "boolean") throw malformed(`field ${written} does not support aggregate operator ${name}`);
      return { field: path.field, value: (records) => outermost(filled(records), read, name === "MIN" ? -1 : 1) };
    default:
      throw malformed(`${rawValue} is not supported by the emulator`);
  }
}

function outermost(
  values: readonly FieldValue[],
  read: (value: FieldValue) => string | number | null,
  direction: -1 | 1,
): FieldValue {
  return values.reduce<FieldValue>((best, value) => {
    const [one, other] = [read(value), read(best)];
    if (one === null) return best;
    if (other === null) return value;
    return (direction === 1 ? one > other : one < other) ? value : best;
  }, null);
}
