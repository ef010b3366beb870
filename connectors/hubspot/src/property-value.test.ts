import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { canonicalId, compareIds, parseKeepingIds } from "./hubspot-id.ts";
import { withoutNoise } from "./property-value.ts";

describe("withoutNoise", () => {
  it.each([
    ["0.40000000000000002220446049250313", "0.4"],
    ["6000.00000000000033", "6000"],
    ["6000", "6000"],
    ["1234567890123456789", "1234567890123456789"],
    ["1.50", "1.5"],
    ["-0.10000000000000001", "-0.1"],
    ["100", "100"],
    ["much", "much"],
  ])("makes %s %s", (text, plain) => {
    expect(withoutNoise(text)).toBe(plain);
  });

  it("keeps every amount of money", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e13, max: 1e13 }), (cents) => {
        const amount = cents / 100;
        expect(Number(withoutNoise(amount.toFixed(25)))).toBe(amount);
        expect(withoutNoise(String(amount))).toBe(String(amount));
      }),
    );
  });
});

describe("ids", () => {
  it("are texts, however long", () => {
    expect(canonicalId("9007199254740993")).toBe("9007199254740993");
    expect(parseKeepingIds('{"id":9007199254740993,"at":12,"rate":0.5}')).toEqual({
      id: "9007199254740993",
      at: 12,
      rate: 0.5,
    });
  });

  it("are ordered as numbers", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 18n }), fc.bigInt({ min: 1n, max: 10n ** 18n }), (one, other) => {
        expect(Math.sign(compareIds(String(one), String(other)))).toBe(one < other ? -1 : one > other ? 1 : 0);
      }),
    );
  });
});
