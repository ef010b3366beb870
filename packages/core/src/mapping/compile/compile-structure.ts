import type { JsonObject, JsonValue } from "@cosell/connector";
import type { ListItem, Rule, Source } from "../document.ts";
import { Problem } from "../problem.ts";
import { compileBody } from "./compile-body.ts";
import { compileCondition } from "./compile-condition.ts";
import { type Build, compileItem, compileObject } from "./compile-object.ts";
import { valueAt } from "./compile-path.ts";
import type { Context, Destination } from "./context.ts";
import { type Evaluate, failed, reportProblem, type Run } from "./run.ts";

/** `fields`: one object out of the record. */
export function compileFields(fields: readonly Rule[], destination: Destination, context: Context): Evaluate {
  const within = { ...destination, name: `${destination.name}.`, modelPath: `${destination.modelPath}.` };
  const build = compileObject(fields, within, context);
  return (item, run) => {
    const object = build(item, run);
    run.used = undefined;
    return object;
  };
}

/** `each`: one object per item of a list in the record. */
export function compileEach(
  source: Extract<Source, { verb: "each" }>,
  destination: Destination,
  context: Context,
): Evaluate {
  const { name, site } = destination;
  const list = context.scope.path(source.path.text, "item");
  const build = compileItem(source.fields, itemsOf(destination), { ...context, scope: context.scope.within(list) });
  const noRecords = new Problem("wrong-type", "is not a list of records");
  const prefixes: string[] = [];
  const make = (member: JsonValue, run: Run) => (isRecord(member) ? build(member, run) : undefined);
  return (item, run) => {
    const found = valueAt(list, item, run);
    if (found === undefined) return undefined;
    const members = Array.isArray(found) ? found : [found];
    if (!members.every(isRecordOrNull)) {
      run.used = list.source;
      return reportProblem(run, site, noRecords, members);
    }
    return makeItems({ members, name, prefixes, run, make });
  };
}

/** `list`: as many items as are written, each an object or one value. */
export function compileList(items: readonly ListItem[], destination: Destination, context: Context): Evaluate {
  const { name } = destination;
  const one = { ...destination, field: destination.itemField, itemField: undefined };
  const builds = items.flatMap((item) => (item.kind === "object" ? [compileListItem(item, destination, context)] : []));
  const prefixes: string[] = [];
  if (builds.length > 0)
    return (item, run) => makeItems({ members: builds, name, prefixes, run, make: (build) => build(item, run) });
  const values = items.flatMap((item) => (item.kind === "value" ? [compileBody(item.body, one, context)] : []));
  return (item, run) => {
    const made = values
      .map((evaluate) => evaluate(item, run))
      .filter((value) => value !== undefined && value !== failed);
    run.used = undefined;
    return made.length === 0 ? undefined : made;
  };
}

function compileListItem(
  item: Extract<ListItem, { kind: "object" }>,
  destination: Destination,
  context: Context,
): Build {
  const build = compileItem(item.fields, itemsOf(destination), context);
  const holds = item.when && compileCondition(item.when, context);
  return holds === undefined ? build : (record, run) => (holds(record, run) ? build(record, run) : undefined);
}

const remembered = 50;

/** Makes the items one after the other; those that come out empty are left out, and the places count without them. */
function makeItems<T>(work: {
  readonly members: readonly T[];
  readonly name: string;
  readonly prefixes: string[];
  readonly run: Run;
  readonly make: (member: T, run: Run) => JsonObject | undefined;
}): readonly JsonObject[] | undefined {
  const { members, name, prefixes, run, make } = work;
  const outer = run.prefix;
  const made: JsonObject[] = [];
  for (const member of members) {
    // In an outermost list, places are called the same in every record: the first of them are remembered.
    const isRemembered = outer === "" && made.length < remembered;
    if (isRemembered) run.prefix = prefixes[made.length] ??= `${name}[${made.length}].`;
    else run.prefix = `${outer}${name}[${made.length}].`;
    run.used = undefined;
    const object = make(member, run);
    if (object !== undefined) made.push(object);
  }
  run.prefix = outer;
  run.used = undefined;
  return made.length === 0 ? undefined : made;
}

/** Inside an item, names start anew: the item's own prefix says where it is. */
function itemsOf({ modelPath, site }: Destination): { name: string; modelPath: string; site: Destination["site"] } {
  return { name: "", modelPath: `${modelPath}[].`, site };
}

function isRecord(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isRecordOrNull(value: JsonValue): value is JsonObject | null {
  return value === null || isRecord(value);
}
