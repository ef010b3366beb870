import { describe, expect, it } from "@jest/globals";
import type { JsonValue } from "@cosell/connector";
import fc from "fast-check";
import type { TargetField, TargetModel } from "../target.ts";
import { observed, smallMapping, smallTarget } from "./__fixtures__/small-world.ts";
import { decide } from "./decide.ts";
import type { DecideContext } from "./case.ts";
import type { AgreedValue, Plan } from "./plan.ts";

const path = "RelatedEntityIdentifiers.Things";
const ids = fc.uniqueArray(fc.constantFrom<string[]>("a", "b", "c", "d", "e"), { maxLength: 5 });

/** One type of entity: what AWS has, what the CRM wants and wanted, who has authority, and how many AWS takes. */
const worlds = fc.record({
  present: ids,
  wanted: ids,
  before: fc.option(ids, { nil: undefined }),
  authority: fc.constantFrom("crm" as const, "aws" as const),
  limit: fc.integer({ min: 2, max: 6 }),
});
type World = typeof worlds extends fc.Arbitrary<infer Generated> ? Generated : never;

/** `needed`: AWS refuses an update without any entity. */
function contextOf({ present, wanted, authority, limit }: World, needed = false): DecideContext {
  const mapping = smallMapping([]);
  const target = smallTarget([]);
  const things: TargetField = {
    path,
    type: "list",
    required: false,
    sensitive: false,
    maxItems: limit,
    calls: ["associate"],
  };
  const model: TargetModel = {
    ...target,
    writable: new Map([[path, things]]),
    read: (opportunity, summary) => ({ ...target.read(opportunity, summary), related: { Things: present } }),
    readiness: ({ purpose, related }) =>
      needed && purpose === "update" && related["Things"]?.length === 0
        ? [{ path, code: "missing", message: "One is needed.", source: "test" }]
        : [],
  };
  return {
    mapping: {
      ...mapping,
      run: (record) => ({ ...mapping.run(record), related: { Things: wanted } }),
      authorityOf: () => authority,
    },
    target: model,
  };
}

function planOf(world: World, needed = false, base?: readonly string[]): Plan {
  const known = base ?? world.before;
  const pair: AgreedValue | undefined = known && { crm: [...known], aws: [...world.present] as JsonValue };
  const sides = { record: {}, opportunity: { Version: "1" }, base: new Map(pair === undefined ? [] : [[path, pair]]) };
  return decide(observed(sides), contextOf(world, needed));
}

/** What AWS has after each step. */
function walk(present: readonly string[], plan: Plan): readonly (readonly string[])[] {
  let now = present;
  return plan.steps.flatMap((step) => {
    if (step.kind === "associate") now = [...now, step.entityId];
    else if (step.kind === "disassociate") now = now.filter((id) => id !== step.entityId);
    else return [];
    return [now];
  });
}

describe("associations", () => {
  it("never go below one on the way, nor above what AWS takes, and attach before they detach", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        fc.pre(world.present.length > 0 && world.present.length <= world.limit);
        const states = walk(world.present, planOf(world));
        const end = states.at(-1) ?? world.present;
        if (end.length > 0) expect(states.every((state) => state.length > 0)).toBe(true);
        expect(states.every((state) => state.length <= world.limit)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("end as the CRM wants them, without touching what people attached at AWS, or say what has no room", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        fc.pre(world.present.length <= world.limit);
        const plan = planOf(world);
        const end = walk(world.present, plan).at(-1) ?? world.present;
        const { wanted, present, before = [], authority } = world;
        const lacking = wanted.filter((id) => !end.includes(id));
        const goneAtAws = (id: string): boolean => authority === "aws" && before.includes(id);
        if (lacking.some((id) => !goneAtAws(id)))
          expect(plan.unsettled).toMatchObject([{ path, kind: "held", code: `limit:${path}` }]);
        expect(present.filter((id) => !before.includes(id)).every((id) => end.includes(id))).toBe(true);
        expect(end.some((id) => before.includes(id) && !wanted.includes(id))).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it("settle: once the plan is applied, nothing more is attached or detached", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        fc.pre(world.present.length <= world.limit);
        const plan = planOf(world);
        const after = { ...world, present: [...(walk(world.present, plan).at(-1) ?? world.present)] };
        const base = plan.agreed.get(path)?.crm as readonly string[];
        expect(planOf(after, false, base).steps).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it("keep the last entity that AWS needs, and say so", () => {
    const world: World = { present: ["a"], wanted: [], before: ["a"], authority: "crm", limit: 3 };
    const plan = planOf(world, true);
    expect(plan.steps).toEqual([]);
    expect(plan.unsettled).toMatchObject([{ path, kind: "held", code: `required:${path}` }]);
    expect(plan.unsettled[0]?.reason).toContain("One is needed.");
    expect(planOf(world, true, plan.agreed.get(path)?.crm as readonly string[]).unsettled).toHaveLength(1);
  });

  it("make room where AWS is full: one goes, one comes", () => {
    const world: World = { present: ["a", "b"], wanted: ["c", "d"], before: ["a", "b"], authority: "crm", limit: 2 };
    expect(walk(world.present, planOf(world))).toEqual([["b"], ["b", "c"], ["c"], ["c", "d"]]);
  });
});
