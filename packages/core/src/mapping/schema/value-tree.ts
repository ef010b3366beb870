import type { TargetField } from "../../target.ts";
import type { Summarize } from "./describe-target.ts";
import { described } from "./described.ts";
import type { JsonSchema } from "./json-schema.ts";
import { type ValueLists, valuesReference } from "./value-lists.ts";

/** How the target's values are shown. */
export interface ValueTreeOptions {
  readonly fields: ReadonlyMap<string, TargetField>;
  readonly summarize: Summarize;
  readonly lists: ValueLists;
}

/**
 * The target's values as an object, member by member, from a path on: what an editor offers. Nothing is refused: what a
 * case expects may be what the target does not take.
 */
export function valueTree(from: string, options: ValueTreeOptions, skipped: readonly string[] = []): JsonSchema {
  const names = new Set<string>();
  for (const path of options.fields.keys())
    if (path.startsWith(from)) names.add(path.slice(from.length).split(/[.[]/u)[0] ?? "");
  const members = [...names].filter((name) => name !== "" && !skipped.includes(name));
  return { properties: Object.fromEntries(members.map((name) => [name, member(`${from}${name}`, options)])) };
}

function member(path: string, options: ValueTreeOptions): JsonSchema {
  const { fields, summarize } = options;
  const field = fields.get(path);
  const isList = field?.type === "list" || fields.has(`${path}[]`);
  const schema = isList ? { items: inner(`${path}[]`, options) } : inner(path, options);
  return field === undefined ? schema : described({ summary: summarize(field) }, schema);
}

function inner(path: string, options: ValueTreeOptions): JsonSchema {
  const { fields, lists } = options;
  if ([...fields.keys()].some((other) => other.startsWith(`${path}.`))) return valueTree(`${path}.`, options);
  const field = fields.get(path);
  const list = field && lists.nameOf(field);
  return list === undefined ? {} : { anyOf: [valuesReference(list), {}] };
}
