import { failureOf } from "@cosell/connector";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { canonicalId } from "./salesforce-id.ts";

const shortId = fc.stringMatching(/^[a-zA-Z0-9]{15}$/);

describe("canonicalId", () => {
  it("gives Salesforce's own 18-character form", () => {
    expect(canonicalId("0017000000hOMCh")).toBe("0017000000hOMChAAO");
  });

  it("makes every spelling of one id equal", () => {
    fc.assert(
      fc.property(shortId, (id) => {
        const long = canonicalId(id);
        expect(long.slice(0, 15)).toBe(id);
        expect(canonicalId(long)).toBe(long);
        expect(canonicalId(long.toLowerCase())).toBe(long);
        expect(canonicalId(long.toUpperCase())).toBe(long);
      }),
    );
  });

  it.each(["", "0017000000hOMC", "0017000000hOMCh'OR", "001700000000000AAB", "0017000000hOMChAA9"])(
    "refuses %p, which is no id",
    (text) => {
      let thrown: unknown;
      try {
        canonicalId(text);
      } catch (error) {
        thrown = error;
      }
      expect(failureOf(thrown)).toMatchObject({ kind: "invalid", code: "MALFORMED_ID" });
    },
  );
});
