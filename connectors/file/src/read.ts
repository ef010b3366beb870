import type { JsonValue, ReadRequest, ReadResult } from "@cosell/connector";
import { columnsOf, requireColumns } from "./columns.ts";
import { typedValue } from "./field-values.ts";
import { currentRows } from "./kept-rows.ts";
import { canonicalRef, type Row, versionOf } from "./row.ts";
import type { OpenObject } from "./store.ts";

/** Most records in one read: all of them cost one look at the file. */
export const readBatch = 1000;

/** Reads records by key; results stand in the order of the request. */
export async function read(
  opened: OpenObject,
  { refs, fields }: Pick<ReadRequest, "refs" | "fields">,
): Promise<readonly ReadResult[]> {
  const keys = refs.map(canonicalRef);
  const wanted = new Set(keys);
  const rows = new Map<string, Row>();
  requireColumns(opened, await columnsOf(opened), fields);
  for await (const row of currentRows(opened)) if (!("columns" in row) && wanted.has(row.ref)) rows.set(row.ref, row);
  return keys.map((ref): ReadResult => {
    const row = rows.get(ref);
    if (!row) return { status: "missing", ref };
    const valueOf = (field: string): JsonValue => typedValue(row.values[field], opened.settings.fields[field]);
    const record = Object.fromEntries(fields.map((field) => [field, valueOf(field)]));
    return { status: "found", ref, record, version: versionOf(row.values) };
  });
}
