import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "@cosell/connector";
import { valueAt } from "../json-path.ts";
import type { CompiledMapping } from "../mapping/mapping.ts";
import type { ReadinessIssue, TargetModel } from "../target.ts";
import {
  applied,
  observed,
  smallMapping,
  type SmallField,
  type SmallSides,
  smallTarget,
} from "./__fixtures__/small-world.ts";
import { decide } from "./decide.ts";
import type { Observation } from "./observation.ts";

const plain: Omit<SmallField, "name"> = { authority: "crm", returns: false, lock: "editable" };
const fieldsNamed = (...names: readonly string[]): readonly SmallField[] => names.map((name) => ({ name, ...plain }));

/** Sides that were in step on `before`, and of which the CRM holds `crm` and AWS `aws` now. */
function sides(before: JsonObject, crm: JsonObject, aws: JsonObject = before): SmallSides {
  return {
    record: crm,
    opportunity: { Version: "1", Project: aws },
    base: new Map(Object.entries(before).map(([name, value]) => [`Project.${name}`, { crm: value, aws: value }])),
  };
}

function worldOf(
  fields: readonly SmallField[],
  changes: { readonly mapping?: Partial<CompiledMapping>; readonly target?: Partial<TargetModel> } = {},
) {
  return {
    mapping: { ...smallMapping(fields), ...changes.mapping },
    target: { ...smallTarget(fields), ...changes.target },
  };
}

const reasonNeeded: TargetModel["readiness"] = ({ purpose, opportunity }): readonly ReadinessIssue[] =>
  purpose === "update" &&
  valueAt(opportunity, "Project.Stage") === "Lost" &&
  valueAt(opportunity, "Project.Why") === undefined
    ? [{ path: "Project.Why", code: "missing", message: "A lost deal says why.", source: "test" }]
    : [];

