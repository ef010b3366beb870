import { describe, expect, it } from "@jest/globals";
import type { JsonValue } from "@cosell/connector";
import fc from "fast-check";
import { isDeepStrictEqual } from "node:util";
import { differencesOf } from "./differences.ts";

const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);

describe("differencesOf", () => {
  it("is empty for equal values, and only for those", () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        expect(differencesOf("it", one, structuredClone(one))).toEqual([]);
        expect(differencesOf("it", one, other).length === 0).toBe(isDeepStrictEqual(one, other));
      }),
    );
  });

  it("names the same places from either side", () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        const there = differencesOf("it", one, other).map(({ path, expected, actual }) => [path, expected, actual]);
        const back = differencesOf("it", other, one).map(({ path, expected, actual }) => [path, actual, expected]);
        const byPath = (list: readonly unknown[][]) =>
          list.toSorted((a, b) => String(a[0]).localeCompare(String(b[0])));
        expect(byPath(there)).toEqual(byPath(back));
      }),
    );
  });
});
