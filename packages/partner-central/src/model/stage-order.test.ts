import { describe, expect, it } from "@jest/globals";
import { enums, lockPhaseOf, nextStage, stageMove, stageOrder, stagesAfter } from "./index.ts";

const stages = enums["Stage"] ?? [];
const statuses = enums["ReviewStatus"] ?? [];
const move = (reviewStatus: string, stage: string, next: string) =>
  stageMove({ reviewStatus, stage, origin: undefined }, next).lock;

describe("the order of stages", () => {
  it("has one row for every stage in every review status, and names AWS's stages only", () => {
    for (const reviewStatus of statuses) {
      for (const stage of stages) {
        const phase = lockPhaseOf({ reviewStatus, stage });
        const found = stageOrder.filter((row) => row.phases.includes(phase) && row.from.includes(stage));
        expect([reviewStatus, stage, found.length]).toEqual([reviewStatus, stage, 1]);
      }
    }
    for (const row of stageOrder) expect(stages).toEqual(expect.arrayContaining([...row.from, ...row.to]));
  });

  it("leaves a draft and an approved opportunity free, also to skip and to go back", () => {
    expect(stagesAfter("Qualified", "Pending Submission")).toHaveLength(stages.length - 1);
    expect(move("Approved", "Qualified", "Committed")).toBe("editable");
    expect(move("Approved", "Committed", "Prospect")).toBe("editable");
  });

  it("holds the stage in review, after the launch and after the loss; staying is no move", () => {
    expect(move("In review", "Qualified", "Committed")).toBe("locked");
    expect(move("Action Required", "Qualified", "Committed")).toBe("locked");
    expect(move("Approved", "Launched", "Qualified")).toBe("ignored");
    expect(move("Approved", "Closed Lost", "Qualified")).toBe("locked");
    expect(move("Approved", "Closed Lost", "Closed Lost")).toBe("editable");
  });

  it("leads an approved opportunity to its launch, stage by stage", () => {
    const way = ["Prospect"];
    for (let next = nextStage("Prospect", "Approved"); next !== undefined; next = nextStage(next, "Approved")) {
      way.push(next);
    }
    expect(way).toEqual(stages.filter((stage) => stage !== "Closed Lost"));
    expect(nextStage("Closed Lost", "Approved")).toBeUndefined();
    expect(nextStage("Qualified", "Submitted")).toBeUndefined();
  });
});
