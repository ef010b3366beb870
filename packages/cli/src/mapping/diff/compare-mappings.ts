import type { JsonObject, JsonValue } from "@cosell/connector";
import type { CompiledMapping, SameValue, TargetModel, TargetState } from "@cosell/core";
import { mappedValues } from "../mapped-values.ts";

/**
 * What becomes of a changed value at AWS. `sent`: the next sync writes it · `locked`, `ignored`: AWS takes no change of it
 * now · `kept`: AWS keeps what it has.
 */
export type ChangeEffect = "sent" | "locked" | "ignored" | "kept";

/** One AWS field that the new mapping fills differently. */
export interface ValueChange {
  readonly path: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  readonly effect: ChangeEffect;
}

/** What a change of the mapping does to one deal. */
export interface DealComparison {
  /** Whether the deal takes part, where that changes. */
  readonly takesPart?: { readonly before: boolean; readonly after: boolean };
  readonly changes: readonly ValueChange[];
  /** Calls to AWS that it would cost. */
  readonly cost: { readonly reads: number; readonly writes: number };
}

/** Two mappings, and what comparing them needs to know. */
export interface MappingPair {
  readonly before: CompiledMapping;
  readonly after: CompiledMapping;
  readonly target: TargetModel;
  readonly sameValue: SameValue;
}

/** Runs both mappings over a record. `state`: where the deal stands at AWS, for locks; absent where that is not known. */
export function compareMappings(
  { before, after, target, sameValue }: MappingPair,
  record: JsonObject,
  state: TargetState | undefined,
): DealComparison {
  const tookPart = before.matches(record);
  const takesPart = after.matches(record);
  const participation = tookPart === takesPart ? {} : { takesPart: { before: tookPart, after: takesPart } };
  // A deal that does not take part is left alone, whatever its values would be.
  if (!takesPart) return { ...participation, changes: [], cost: { reads: 0, writes: 0 } };
  const [old, now] = [mappedValues(before.run(record)), mappedValues(after.run(record))];
  const changes = [...new Set([...old.keys(), ...now.keys()])].flatMap((path): readonly ValueChange[] => {
    const [from, to] = [old.get(path), now.get(path)];
    if (sameValue(path, from, to)) return [];
    const effect = effectOf(path, to, { after, target }, state);
    return [{ path, before: from, after: to, effect }];
  });
  return { ...participation, changes, cost: costOf(changes.filter(({ effect }) => effect === "sent")) };
}

function effectOf(
  path: string,
  value: JsonValue | undefined,
  { after, target }: Pick<MappingPair, "after" | "target">,
  state: TargetState | undefined,
): ChangeEffect {
  const lock = state === undefined ? "editable" : target.lockOf(path, state).lock;
  if (lock !== "editable") return lock;
  const write = after.originOf(path)?.write ?? "always";
  // Nobody is unassigned, and nothing is submitted back.
  const isTakenBack = value === undefined && /^(Assignee|Submission)\./.test(path);
  return write !== "always" || isTakenBack ? "kept" : "sent";
}

/** One read and one write carry all members of an update; an association is a call of its own, and so are owner and submission. */
function costOf(sent: readonly ValueChange[]): DealComparison["cost"] {
  const within = (root: string): readonly ValueChange[] => sent.filter(({ path }) => path.startsWith(`${root}.`));
  const related = within("RelatedEntityIdentifiers");
  const alone = [within("Assignee"), within("Submission")];
  const updated = sent.length - related.length - alone.flat().length > 0 ? 1 : 0;
  const calls =
    related.reduce((sum, change) => sum + itemsChanged(change), 0) + alone.filter((list) => list.length > 0).length;
  return { reads: updated, writes: updated + calls };
}

function itemsChanged({ before, after }: ValueChange): number {
  const [old, now] = [itemsOf(before), itemsOf(after)];
  return old.filter((item) => !now.includes(item)).length + now.filter((item) => !old.includes(item)).length;
}

const itemsOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : [];
