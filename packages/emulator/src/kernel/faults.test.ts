import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { createFaults } from "./faults.ts";
import { createRequestLog } from "./request-log.ts";

describe("fault rules", () => {
  it("strike only the server and operation that they name, so often as they say", () => {
    const faults = createFaults();
    faults.set([
      { server: "a", operation: "Read", kind: "throttle", times: 2 },
      { server: "a", kind: "latency" },
    ]);

    expect(faults.strike("b", "Read")).toBeUndefined();
    expect([1, 2, 3].map(() => faults.strike("a", "Read")?.kind)).toEqual(["throttle", "throttle", "latency"]);
    expect(faults.strike("a", "Write")?.kind).toBe("latency");
    expect(faults.rules()).toEqual([{ server: "a", kind: "latency" }]);
  });

  it("strike by chance, the same way for the same seed", () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), (seed, probability) => {
        const strikes = () => {
          const faults = createFaults({ seed });
          faults.set([{ kind: "stall", probability }]);
          return Array.from({ length: 50 }, () => faults.strike("a", "b") !== undefined);
        };
        expect(strikes()).toEqual(strikes());
      }),
    );
    const faults = createFaults({ seed: 7 });
    faults.set([{ kind: "stall", probability: 0.25 }]);
    const struck = Array.from({ length: 4000 }, () => faults.strike("a", "b")).filter(Boolean).length;
    expect(struck).toBeGreaterThan(900);
    expect(struck).toBeLessThan(1100);
  });
});

describe("the request log", () => {
  it("gives what came after a sequence, also when the oldest are forgotten", () => {
    const log = createRequestLog();
    const entry = { server: "a", operation: "b", at: 0, status: 200 };
    for (let count = 0; count < 200_001; count++) log.add(entry);

    expect(log.last).toBe(200_001);
    expect(log.since(199_999).map(({ sequence }) => sequence)).toEqual([200_000, 200_001]);
    expect(log.since()[0]?.sequence).toBe(100_002);
    expect(log.since(300_000)).toEqual([]);
  });
});
