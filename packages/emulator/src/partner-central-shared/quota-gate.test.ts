import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { createQuotaGate } from "./quota-gate.ts";
import { Refusal } from "./refusal.ts";

const second = 1000;
const day = 24 * 3600 * second;

/** How many of these calls get through. */
function passed(times: readonly number[], operation: string): readonly number[] {
  const gate = createQuotaGate();
  return times.filter((now) => {
    try {
      gate.pass("111122223333", operation, now);
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.name === "ThrottlingException") return false;
      throw error;
    }
  });
}

describe("the quota gate", () => {
  it("never lets more through in any second than AWS's rate", () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 1500 }), { maxLength: 200 });
    fc.assert(
      fc.property(
        gaps,
        fc.constantFrom(["UpdateOpportunity", 1] as const, ["GetOpportunity", 10] as const),
        (list, [operation, rate]) => {
          let now = 0;
          const times = list.map((gap) => (now += gap));
          const through = passed(times, operation);
          for (const start of through) {
            expect(through.filter((time) => time >= start && time < start + second).length).toBeLessThanOrEqual(rate);
          }
          expect(through.length > 0 || times.length === 0).toBe(true);
        },
      ),
    );
  });

  it("ends after 10,000 writes in 24 hours, and opens again as they grow old", () => {
    const steady = Array.from({ length: 10_001 }, (_, index) => index * second);
    expect(passed(steady, "CreateOpportunity")).toHaveLength(10_000);
    expect(passed([...steady, day - 1, day, day], "CreateOpportunity").slice(10_000)).toEqual([day]);
  });

  it("counts reads and writes apart, and other operations by themselves", () => {
    const gate = createQuotaGate();
    for (const operation of ["CreateOpportunity", "GetOpportunity", "ListEngagements"]) gate.pass("a", operation, 0);
    expect(() => gate.pass("a", "AssociateOpportunity", 0)).toThrow(Refusal);
    expect(() => gate.pass("b", "AssociateOpportunity", 0)).not.toThrow();
  });
});
