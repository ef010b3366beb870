import type { JsonObject, JsonValue } from "@cosell/connector";
import type { Run } from "./run.ts";

/** A path made ready. Data, not a closure: {@link valueAt} is one function for all, so that a rule reads without a call. */
export interface CompiledPath {
  /** How the record knows it, also from inside a list: `Roles.records[].Contact.Email`. */
  readonly source: string;
  /** It starts at the record, also inside `each`. */
  readonly isOfRecord: boolean;
  readonly segments: readonly string[];
  /** Reads a path that goes through lists. */
  readonly readLists: Read | undefined;
}

/** The value at a path; absent (missing, null, empty text) is `undefined`. */
export function valueAt(path: CompiledPath, item: JsonObject, run: Run): JsonValue | undefined {
  const start = path.isOfRecord ? run.record : item;
  return path.readLists === undefined ? readSegments(start, path.segments) : path.readLists(start);
}

/** Splits a path once and for all. */
export function compilePath(path: string, source: string, isOfRecord: boolean): CompiledPath {
  const segments = path.split(".");
  const hasLists = segments.some((segment) => segment.endsWith("[]"));
  return { source, isOfRecord, segments, readLists: hasLists ? readerOf(segments) : undefined };
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
      const isOfRecord = start === "record";
      return compilePath(path, isOfRecord || itemSource === "" ? path : `${itemSource}.${path}`, isOfRecord);
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

function readSegments(start: JsonValue | undefined, segments: readonly string[]): JsonValue | undefined {
  let value = start;
  for (let place = 0; place < segments.length; place += 1) {
    if (!isObject(value)) return undefined;
    value = value[segments[place] ?? ""];
  }
  return present(value);
}

/** A reader of a path of which a segment `x[]` goes into every item of a list. */
export function readerOf(segments: readonly string[]): Read {
  const [first, ...rest] = segments;
  if (first === undefined) return present;
  const next = readerOf(rest);
  if (first.endsWith("[]")) return eachItem(first.slice(0, -2), next);
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