describe("decide", () => {
  it("leaves alone what takes part no more, and says so as something that stands, not as news at every look", () => {
    const context = worldOf(fieldsNamed("Title"), { mapping: { matches: () => false } });
    const linked = observed(sides({ Title: "Old" }, { Title: "New" }));

    const plan = decide(linked, context);
    expect(plan).toMatchObject({ steps: [], notes: [] });
    expect(plan.unsettled).toMatchObject([{ path: "", kind: "held", code: "not-taking-part" }]);
    expect(plan.unsettled[0]?.reason).toContain("O1");

    const unlinked = { ...linked, opportunityId: undefined, opportunity: undefined };
    expect(decide(unlinked, context)).toMatchObject({ steps: [], unsettled: [] });
  });

  it("holds what AWS would refuse, with the reason, and sends the rest", () => {
    const context = worldOf(fieldsNamed("Stage", "Why", "Title"), { target: { readiness: reasonNeeded } });
    const before = { Stage: "Open", Title: "Old" };

    const plan = decide(observed(sides(before, { Stage: "Lost", Title: "New" })), context);
    expect(plan.steps).toMatchObject([{ kind: "update", changes: [{ path: "Project.Title" }] }]);
    expect(plan.unsettled.map(({ path, code }) => [path, code])).toEqual([
      ["Project.Why", "missing:Project.Why"],
      ["Project.Stage", "not-ready:Project.Stage"],
    ]);
    expect(plan.unsettled[1]?.reason).toContain("A lost deal says why.");

    const complete = decide(observed(sides(before, { Stage: "Lost", Why: "Price", Title: "New" })), context);
    expect(complete.steps).toMatchObject([{ changes: [{}, {}, {}] }]);
    expect(complete.unsettled).toEqual([]);
  });

  describe("of what AWS did not take", () => {
    const named = (changes: Partial<SmallField>) => worldOf([{ name: "Next", ...plain, returns: true, ...changes }]);
    const context = named({});
    const sent = sides({ Next: "old" }, { Next: "new" });
    /** Both sides after an update that AWS answered and dropped. */
    const dropped: SmallSides = { ...applied(sent, decide(observed(sent), context)), opportunity: sent.opportunity };
    const withCrm = (value: string | null): SmallSides => ({ ...dropped, record: { Next: value } });
    const withAws = (both: SmallSides, value: string): SmallSides => ({
      ...both,
      opportunity: { ...both.opportunity, Project: { Next: value } },
    });

    it("says so, writes nowhere, and says the same again", () => {
      const plan = decide(observed(dropped), context);
      expect(plan.steps).toEqual([]);
      expect(plan.unsettled).toMatchObject([
        {
          ...{ path: "Project.Next", kind: "held", code: "not-taken:Project.Next" },
          ...{ sources: ["Next"], detail: { crm: "new", aws: "old" } },
        },
      ]);
      expect(plan.unsettled[0]?.reason).toContain("AWS did not take the value");
      const after = applied(dropped, plan);
      expect(decide(observed(after), context)).toMatchObject({ steps: [], unsettled: plan.unsettled });
    });

    it("says so of a value that was cleared", () => {
      const cleared = sides({ Next: "old" }, { Next: null });
      const after = { ...applied(cleared, decide(observed(cleared), context)), opportunity: cleared.opportunity };
      expect(decide(observed(after), context)).toMatchObject({
        steps: [],
        unsettled: [{ code: "not-taken:Project.Next" }],
      });
    });

    it("is over when AWS takes it after all, or the CRM takes it back", () => {
      for (const over of [withAws(dropped, "new"), withCrm("old")]) {
        const plan = decide(observed(over), context);
        expect(plan).toMatchObject({ steps: [], unsettled: [] });
        const later = withAws(applied(over, plan), "theirs");
        expect(decide(observed(later), context).steps).toMatchObject([
          { kind: "write-crm", fields: { Next: "theirs" } },
        ]);
      }
    });

    it("takes what AWS changes before it was seen, and sends what the CRM changes", () => {
      expect(decide(observed(withAws(dropped, "theirs")), context).steps).toMatchObject([
        { kind: "write-crm", changes: [{ before: "new", after: "theirs", reason: "changed-at-aws" }] },
      ]);
      expect(decide(observed(withCrm("newer")), context).steps).toMatchObject([
        { kind: "update", changes: [{ before: "old", after: "newer", reason: "changed-in-crm" }] },
      ]);
    });

    it.each([
      ["crm", [{ kind: "update", changes: [{ before: "theirs", after: "new" }] }], []],
      ["aws", [{ kind: "write-crm", fields: { Next: "theirs" } }], []],
      ["ask", [], [{ kind: "conflict", detail: { crm: "new", aws: "theirs" } }]],
    ] as const)("once seen, meets what AWS changes: %s has authority", (authority, steps, unsettled) => {
      const seen = applied(dropped, decide(observed(dropped), context));
      const plan = decide(observed(withAws(seen, "theirs")), named({ authority }));
      expect(plan.steps).toMatchObject(steps);
      expect(plan.unsettled).toMatchObject(unsettled);
    });

    it("waits where AWS has it locked by now, and is sent when the lock opens", () => {
      const locked = named({ lock: "locked" });
      const plan = decide(observed(dropped), locked);
      expect(plan).toMatchObject({ steps: [], unsettled: [{ kind: "deferred", code: "locked:Project.Next" }] });
      const waiting = applied(dropped, plan);
      expect(decide(observed(waiting), locked)).toMatchObject({ steps: [], unsettled: plan.unsettled });
      expect(decide(observed(waiting), context).steps).toMatchObject([{ kind: "update", changes: [{ after: "new" }] }]);
    });

    it("is no matter once AWS was seen to take it: what it held before may come back", () => {
      const taken = applied(sent, decide(observed(sent), context));
      const seen = applied(taken, decide(observed(taken), context));
      expect(decide(observed(withAws(seen, "old")), context).steps).toMatchObject([
        { kind: "write-crm", fields: { Next: "old" } },
      ]);
    });
  });

  it("does not repeat what is held: the same observation has no step", () => {
    const context = worldOf(fieldsNamed("Stage", "Why"), { target: { readiness: reasonNeeded } });
    const both = sides({ Stage: "Open" }, { Stage: "Lost" });
    const first = decide(observed(both), context);
    expect(decide(observed(applied(both, first)), context)).toMatchObject({ steps: [], unsettled: first.unsettled });
  });

  it("holds the clearing of what AWS always wants", () => {
    const context = worldOf(fieldsNamed("Stage"), { target: { alwaysSent: ["Project.Stage"] } });
    const plan = decide(observed(sides({ Stage: "Open" }, {})), context);
    expect(plan).toMatchObject({ steps: [], unsettled: [{ kind: "held", code: "needed:Project.Stage" }] });
  });

  it("holds a change of what AWS takes at creation alone, and lets it go when the CRM takes it back", () => {
    const fields = fieldsNamed("Tags");
    const { writable } = smallTarget(fields);
    const createOnly = new Map([...writable].map(([path, field]) => [path, { ...field, calls: ["create"] as const }]));
    const context = worldOf(fields, {
      target: { writable: createOnly, lockOf: () => ({ lock: "locked", reason: "AWS takes it once." }) },
    });
    const changed = decide(observed(sides({ Tags: "old" }, { Tags: "new" }, {})), context);
    expect(changed).toMatchObject({
      steps: [],
      unsettled: [
        { path: "Project.Tags", kind: "held", code: "create-only:Project.Tags", reason: "Tags: AWS takes it once." },
      ],
    });
    expect(decide(observed(sides({ Tags: "old" }, { Tags: "old" }, {})), context).unsettled).toEqual([]);
    const adopted = decide(observed({ ...sides({}, { Tags: "new" }, {}) }), context);
    expect(adopted.unsettled).toEqual([]);
    expect(adopted.agreed.get("Project.Tags")).toEqual({ crm: "new", aws: undefined });
  });

  it("remembers what a creation sent, what AWS takes once too", () => {
    const context = worldOf(fieldsNamed("Title"));
    const known = observed(sides({}, { Title: "New" }));
    const plan = decide({ ...known, opportunity: undefined, opportunityId: undefined }, context);
    expect(plan.steps).toMatchObject([{ kind: "create", payload: { Project: { Title: "New" } } }]);
    expect(plan.agreed.get("Project.Title")).toEqual({ crm: "New", aws: "New" });
  });

  it("creates without a paused value, and says what waits", () => {
    const context = worldOf(fieldsNamed("Title", "Note"));
    const observation: Observation = {
      ...observed(sides({}, { Title: "New", Note: "Later" })),
      opportunity: undefined,
      opportunityId: undefined,
      paused: new Set(["Project.Note"]),
    };
    const plan = decide(observation, context);
    expect(plan.steps).toMatchObject([{ kind: "create", payload: { Project: { Title: "New" } } }]);
    expect(JSON.stringify(plan.steps)).not.toContain("Later");
    expect(plan.unsettled).toMatchObject([{ path: "Project.Note", code: "paused:Project.Note" }]);
  });

  const noWayBack = (fields: readonly SmallField[]): Partial<CompiledMapping> => ({
    inbound: smallMapping(fields).inbound.map((rule) => ({
      ...rule,
      run: () => ({
        kind: "issue",
        issue: {
          severity: "error",
          code: "not-in-table",
          message: "No row.",
          target: "A",
          sources: [],
          rule: rule.rule,
        },
      }),
    })),
  });

  it("keeps AWS's value that the CRM cannot express, and says so", () => {
    const fields: readonly SmallField[] = [{ name: "A", authority: "crm", returns: true, lock: "editable" }];
    const context = worldOf(fields, { mapping: noWayBack(fields) });
    const plan = decide(observed(sides({ A: "old" }, { A: "old" }, { A: "theirs" })), context);
    expect(plan).toMatchObject({
      steps: [],
      unsettled: [
        { path: "Project.A", kind: "held", code: "no-way-back:Project.A", detail: { crm: "old", aws: "theirs" } },
      ],
    });
    expect(plan.unsettled[0]?.reason).toContain("No row.");
  });

  it("does not overwrite what a person typed in the CRM because it cannot be sent", () => {
    const fields: readonly SmallField[] = [{ name: "A", authority: "crm", returns: true, lock: "editable" }];
    const mapping = smallMapping(fields);
    const unusable = {
      severity: "error",
      code: "bad-date",
      message: "No date.",
      target: "Project.A",
      sources: ["A"],
    } as const;
    const context = worldOf(fields, {
      mapping: {
        run: () => ({ ...mapping.run({}), issues: [{ ...unusable, rule: { file: "f", line: 1, column: 1 } }] }),
      },
    });
    const plan = decide(observed(sides({}, { A: "soon" }, { A: "2027-01-01" })), context);
    expect(plan).toMatchObject({ steps: [], unsettled: [{ path: "Project.A", kind: "held", reason: "No date." }] });
  });

  it("knows the origin from the summary, and remembers it for locks when the summary is not read", () => {
    const target = smallTarget(fieldsNamed("A"));
    const context = worldOf(fieldsNamed("A"), {
      target: {
        read: (opportunity, summary) => ({
          ...target.read(opportunity, summary),
          state: { reviewStatus: "Approved", stage: undefined, origin: summary?.["Origin"] as string | undefined },
        }),
        lockOf: (_path, { origin }) =>
          origin === "Referral" ? { lock: "editable" } : { lock: "locked", reason: "Only for referrals." },
      },
    });
    const changed = sides({ A: "old" }, { A: "new" });
    const first = decide({ ...observed(changed), summary: { Origin: "Referral" } }, context);
    expect(first.steps).toMatchObject([{ kind: "update" }]);
    const later = applied({ ...changed, record: { A: "newer" } }, { ...first, steps: [] });
    expect(decide(observed(later), context).steps).toMatchObject([{ kind: "update" }]);
    expect(decide(observed(changed), context).unsettled).toMatchObject([{ kind: "deferred" }]);
  });
});
