import { describe, expect, it } from "@jest/globals";
import { dueAt } from "./mark-priority.ts";
import { answer, claim, clean, mark, release } from "./mark-state.ts";

describe("a link's place in the queue", () => {
  const marked = mark(mark(clean, 10, ["a"]), 20, ["b", "a"]);
  const normal = { dueAt: dueAt(10, "normal"), priority: "normal" } as const;

  it("keeps the time of its oldest mark and each reason once", () => {
    expect(marked).toMatchObject({ markedAt: 10, reasons: ["a", "b"], ...normal });
  });

  it("a claim takes what stands; what comes later is kept apart and stands after the answer", () => {
    const worked = mark(claim(marked, "me", 100), 30, ["a"], "low");
    expect(worked).toMatchObject({ markedAt: 10, reasons: ["a", "b"], remarkedAt: 30, owner: "me", generation: 1 });
    expect(answer(worked)).toEqual({
      ...clean,
      markedAt: 30,
      dueAt: dueAt(30, "low"),
      priority: "low",
      reasons: ["a"],
      generation: 1,
    });
  });

  it("a release, or a claim after it, has all reasons again", () => {
    const worked = mark(claim(marked, "me", 100), 30, ["c"]);
    expect(release(worked)).toEqual({ ...clean, ...normal, markedAt: 10, reasons: ["a", "b", "c"], generation: 1 });
    expect(claim(worked, "you", 200)).toMatchObject({ reasons: ["a", "b", "c"], remarkReasons: [], generation: 2 });
  });

  it("an answered link that nobody marked is clean, but for the number of its claims", () => {
    expect(answer(claim(marked, "me", 100))).toEqual({ ...clean, generation: 1 });
  });

  it("takes the most urgent of its marks, also of one that came during the work when that is given back", () => {
    const urgent = mark(marked, 40, ["c"], "urgent");
    expect(urgent).toMatchObject({ markedAt: 10, dueAt: 40, priority: "urgent" });
    expect(mark(urgent, 50, ["d"], "low")).toMatchObject({ dueAt: 40, priority: "urgent" });
    const worked = mark(claim(marked, "me", 100), 40, ["c"], "urgent");
    expect(release(worked)).toMatchObject({ dueAt: 40, priority: "urgent", remarkPriority: undefined });
  });
});
