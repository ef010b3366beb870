import type { FindRequest, JsonValue } from "@cosell/connector";
import { columnsOf, requireColumns } from "./columns.ts";
import { currentRows } from "./kept-rows.ts";
import type { OpenObject } from "./store.ts";

/** Keys of the records that hold a value, in the order of the file. */
export async function find(
  opened: OpenObject,
  { field, match, limit = 50 }: Omit<FindRequest, "object">,
): Promise<readonly string[]> {
  requireColumns(opened, await columnsOf(opened), [field]);
  const matches = matcherOf(match);
  const found: string[] = [];
  for await (const row of currentRows(opened)) {
    if (found.length >= limit) break;
    if (!("columns" in row) && matches(plain(row.values[field]))) found.push(row.ref);
  }
  return found;
}

function matcherOf(match: FindRequest["match"]): (held: string) => boolean {
  if ("contains" in match) {
    const part = plain(match.contains);
    return (held) => part !== "" && held.includes(part);
  }
  const wanted = new Set(match.equals.map(plain).filter((value) => value !== ""));
  return (held) => wanted.has(held);
}

function plain(value: JsonValue | undefined): string {
  return typeof value === "object"
    ? ""
    : String(value ?? "")
        .trim()
        .toLowerCase();
}
