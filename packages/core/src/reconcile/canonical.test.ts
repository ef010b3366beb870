import { describe, expect, it } from "@jest/globals";
import type { JsonValue } from "@cosell/connector";
import fc from "fast-check";
import type { TargetField } from "../target.ts";
import { canonical, sameCrmValue } from "./canonical.ts";

const field = (path: string, format: NonNullable<TargetField["format"]>): [string, TargetField] => [
  path,
  { path, type: "string", required: false, format, sensitive: false, calls: ["create", "update"] },
];
const fields = new Map([
  field("Amount", "decimal"),
  field("Day", "date"),
  field("At", "timestamp"),
  field("Email", "email"),
  field("Spend[].Amount", "decimal"),
]);
const equal = (path: string, a: JsonValue | undefined, b: JsonValue | undefined): boolean =>
  JSON.stringify(canonical(a, path, fields)) === JSON.stringify(canonical(b, path, fields));

describe("canonical", () => {
  it.each<[string, JsonValue | undefined, JsonValue | undefined]>([
    ["Amount", "531", "531.0"],
    ["Amount", "531.00", 531],
    ["Day", "2026-11-21", "2026-11-21T00:00:00Z"],
    ["At", "2026-11-21T01:00:00Z", "2026-11-21T01:00:00.000Z"],
    ["Email", "Ann@Example.com", "ann@example.com"],
    ["Name", "", undefined],
    ["Name", null, undefined],
    ["Names", [], undefined],
    ["Names", ["b", "a", "b"], ["a", "b"]],
    ["Spend", [{ Amount: "1.50", Note: null }], [{ Amount: "1.5" }]],
    ["Address", { City: "", Street: null }, undefined],
  ])("%s: %j equals %j", (path, a, b) => {
    expect(equal(path, a, b)).toBe(true);
  });

  it.each<[string, JsonValue, JsonValue]>([
    ["Name", "531", "531.0"],
    ["Amount", "531", "531.01"],
    ["Names", ["a"], ["a", "b"]],
    ["Name", "a", "A"],
    ["Flag", false, null],
  ])("%s: %j differs from %j", (path, a, b) => {
    expect(equal(path, a, b)).toBe(false);
  });

  it("is idempotent for any value, and never throws", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom("Amount", "Day", "At", "Email", "Other"), (value, path) => {
        const once = canonical(value as JsonValue, path, fields);
        expect(canonical(once, path, fields)).toEqual(once);
      }),
    );
  });

  it("does not see the order of a list", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (list) => {
        expect(equal("Names", list, [...list].reverse())).toBe(true);
      }),
    );
  });
});

describe("sameCrmValue", () => {
  it.each<[JsonValue | undefined, JsonValue | undefined, boolean]>([
    [12500, "12500.0", true],
    [null, "", true],
    [undefined, null, true],
    ["a\r\nb", "a\nb", true],
    [true, false, false],
    ["2026-11-21", "2026-11-22", false],
  ])("%j and %j: %s", (a, b, expected) => {
    expect(sameCrmValue(a, b)).toBe(expected);
  });
});
