import type { JsonObject, JsonValue } from "@cosell/connector";
import type { Run } from "./run.ts";

/** Reads a value; absent (missing, null, empty text) is `undefined`. */
export type Get = (item: JsonObject, run: Run) => JsonValue | undefined;

/** A path made ready. `source` is how the record knows it, also from inside a list: `Roles.records[].Contact.Email`. */
export interface CompiledPath {
  readonly get: Get;
  readonly source: string;
}

/** Where the paths of a rule start. */
export interface Scope {
  /** `record` for the argument of a step, `item` for everything else; the same outside `each`. */
  path(text: string, start: "item" | "record"): CompiledPath;
  /** The scope of the items of an `each` over this path. */
  within(path: CompiledPath): Scope;
}

/** A segment that says where a path starts, in spite of where it stands. */
const starts: Readonly<Record<string, "item" | "record">> = { $record: "record", $item: "item" };

/** The scope of a CRM's record: paths start at the record, and inside `each` at the item. */
export function recordScope(itemSource = ""): Scope {
  return {
    path(text, usual) {
      const { start = usual, path } = splitStart(text);
      const read = compileRead(path.split("."));
      const get: Get = start === "record" ? (_item, run) => read(run.record) : read;
      return { get, source: start === "record" || itemSource === "" ? path : `${itemSource}.${path}` };
    },
    within: ({ source }) => recordScope(source.endsWith("[]") ? source : `${source}[]`),
  };
}

/** Takes `$record.` or `$item.` off a path. */
export function splitStart(text: string): { readonly start?: "item" | "record"; readonly path: string } {
  const dot = text.indexOf(".");
  const start = dot < 0 ? undefined : starts[text.slice(0, dot)];
  return start === undefined ? { path: text } : { start, path: text.slice(dot + 1) };
}

type Read = (value: JsonValue | undefined) => JsonValue | undefined;

/** A reader of a path that is split once and for all. A segment `x[]` goes into every item of a list. */
export function compileRead(segments: readonly string[]): Read {
  const [first, ...rest] = segments;
  if (first === undefined) return present;
  if (first.endsWith("[]")) return eachItem(first.slice(0, -2), compileRead(rest));
  if (rest.length === 0) return (value) => (isObject(value) ? present(value[first]) : undefined);
  const [second] = rest;
  if (second !== undefined && rest.length === 1 && !second.endsWith("[]"))
    return (value) => {
      const inner = isObject(value) ? value[first] : undefined;
      return isObject(inner) ? present(inner[second]) : undefined;
    };
  const next = compileRead(rest);
  return (value) => (isObject(value) ? next(value[first]) : undefined);
}

function eachItem(member: string, next: Read): Read {
  return (value) => {
    const list = isObject(value) ? value[member] : undefined;
    if (!Array.isArray(list)) return next(list);
    const items = list.flatMap((item: JsonValue) => next(item) ?? []);
    return items.length === 0 ? undefined : items;
  };
}

/** Empty text, null and missing are the same: absent. */
export function present(value: JsonValue | undefined): JsonValue | undefined {
  return value === null || value === "" ? undefined : value;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null;
}
