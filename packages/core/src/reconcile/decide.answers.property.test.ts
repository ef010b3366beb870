import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { valueAt } from "../json-path.ts";
import {
  applied,
  observed,
  smallMapping,
  type SmallField,
  type SmallSides,
  smallTarget,
} from "./__fixtures__/small-world.ts";
import { decide } from "./decide.ts";
import type { Answer, Observation } from "./observation.ts";

const value = fc.constantFrom(undefined, "x", "y", "z");
const path = "Project.A";

/** One field with any values, a base, an answer that may or may not fit, and a pause. */
const worlds = fc.record({
  authority: fc.constantFrom("crm" as const, "aws" as const, "ask" as const),
  returns: fc.boolean(),
  lock: fc.constantFrom("editable" as const, "locked" as const, "ignored" as const),
  crm: value,
  aws: value,
  base: fc.option(
    value.map((each) => ({ crm: each, aws: each })),
    { nil: undefined },
  ),
  answer: fc.record({ take: fc.constantFrom("crm" as const, "aws" as const), crm: value, aws: value }),
});

type World = typeof worlds extends fc.Arbitrary<infer Generated> ? Generated : never;

const fieldOf = ({ authority, returns, lock }: World): SmallField => ({ name: "A", authority, returns, lock });
const contextOf = (field: SmallField) => ({ mapping: smallMapping([field]), target: smallTarget([field]) });
const sidesOf = ({ crm, aws, base }: World): SmallSides => ({
  record: { A: crm ?? null },
  opportunity: { Version: "1", Project: aws === undefined ? {} : { A: aws } },
  base: base === undefined ? new Map() : new Map([[path, base]]),
});
const answerOf = ({ answer }: World): Answer => ({
  take: answer.take,
  crm: answer.crm ?? null,
  aws: answer.aws ?? null,
});
const fits = ({ crm, aws, answer }: World): boolean => crm === answer.crm && aws === answer.aws;
const held = ({ record, opportunity }: SmallSides) => ({
  crm: record["A"] ?? undefined,
  aws: valueAt(opportunity, path),
});

describe("an answer", () => {
  const withAnswer = (world: World): Observation => ({
    ...observed(sidesOf(world)),
    answers: new Map([[path, answerOf(world)]]),
  });

  it("is never applied to other values than those that were seen, and is then forgotten with a word", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        fc.pre(!fits(world));
        const context = contextOf(fieldOf(world));
        const plan = decide(withAnswer(world), context);
        expect(plan.steps).toEqual(decide(observed(sidesOf(world)), context).steps);
        expect(plan.answered).toEqual([path]);
        expect(plan.notes.join()).toContain(path);
      }),
      { numRuns: 500 },
    );
  });

  it("is carried out where it fits, waits while AWS has the field locked, and settles", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { crm, aws, base, lock, answer } = world;
        const asked = { ...world, authority: "ask" as const, answer: { ...answer, crm, aws } };
        fc.pre(crm !== aws && crm !== base?.crm && aws !== base?.aws);
        const context = contextOf(fieldOf(asked));
        const plan = decide(withAnswer(asked), context);
        const after = applied(sidesOf(asked), plan);
        if (answer.take === "aws") {
          expect(held(after)).toEqual({ crm: asked.returns ? aws : crm, aws });
          expect(plan.answered).toEqual([path]);
        } else if (lock === "editable") {
          expect(held(after)).toEqual({ crm, aws: crm });
          expect(plan.answered).toEqual([path]);
        } else {
          expect(plan.unsettled).toMatchObject([{ kind: "deferred", path }]);
          expect(plan.answered).toEqual([]);
        }
        if (plan.answered.length > 0)
          expect(decide(observed(after), context)).toMatchObject({ steps: [], unsettled: [] });
      }),
      { numRuns: 500 },
    );
  });

  it("about what is no longer mapped is forgotten", () => {
    const observation = { ...observed({ record: {}, opportunity: {}, base: new Map() }) };
    const answers = new Map([["Project.Z", { take: "crm" as const, crm: "x", aws: "y" }]]);
    const plan = decide(
      { ...observation, answers },
      contextOf({ name: "A", authority: "crm", returns: false, lock: "editable" }),
    );
    expect(plan.answered).toEqual(["Project.Z"]);
    expect(plan.notes.join()).toContain("no longer mapped");
  });
});

describe("a pause", () => {
  it("leaves both sides, the base and the answer as they are, and says so where something waits", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const context = contextOf(fieldOf(world));
        const sides = sidesOf(world);
        const plan = decide(
          { ...observed(sides), paused: new Set([path]), answers: new Map([[path, answerOf(world)]]) },
          context,
        );
        const waits = decide(observed(sides), context);
        const differs =
          world.crm !== world.aws && (waits.steps.length > 0 || waits.unsettled.length > 0 || waits.agreed.has(path));
        expect(plan.steps).toEqual([]);
        expect(plan.agreed.has(path)).toBe(false);
        expect(plan.answered).toEqual([]);
        expect(plan.unsettled.map(({ code }) => code)).toEqual(differs ? [`paused:${path}`] : []);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a deferred value", () => {
  it("is released when the lock goes, and dropped when the CRM takes it back", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const locked = fieldOf({ ...world, lock: "locked" });
        const sides = sidesOf(world);
        const plan = decide(observed(sides), contextOf(locked));
        fc.pre(plan.unsettled.some(({ kind }) => kind === "deferred"));
        const waiting = applied(sides, plan);

        const open = contextOf({ ...locked, lock: "editable" });
        const released = applied(waiting, decide(observed(waiting), open));
        expect(held(released)).toEqual({ crm: world.crm, aws: world.crm });
        expect(decide(observed(released), open)).toMatchObject({ steps: [], unsettled: [] });

        const back = { ...waiting, record: { A: held(waiting).aws ?? null } };
        expect(decide(observed(back), contextOf(locked))).toMatchObject({ steps: [], unsettled: [] });
      }),
      { numRuns: 500 },
    );
  });

  it("that AWS's own change overtakes becomes what the table says, with both values told", () => {
    const field: SmallField = { name: "A", authority: "aws", returns: true, lock: "locked" };
    const sides: SmallSides = {
      record: { A: "mine" },
      opportunity: { Project: { A: "theirs" } },
      base: new Map([[path, { crm: "old", aws: "old" }]]),
    };
    const ofAws = decide(observed(sides), contextOf(field));
    expect(ofAws.steps).toMatchObject([{ kind: "write-crm", changes: [{ before: "mine", after: "theirs" }] }]);
    const asked = decide(observed(sides), contextOf({ ...field, authority: "ask" }));
    expect(asked.unsettled).toMatchObject([{ kind: "conflict", detail: { crm: "mine", aws: "theirs" } }]);
  });
});
