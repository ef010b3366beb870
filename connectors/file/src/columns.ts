import { FailureError } from "@cosell/connector";
import { currentRows } from "./kept-rows.ts";
import type { OpenObject } from "./store.ts";

/** The columns of an object: those of the file, then those that only the configuration names (they are added with the first value). */
export async function columnsOf(opened: OpenObject): Promise<readonly string[]> {
  const found = new Set<string>();
  for await (const row of currentRows(opened)) {
    if ("columns" in row) {
      for (const column of row.columns) found.add(column);
      break;
    }
    for (const column of Object.keys(row.values)) found.add(column);
  }
  return [...new Set([opened.settings.key, ...found, ...Object.keys(opened.settings.fields)])];
}

/** Refuses a field that no record has. Throws `config` and names it. */
export function requireColumns({ settings }: OpenObject, columns: readonly string[], fields: readonly string[]): void {
  const foreign = fields.find((field) => !columns.includes(field));
  if (foreign !== undefined)
    throw new FailureError({ kind: "config", message: unknownColumn(settings.file, foreign, columns) });
}

/** What to say of a field that no record has. */
export function unknownColumn(file: string, field: string, columns: readonly string[]): string {
  const meant = columns.find((column) => column.toLowerCase() === field.toLowerCase());
  return `${file} has no column '${field}'. ${
    meant === undefined
      ? "It is misspelt, or must be added to the file, or under `fields` of the configuration."
      : `Names are case-sensitive: write '${meant}'.`
  }`;
}
