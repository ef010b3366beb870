import type { JsonObject, JsonValue } from "@cosell/connector";
import { valueAt } from "@cosell/core";
import { plain, textOf } from "./plain.ts";
import { fieldsOf, type Overwrites, type World } from "./world.ts";
import type { MappedField } from "./mapping.ts";

/** What both sides of a field held when they were last in step, or when their difference was let stand. */
interface InStep {
  readonly crm: string;
  readonly aws: string;
  /** What AWS kept instead, though it answered as if it had taken the value: nobody's change. */
  readonly held?: string;
}

/** A person's value that the engine replaced: the journal must show both. */
export interface Overwritten {
  readonly ref: string;
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** One that neither authority nor an answer speaks for. */
export interface WrongOverwrite extends Overwritten {
  readonly side: "crm" | "aws";
  readonly authority: MappedField["authority"];
}

/**
 * Watches every value that the engine overwrites, knowing only what people may expect: a value that changed since both
 * sides were last in step is a person's, and goes only where the mapping's authority or an answer says so.
 */
export function watchOverwrites(): {
  readonly wrong: readonly WrongOverwrite[];
  readonly overwritten: readonly Overwritten[];
  readonly of: (world: World) => Overwrites;
} {
  const wrong: WrongOverwrite[] = [];
  const overwritten: Overwritten[] = [];
  const of = (world: World): Overwrites => {
    // Several, where nobody but the engine can say which it saw last.
    const inStep = new Map<string, readonly InStep[]>();
    let atStart: ReadonlyMap<string, readonly InStep[]> = new Map();
    const key = (ref: string, { path }: MappedField): string => `${ref} ${path}`;
    const judge = (side: "crm" | "aws", ref: string, field: MappedField, before: string, after: string): void => {
      if (before === after) return;
      const known = inStep.get(key(ref, field)) ?? [];
      const allows = (pair: InStep): boolean => before === pair[side] && !(side === "crm" && after === pair.held);
      if (known.length === 0 || known.some(allows)) return;
      overwritten.push({ ref, path: field.path, before, after });
      const other = side === "crm" ? "aws" : "crm";
      if (world.answered.get(key(ref, field)) === other) return;
      // Only this side has changed: nobody's authority makes the old value of the other one stand.
      const otherIsOld = known.every((pair) => pair[other] === after);
      if (field.authority !== other || (otherIsOld && (side === "crm" || field.returns)))
        wrong.push({ ref, path: field.path, before, after, side, authority: field.authority });
    };
    const note = (ref: string, certain: boolean): void => {
      const record = world.crm.record(ref);
      const opportunity = world.opportunityOf(ref);
      if (record === undefined || opportunity === undefined) return;
      for (const field of fieldsOf(world)) {
        const pair = { crm: plain(record[field.field]), aws: plain(valueAt(opportunity, field.path)) };
        if (pair.crm !== pair.aws) continue;
        const before = certain ? [] : (inStep.get(key(ref, field)) ?? []);
        if (certain || before.length > 0) inStep.set(key(ref, field), [...before, pair]);
      }
    };
    const compare = (
      side: "crm" | "aws",
      ref: string,
      before: JsonObject,
      after: JsonObject,
      read: (object: JsonObject, field: MappedField) => JsonValue | undefined,
    ): void => {
      for (const field of fieldsOf(world)) {
        const [old, now] = [plain(read(before, field)), plain(read(after, field))];
        judge(side, ref, field, old, now);
        if (old !== now) inStep.set(key(ref, field), [{ crm: now, aws: now }]);
      }
    };
    return {
      inCrm: ({ ref, before, after }) => {
        compare("crm", ref, before, after, (record, { field }) => record[field]);
      },
      atAws: (before, after) => {
        const ref = world.refOf(before) ?? textOf(after["PartnerOpportunityIdentifier"]);
        if (ref === "") return;
        compare("aws", ref, before, after, (opportunity, { path }) => valueAt(opportunity, path));
      },
      // It was answered as if both sides were in step. That they are not, only a later look can tell.
      dropped: (before, wanted) => {
        const ref = world.refOf(before);
        if (ref === undefined) return;
        for (const field of fieldsOf(world)) {
          const value = plain(valueAt(wanted, field.path));
          const known = inStep.get(key(ref, field));
          if (known !== undefined)
            inStep.set(key(ref, field), [
              ...known,
              { crm: value, aws: value, held: plain(valueAt(before, field.path)) },
            ]);
        }
      },
      begun: () => {
        for (const ref of world.crm.refs()) note(ref, false);
        atStart = new Map(inStep);
      },
      interfered: () => {
        for (const ref of world.crm.refs()) note(ref, false);
      },
      // Of what it wrote, the next process cannot tell what arrived: a person may have taken it back meanwhile.
      killed: () => {
        for (const [field, pairs] of inStep) inStep.set(field, [...(atStart.get(field) ?? []), ...pairs]);
      },
      synced: () => {
        for (const ref of world.crm.refs()) note(ref, true);
      },
    };
  };
  return { wrong, overwritten, of };
}
