import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "@cosell/connector";
import fc from "fast-check";
import { valueAt, withValueAt } from "../json-path.ts";
import {
  applied,
  observed,
  smallMapping,
  type SmallField,
  type SmallSides,
  smallTarget,
} from "./__fixtures__/small-world.ts";
import { decide } from "./decide.ts";

const names = ["A", "B", "C", "D"] as const;
const value = fc.constantFrom(undefined, "x", "y", "z");

/** Any four fields, with any values on both sides, any base and any rules. */
const worlds = fc
  .tuple(
    ...names.map((name) =>
      fc.record({
        name: fc.constant(name),
        authority: fc.constantFrom("crm" as const, "aws" as const, "ask" as const),
        returns: fc.boolean(),
        lock: fc.constantFrom("editable" as const, "locked" as const, "ignored" as const),
        crm: value,
        aws: value,
        hasBase: fc.boolean(),
        base: value,
      }),
    ),
  )
  .map((fields) => {
    const sides: SmallSides = {
      record: Object.fromEntries(fields.map(({ name, crm }) => [name, crm ?? null])),
      opportunity: fields.reduce<JsonObject>(
        (opportunity, { name, aws }) => withValueAt(opportunity, `Project.${name}`, aws),
        { Version: "1", Unmapped: { kept: true } },
      ),
      base: new Map(
        fields.filter(({ hasBase }) => hasBase).map(({ name, base }) => [`Project.${name}`, { crm: base, aws: base }]),
      ),
    };
    return { fields, sides };
  });

const contextOf = (fields: readonly SmallField[]) => ({ mapping: smallMapping(fields), target: smallTarget(fields) });

describe("decide", () => {
  it("settles: once its plan is applied, deciding again does nothing", () => {
    fc.assert(
      fc.property(worlds, ({ fields, sides }) => {
        const context = contextOf(fields);
        const after = applied(sides, decide(observed(sides), context));
        expect(decide(observed(after), context).steps).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it("leaves every field agreed, accepted, deferred, in conflict or held: nothing else", () => {
    fc.assert(
      fc.property(worlds, ({ fields, sides }) => {
        const context = contextOf(fields);
        const after = applied(sides, decide(observed(sides), context));
        const plan = decide(observed(after), context);
        const explained = new Set(plan.unsettled.map(({ path }) => path));
        for (const { name } of fields) {
          const path = `Project.${name}`;
          const crm = after.record[name] ?? undefined;
          const aws = valueAt(after.opportunity, path);
          const base = after.base.get(path);
          const accepted = base !== undefined && base.crm === crm && base.aws === aws;
          expect(crm === aws || accepted || explained.has(path)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("never overwrites what a person changed, unless authority says so", () => {
    fc.assert(
      fc.property(worlds, ({ fields, sides }) => {
        const after = applied(sides, decide(observed(sides), contextOf(fields)));
        for (const { name, authority } of fields) {
          const path = `Project.${name}`;
          const base = sides.base.get(path);
          const [crm, aws] = [sides.record[name] ?? undefined, valueAt(sides.opportunity, path)];
          const awsChanged = base === undefined ? aws !== undefined : aws !== base.aws;
          const crmChanged = base === undefined ? crm !== undefined : crm !== base.crm;
          if (awsChanged && valueAt(after.opportunity, path) !== aws) expect(authority).toBe("crm");
          if (crmChanged && awsChanged && (after.record[name] ?? undefined) !== crm) expect(authority).toBe("aws");
          if (crmChanged && !awsChanged) expect(after.record[name] ?? undefined).toBe(crm);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("writes nothing that AWS has locked or would ignore, and echoes what it does not map", () => {
    fc.assert(
      fc.property(worlds, ({ fields, sides }) => {
        const after = applied(sides, decide(observed(sides), contextOf(fields)));
        for (const { name, lock } of fields) {
          const path = `Project.${name}`;
          if (lock !== "editable") expect(valueAt(after.opportunity, path)).toBe(valueAt(sides.opportunity, path));
        }
        expect(after.opportunity["Unmapped"]).toEqual({ kept: true });
      }),
    );
  });

  it("is pure: the same observation gives the same plan, and is not changed", () => {
    fc.assert(
      fc.property(worlds, ({ fields, sides }) => {
        const observation = observed(sides);
        const before = JSON.stringify(observation);
        const context = contextOf(fields);
        expect(decide(observation, context)).toEqual(decide(observation, context));
        expect(JSON.stringify(observation)).toBe(before);
      }),
    );
  });
});
