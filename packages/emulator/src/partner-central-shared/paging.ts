import type { JsonObject } from "../kernel/index.ts";
import type { AskedCall } from "./call-input.ts";
import { textAt } from "./paths.ts";
import { invalidRequest } from "./refusal.ts";

/** One page of a list, and the token of the next. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly NextToken: string | null;
}

/**
 * A page by the call's MaxResults and NextToken. As at AWS the token is a place in the list, not a copy of it: a list that
 * changes between two pages can skip or repeat rows.
 */
export function pageOf<Item>(call: AskedCall, list: readonly Item[], defaultSize = 20): Page<Item> {
  const start = startOf(call);
  const { MaxResults } = call.input;
  const end = start + (typeof MaxResults === "number" ? MaxResults : defaultSize);
  const token = Buffer.from(`${call.operation}:${end}`).toString("base64url");
  return { items: list.slice(start, end), NextToken: end < list.length ? token : null };
}

/** Sorted by the call's `Sort`: by `keys[Sort.SortBy]`, then by id, so that the order is always one. */
export function sorted<Item>(
  call: AskedCall,
  list: readonly Item[],
  keys: Readonly<Record<string, (item: Item) => string | number>>,
  defaults: {
    readonly sortBy: string;
    readonly order: "ASCENDING" | "DESCENDING";
    readonly id: (item: Item) => string;
  },
): readonly Item[] {
  const key = keys[textAt(call.input, "Sort.SortBy") ?? defaults.sortBy] ?? defaults.id;
  const direction = (textAt(call.input, "Sort.SortOrder") ?? defaults.order) === "ASCENDING" ? 1 : -1;
  return [...list].sort((a, b) => direction * (compare(key(a), key(b)) || compare(defaults.id(a), defaults.id(b))));
}

/** Tasks, the newest first unless the call asks otherwise. */
export function sortedTasks<Task extends { readonly id: string; readonly startTime: string }>(
  call: AskedCall,
  tasks: readonly Task[],
): readonly Task[] {
  const keys = { StartTime: ({ startTime }: Task) => startTime };
  return sorted(call, tasks, keys, { sortBy: "StartTime", order: "DESCENDING", id: ({ id }) => id });
}

/** Whether the call asks for this value: no list asks for all. */
export function isWanted(wanted: readonly string[] | undefined, value: unknown): boolean {
  return wanted === undefined || (typeof value === "string" && wanted.includes(value));
}

/** Whether a comparable value lies between two bounds of a filter. Absent values lie nowhere. */
export function isBetween(
  value: number | string | undefined,
  filter: JsonObject,
  after: string,
  before: string,
  { inclusive, read }: { readonly inclusive: boolean; readonly read: (bound: string) => number | string },
): boolean {
  const [low, high] = [textAt(filter, after), textAt(filter, before)];
  if (low === undefined && high === undefined) return true;
  if (value === undefined) return false;
  const isAfter = low === undefined || value > read(low) || (inclusive && value === read(low));
  const isBefore = high === undefined || value < read(high) || (inclusive && value === read(high));
  return isAfter && isBefore;
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function startOf(call: AskedCall): number {
  const token = textAt(call.input, "NextToken");
  if (token === undefined || token === "") return 0;
  const [operation, place] = Buffer.from(token, "base64url").toString("utf8").split(":");
  if (operation !== call.operation || !/^\d+$/.test(place ?? "")) {
    throw invalidRequest([
      { FieldName: "NextToken", Code: "INVALID_VALUE", Message: "The token is not one that this operation gave out." },
    ]);
  }
  return Number(place);
}
