import type { JsonObject, JsonValue } from "@cosell/connector";
import type { Condition, Literal } from "../document.ts";
import { valueAt } from "./compile-path.ts";
import type { Context } from "./context.ts";
import { failed, type Outcome, type Run } from "./run.ts";

export type Holds = (item: JsonObject, run: Run) => boolean;

/** Makes a condition ready. An absent value equals nothing, is in no list, and is neither greater nor less. */
export function compileCondition(condition: Condition, context: Pick<Context, "scope" | "targetAbove">): Holds {
  switch (condition.kind) {
    case "all": {
      const all = condition.of.map((part) => compileCondition(part, context));
      return (item, run) => {
        for (const holds of all) if (!holds(item, run)) return false;
        return true;
      };
    }
    case "any": {
      const any = condition.of.map((part) => compileCondition(part, context));
      return (item, run) => {
        for (const holds of any) if (holds(item, run)) return true;
        return false;
      };
    }
    case "not": {
      const holds = compileCondition(condition.of, context);
      return (item, run) => !holds(item, run);
    }
    case "test": {
      const target = context.targetAbove(condition.path.text);
      const test = compileTest(condition);
      if (target !== undefined) return (item, run) => test(target(item, run));
      const path = context.scope.path(condition.path.text, "item");
      return (item, run) => test(valueAt(path, item, run));
    }
  }
}

type Test = (value: Outcome) => boolean;

function compileTest({ comparison, operands }: Extract<Condition, { kind: "test" }>): Test {
  const [operand] = operands;
  const equal = equalsAny(operands);
  switch (comparison) {
    case "eq":
    case "in":
      return equal;
    case "ne":
    case "notIn":
      return (value) => !equal(value);
    case "exists": {
      const wanted = operand?.value === true;
      return (value) => (value !== undefined && value !== failed) === wanted;
    }
    case "gt":
      return ordered(operand, (order) => order > 0);
    case "gte":
      return ordered(operand, (order) => order >= 0);
    case "lt":
      return ordered(operand, (order) => order < 0);
    case "lte":
      return ordered(operand, (order) => order <= 0);
  }
}

/** A CRM may carry true and 1500 as texts, so spelling counts as well as value. A list equals what one of its items equals. */
function equalsAny(operands: readonly Literal[]): Test {
  const accepted = new Set<Outcome>(operands.flatMap(({ value, text }) => [value, text, String(value)]));
  const numbers = operands.flatMap(({ value }) => (typeof value === "number" ? [value] : []));
  const equal = (value: Outcome): boolean => {
    if (accepted.has(value)) return true;
    if (typeof value === "number" || typeof value === "boolean") return accepted.has(String(value));
    return numbers.length > 0 && typeof value === "string" && value !== "" && numbers.includes(Number(value));
  };
  return (value) => (Array.isArray(value) ? value.some((item: JsonValue) => equal(item)) : equal(value));
}

/** Numbers by size where the operand is one, else texts by their letters: right for ISO dates. */
function ordered(operand: Literal | undefined, wanted: (order: number) => boolean): Test {
  if (operand === undefined) return () => false;
  const { value: limit, text } = operand;
  return (value) => {
    if (typeof value !== "string" && typeof value !== "number") return false;
    if (typeof limit === "number") {
      const number = Number(value);
      return !Number.isNaN(number) && wanted(number - limit);
    }
    const given = String(value);
    return wanted(given < text ? -1 : given > text ? 1 : 0);
  };
}
