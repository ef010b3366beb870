import type { Condition } from "../document.ts";
import { parseDecimal } from "../steps/decimal-text.ts";
import { instantOf, isCalendarDate } from "../steps/instant.ts";
import { afterTest, type Assumptions, assumeWithin, factOf } from "./assumptions.ts";
import { meantBoolean, shown } from "./check-literal.ts";
import type { CheckContext } from "./context.ts";
import type { FindSubject, Subject, Test } from "./subject.ts";

/**
 * Checks a condition: what it names, the values that it compares with, and whether it can hold at all where it stands.
 * Returns what may be assumed wherever it does hold.
 */
export function checkCondition(
  condition: Condition,
  find: FindSubject,
  outer: Assumptions | undefined,
  context: CheckContext,
): Assumptions {
  checkTests(condition, find, context);
  const inner = assumeWithin(outer);
  assume(condition, { find, context, isNegated: false }, inner);
  return inner;
}

/**
 * Lets `assumptions` know that a condition does not hold: what is left for the options below it. Returns whether anything
 * can be left at all.
 */
export function assumeOtherwise(
  condition: Condition,
  find: FindSubject,
  assumptions: Assumptions,
  context: CheckContext,
): boolean {
  const silent = { ...context, report: () => undefined };
  return assume(condition, { find, context: silent, isNegated: true }, assumptions);
}

function checkTests(condition: Condition, find: FindSubject, context: CheckContext): void {
  switch (condition.kind) {
    case "all":
    case "any":
      for (const part of condition.of) checkTests(part, find, context);
      return;
    case "not":
      checkTests(condition.of, find, context);
      return;
    case "test": {
      const subject = find(condition.path);
      if (subject !== undefined && condition.comparison !== "exists") checkOperands(condition, subject, context);
    }
  }
}

function checkOperands({ comparison, operands }: Test, subject: Subject, { report }: CheckContext): void {
  const isOrder = comparison !== "eq" && comparison !== "ne" && comparison !== "in" && comparison !== "notIn";
  for (const operand of operands) {
    const wanted = wantedOf(subject.form, operand.text, isOrder);
    if (wanted !== undefined)
      report(operand.at, {
        code: "wrong-type",
        message: `${subject.name} is ${wanted}, and ${shown(operand)} is not.`,
        suggestion: subject.form === "boolean" && !isOrder ? meantBoolean(operand.text) : undefined,
      });
    else if (!isOrder) subject.checkOperand(operand);
  }
}

/** What the thing is, where the operand is not. */
function wantedOf(form: Subject["form"], text: string, isOrder: boolean): string | undefined {
  switch (form) {
    case "number":
    case "integer":
      return parseDecimal(text) === undefined ? "a number" : undefined;
    case "day":
      return isCalendarDate(text) ? undefined : "a date such as 2026-12-31";
    case "time":
      return isCalendarDate(text) || instantOf(text) !== undefined ? undefined : "a time such as 2026-12-31T12:00:00Z";
    case "boolean":
      if (isOrder) return "true or false, which has no order";
      return text === "true" || text === "false" ? undefined : "true or false";
    case "text":
    case "prose":
    case undefined:
      return undefined;
  }
}

interface Walk {
  readonly find: FindSubject;
  readonly context: CheckContext;
  readonly isNegated: boolean;
}

/** Adds what a condition says to the assumptions. `false`: it can never hold. */
function assume(condition: Condition, walk: Walk, assumptions: Assumptions): boolean {
  const { isNegated } = walk;
  switch (condition.kind) {
    case "not":
      return assume(condition.of, { ...walk, isNegated: !isNegated }, assumptions);
    case "test":
      return assumeTest(isNegated ? opposite(condition) : condition, walk, assumptions);
    case "all":
    case "any":
      return (condition.kind === "all") === isNegated
        ? assumeAny(condition.of, walk, assumptions)
        : assumeAll(condition.of, walk, assumptions);
  }
}

/** Alternatives come last, so that they are judged with all that is certain. */
function assumeAll(parts: readonly Condition[], walk: Walk, assumptions: Assumptions): boolean {
  const isAlternative = ({ kind }: Condition) => kind === (walk.isNegated ? "all" : "any");
  const certain = parts.filter((part) => !isAlternative(part)).map((part) => assume(part, walk, assumptions));
  const open = parts.filter(isAlternative).map((part) => assume(part, walk, assumptions));
  return [...certain, ...open].every(Boolean);
}

function assumeAny(parts: readonly Condition[], walk: Walk, assumptions: Assumptions): boolean {
  const [only, ...more] = parts;
  if (only !== undefined && more.length === 0) return assume(only, walk, assumptions);
  return parts.length === 0 || parts.map((part) => assume(part, walk, assumeWithin(assumptions))).some(Boolean);
}

function assumeTest(test: Test | undefined, { find, context }: Walk, assumptions: Assumptions): boolean {
  const subject = test && find(test.path);
  if (test === undefined || subject === undefined) return true;
  const { key, name, values, isSingle } = subject;
  const after = afterTest(factOf(key, assumptions), test, values, isSingle);
  if (typeof after !== "string") {
    assumptions.facts.set(key, after);
    return true;
  }
  context.report(test.path.at, {
    severity: "warning",
    code: "never-holds",
    message: `${name} ${after}: this can never be so.`,
  });
  return false;
}

/** The test that holds where this one does not. Of an order, nothing certain is left: the value may be absent. */
function opposite(test: Test): Test | undefined {
  const { comparison, operands } = test;
  switch (comparison) {
    case "eq":
      return { ...test, comparison: "ne" };
    case "ne":
      return { ...test, comparison: "eq" };
    case "in":
      return { ...test, comparison: "notIn" };
    case "notIn":
      return { ...test, comparison: "in" };
    case "exists":
      return {
        ...test,
        operands: operands.map((operand) => ({ ...operand, value: operand.value !== true })),
      };
    case "gt":
    case "gte":
    case "lt":
    case "lte":
      return undefined;
  }
}
