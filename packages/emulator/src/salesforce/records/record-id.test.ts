import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { canonicalId, recordId } from "./record-id.ts";

describe("a record id", () => {
  it("has the checksum that Salesforce gives", () => {
    // An id as Salesforce's own documentation prints it.
    expect(canonicalId("001D000000IqhSL")).toBe("001D000000IqhSLIAZ");
  });

  it("is the same from 15 and from 18 characters, and one number has one id", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (left, right) => {
        const id = recordId("006", left);
        expect(id).toHaveLength(18);
        expect(canonicalId(id)).toBe(id);
        expect(canonicalId(id.slice(0, 15))).toBe(id);
        expect(recordId("006", right) === id).toBe(left === right);
      }),
    );
  });

  it.each(["", "006", "0065g0000000001AA", "0065g0000000001AAB", "0065g-000000001AAA"])("is not %j", (text) => {
    expect(canonicalId(text)).toBeUndefined();
  });
});
