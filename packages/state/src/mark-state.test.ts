import { describe, expect, it } from "@jest/globals";
import { answer, claim, clean, mark, release } from "./mark-state.ts";

describe("a link's place in the queue", () => {
  const marked = mark(mark(clean, 10, ["a"]), 20, ["b", "a"]);

  it("keeps the time of its oldest mark and each reason once", () => {
    expect(marked).toMatchObject({ markedAt: 10, reasons: ["a", "b"] });
  });

  it("a claim takes what stands; what comes later is kept apart and stands after the answer", () => {
    const worked = mark(claim(marked, "me", 100), 30, ["a"]);
    expect(worked).toMatchObject({ markedAt: 10, reasons: ["a", "b"], remarkedAt: 30, owner: "me", generation: 1 });
    expect(answer(worked)).toEqual({ ...clean, markedAt: 30, reasons: ["a"], generation: 1 });
  });

  it("a release, or a claim after it, has all reasons again", () => {
    const worked = mark(claim(marked, "me", 100), 30, ["c"]);
    expect(release(worked)).toEqual({ ...clean, markedAt: 10, reasons: ["a", "b", "c"], generation: 1 });
    expect(claim(worked, "you", 200)).toMatchObject({ reasons: ["a", "b", "c"], remarkReasons: [], generation: 2 });
  });

  it("an answered link that nobody marked is clean, but for the number of its claims", () => {
    expect(answer(claim(marked, "me", 100))).toEqual({ ...clean, generation: 1 });
  });
});
