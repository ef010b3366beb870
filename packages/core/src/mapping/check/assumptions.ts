import type { Literal } from "../document.ts";
import type { Test } from "./subject.ts";

/** What the tests passed so far say about one thing. */
export interface Fact {
  /** It has a value, or it has none. Absent: either. */
  readonly present?: boolean;
  /** The only values that are left to it. */
  readonly left?: ReadonlySet<string>;
  readonly refused?: Refused;
  readonly low?: Limit;
  readonly high?: Limit;
}

/** Values that it does not have; in links, so that a long `choose` does not copy them for every option. */
interface Refused {
  readonly values: readonly string[];
  readonly before: Refused | undefined;
}

interface Limit {
  readonly value: number | string;
  readonly isOpen: boolean;
}

/** What is known where a condition stands. What is assumed inside an alternative goes no further. */
export interface Assumptions {
  readonly facts: Map<string, Fact>;
  readonly outer: Assumptions | undefined;
}

/** Assumes nothing beyond what holds outside. */
export function assumeWithin(outer: Assumptions | undefined): Assumptions {
  return { facts: new Map(), outer };
}

/** What is known of a thing. */
export function factOf(key: string, { facts, outer }: Assumptions): Fact {
  return facts.get(key) ?? (outer === undefined ? {} : factOf(key, outer));
}

/** What is known after one more test, or why it can never pass. `values` are all that the thing can have. */
export function afterTest(
  fact: Fact,
  test: Test,
  values: readonly string[] | undefined,
  isSingle: boolean,
): Fact | string {
  const { comparison, operands } = test;
  switch (comparison) {
    case "exists": {
      const present = operands[0]?.value === true;
      if (fact.present !== undefined && fact.present !== present) return absentAndPresent;
      return settle({ ...fact, present }, values);
    }
    case "eq":
    case "in": {
      if (fact.present === false) return absentAndPresent;
      if (!isSingle) return { ...fact, present: true };
      const wanted = new Set(operands.map(keyOf));
      const left = fact.left === undefined ? wanted : new Set([...fact.left].filter((value) => wanted.has(value)));
      return settle({ ...fact, present: true, left }, values);
    }
    case "ne":
    case "notIn": {
      const refused = { values: operands.map(keyOf), before: fact.refused };
      return settle({ ...fact, refused }, values);
    }
    case "gt":
    case "gte":
    case "lt":
    case "lte": {
      if (fact.present === false) return absentAndPresent;
      const [operand] = operands;
      if (operand === undefined || !isSingle) return { ...fact, present: true };
      const limit = { value: limitOf(operand), isOpen: comparison === "gt" || comparison === "lt" };
      const isLow = comparison === "gt" || comparison === "gte";
      const { low, high } = fact;
      if (isLow) return settle({ ...fact, present: true, low: tighter(limit, low, 1) }, values);
      return settle({ ...fact, present: true, high: tighter(limit, high, -1) }, values);
    }
  }
}

/** The values that a fact leaves of some. */
export function leftOf(values: readonly string[], { left, refused }: Fact): readonly string[] {
  if (left === undefined && refused === undefined) return values;
  return values.filter((value) => left?.has(value) !== false && !isRefused(value, refused));
}

const absentAndPresent = "cannot both be absent and have a value";
const nothingLeft = "has no value that passes all of these tests";

/** A number counts by its size, everything else by its spelling. */
function keyOf({ value, text }: Literal): string {
  return typeof value === "number" ? String(value) : text;
}

function limitOf({ value, text }: Literal): number | string {
  return typeof value === "number" ? value : text;
}

function tighter(limit: Limit, known: Limit | undefined, sign: 1 | -1): Limit {
  if (known === undefined || typeof known.value !== typeof limit.value) return limit;
  const order = compare(limit.value, known.value) * sign;
  return order > 0 || (order === 0 && limit.isOpen) ? limit : known;
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Draws the conclusion: is any value left? */
function settle(fact: Fact, values: readonly string[] | undefined): Fact | string {
  const { present, left, refused, low, high } = fact;
  if (present !== true) return fact;
  if (low !== undefined && high !== undefined && typeof low.value === typeof high.value) {
    const order = compare(low.value, high.value);
    if (order > 0 || (order === 0 && (low.isOpen || high.isOpen))) return nothingLeft;
  }
  if (left !== undefined) {
    const kept = new Set([...left].filter((value) => !isRefused(value, refused) && isBetween(value, low, high)));
    return kept.size === 0 ? nothingLeft : { ...fact, left: kept };
  }
  if (refused !== undefined && values !== undefined && values.every((value) => isRefused(value, refused)))
    return nothingLeft;
  return fact;
}

function isRefused(value: string, refused: Refused | undefined): boolean {
  for (let link = refused; link !== undefined; link = link.before) if (link.values.includes(value)) return true;
  return false;
}

function isBetween(text: string, low: Limit | undefined, high: Limit | undefined): boolean {
  return (low === undefined || passes(text, low, 1)) && (high === undefined || passes(text, high, -1));
}

function passes(text: string, { value, isOpen }: Limit, sign: 1 | -1): boolean {
  const given = typeof value === "number" ? Number(text) : text;
  const order = compare(given, value) * sign;
  return order > 0 || (order === 0 && !isOpen);
}
