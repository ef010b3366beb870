import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "@jest/globals";
import { type Clock, failureOf } from "@cosell/connector";
import fc from "fast-check";
import { createMemoryQuotaGate } from "./index.ts";

/** A clock on which sleeping is what makes time pass. */
function jumpingClock(start = 1_000_000): Clock & { jump(milliseconds: number): void } {
  let now = start;
  return {
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds;
    },
    jump: (milliseconds) => {
      now += milliseconds;
    },
  };
}

/** Most calls in any span of the given length. */
function mostWithin(times: readonly number[], span: number): number {
  return Math.max(0, ...times.map((from) => times.filter((time) => time >= from && time < from + span).length));
}

describe("the gate", () => {
  it("never lets more writes or reads through in a second than allowed, whatever the calls' order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ write: fc.boolean(), pause: fc.integer({ min: 0, max: 1500 }) }), { maxLength: 60 }),
        async (calls) => {
          const clock = jumpingClock();
          const gate = createMemoryQuotaGate({ clock });
          const [writes, reads]: [number[], number[]] = [[], []];
          const going: Promise<void>[] = [];
          for (const { write, pause } of calls) {
            clock.jump(pause);
            const sent = (): void => void (write ? writes : reads).push(clock.now());
            going.push(gate.acquire(write ? "UpdateOpportunity" : "GetOpportunity").then(sent));
            await nextTurn();
          }
          await Promise.all(going);
          expect(mostWithin(writes, 1000)).toBeLessThanOrEqual(1);
          expect(mostWithin(reads, 1000)).toBeLessThanOrEqual(10);
          expect(writes.length + reads.length).toBe(calls.length);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("is shared by all writes, and spaces them by a second and a margin", async () => {
    const clock = jumpingClock();
    const gate = createMemoryQuotaGate({ clock, marginMs: 20 });
    const times: number[] = [];
    for (const operation of ["CreateOpportunity", "AssociateOpportunity", "StartEngagementFromOpportunityTask"]) {
      await gate.acquire(operation);
      times.push(clock.now() - 1_000_000);
    }
    expect(times).toEqual([0, 1020, 2040]);
  });

  it("lets ten reads through at once", async () => {
    const clock = jumpingClock();
    const gate = createMemoryQuotaGate({ clock });
    for (let index = 0; index < 10; index++) await gate.acquire("ListOpportunities");
    expect(clock.now()).toBe(1_000_000);
    await gate.acquire("GetAwsOpportunitySummary");
    expect(clock.now()).toBe(1_001_050);
  });

  it("lets urgent calls go first, and equals in their order", async () => {
    const gate = createMemoryQuotaGate({ clock: jumpingClock() });
    const went: string[] = [];
    const call = (name: string, priority: "urgent" | "normal" | "background"): Promise<void> =>
      gate.acquire("UpdateOpportunity", { priority }).then(() => void went.push(name));
    await Promise.all([
      call("first", "background"),
      call("late 1", "background"),
      call("usual", "normal"),
      call("late 2", "background"),
      call("urgent 1", "urgent"),
      call("urgent 2", "urgent"),
    ]);
    expect(went).toEqual(["first", "urgent 1", "urgent 2", "usual", "late 1", "late 2"]);
  });

  it("starves nobody: a background call that has waited a minute goes before new urgent ones", async () => {
    const clock = jumpingClock();
    const gate = createMemoryQuotaGate({ clock });
    const went: string[] = [];
    await gate.acquire("UpdateOpportunity");
    const late = gate.acquire("UpdateOpportunity", { priority: "background" }).then(() => went.push("background"));
    const flood = async (): Promise<void> => {
      for (let index = 0; index < 100 && !went.includes("background"); index++) {
        await gate.acquire("UpdateOpportunity", { priority: "urgent" });
        went.push("urgent");
      }
    };
    await Promise.all([late, flood(), flood()]);
    expect(went.indexOf("background")).toBeGreaterThan(40);
    expect(went.indexOf("background")).toBeLessThan(100);
  });

  it("refuses when the day's budget is used up, says until when, and opens again", async () => {
    const clock = jumpingClock();
    const gate = createMemoryQuotaGate({ clock, limits: { write: { perSecond: 1, perDay: 3 } } });
    for (let index = 0; index < 3; index++) await gate.acquire("UpdateOpportunity");
    const day = 24 * 60 * 60 * 1000;
    const refused = await gate.acquire("UpdateOpportunity").catch(failureOf);
    expect(refused).toMatchObject({ kind: "quota", resetAt: 1_000_000 + day });
    await gate.acquire("GetOpportunity");
    clock.jump(day);
    await expect(gate.acquire("UpdateOpportunity")).resolves.toBeUndefined();
  });

  it("lets go who stops waiting, without spending anything", async () => {
    let wake = (): void => undefined;
    const clock: Clock = { now: () => 0, sleep: () => new Promise((resolve) => (wake = resolve)) };
    const gate = createMemoryQuotaGate({ clock });
    await gate.acquire("UpdateOpportunity");
    const stop = new AbortController();
    const waiting = gate.acquire("UpdateOpportunity", { signal: stop.signal }).catch(failureOf);
    stop.abort();
    expect(await waiting).toMatchObject({ kind: "aborted" });
    expect(await gate.acquire("UpdateOpportunity", { signal: stop.signal }).catch(failureOf)).toMatchObject({
      kind: "aborted",
    });
    wake();
  });

  it("does not wait for hours when the clock is set back", async () => {
    const clock = jumpingClock();
    const gate = createMemoryQuotaGate({ clock });
    await gate.acquire("UpdateOpportunity");
    clock.jump(-3_600_000);
    const before = clock.now();
    await gate.acquire("UpdateOpportunity");
    expect(clock.now() - before).toBeLessThanOrEqual(1050);
  });

  it("gives operations with a rate of their own a lane of their own", async () => {
    const clock = jumpingClock();
    const gate = createMemoryQuotaGate({ clock });
    for (let index = 0; index < 15; index++) await gate.acquire("CreateEngagement");
    await gate.acquire("GetProspectingFromEngagementTask");
    expect(clock.now()).toBe(1_000_000);
    await gate.acquire("CreateEngagement");
    expect(clock.now()).toBeGreaterThan(1_000_999);
  });
});
