import type { JsonValue } from "@cosell/connector";
import { isList, isObject } from "../../json-path.ts";

/** One place where what came out is not what was expected. An absent side is `undefined`. */
export interface Difference {
  /** From the expectation's member on: `payload.Customer.Contacts[0].Email`. */
  readonly path: string;
  readonly expected: JsonValue | undefined;
  readonly actual: JsonValue | undefined;
}

/** Every place where two values differ, as deep inside as they can be told apart. Key order does not count. */
export function differencesOf(
  path: string,
  expected: JsonValue | undefined,
  actual: JsonValue | undefined,
): readonly Difference[] {
  if (isObject(expected) && isObject(actual)) {
    const members = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...members].flatMap((member) =>
      differencesOf(`${path}.${member}`, own(expected, member), own(actual, member)),
    );
  }
  if (isList(expected) && isList(actual)) {
    const length = Math.max(expected.length, actual.length);
    return Array.from({ length }, (_, index) => index).flatMap((index) =>
      differencesOf(`${path}[${index}]`, expected[index], actual[index]),
    );
  }
  return expected === actual ? [] : [{ path, expected, actual }];
}

/** A member that is really there: a record may have one called `constructor`. */
function own(object: Readonly<Record<string, JsonValue>>, member: string): JsonValue | undefined {
  return Object.hasOwn(object, member) ? object[member] : undefined;
}
