import { type JsonValue } from "@cosell/connector";
import { brokenFile } from "./broken-file.ts";
import { csvRows } from "./csv-rows.ts";
import { textOf } from "./encoding.ts";
import { jsonRows } from "./json-rows.ts";
import { isRef, type Row } from "./row.ts";
import type { OpenObject } from "./store.ts";

/** A row before its key is known. The first of a CSV file carries the columns and no record. */
export interface RawRow extends Omit<Row, "ref"> {
  readonly columns?: readonly string[];
}

/** A row, or the columns that a CSV file begins with. */
export type Read = { readonly columns: readonly string[]; readonly raw: string } | Row;

/**
 * A file's content in order, read piece by piece: files of any size. Throws `config`, with file and line, where the file cannot be
 * understood: also for a key that is missing, malformed, or there twice.
 */
export async function* rowsOf(
  { path, settings, signal }: OpenObject,
  options: { readonly raw: boolean } = { raw: false },
): AsyncGenerator<Read, void, undefined> {
  const { file, format, key } = settings;
  const text = textOf(path, settings.encoding, signal());
  const seen = new Map<string, number>();
  for await (const { columns, values, line, raw } of format === "csv"
    ? csvRows(text, settings, options)
    : jsonRows(text, file)) {
    if (columns) {
      if (!columns.includes(key)) throw noKeyColumn(file, key, columns);
      yield { columns, raw };
      continue;
    }
    const ref = refIn(values[key]);
    if (ref === undefined)
      throw brokenFile(
        file,
        line,
        `The key '${key}' is missing or malformed: it is 1 to 200 letters, digits and . : / @ # + = ~ _ - without blanks.`,
      );
    const first = seen.get(ref);
    if (first !== undefined) throw brokenFile(file, line, `The key in '${key}' stands on line ${first} already.`);
    seen.set(ref, line);
    yield { ref, values, line, raw };
  }
}

function refIn(value: JsonValue | undefined): string | undefined {
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value.trim() : "";
  return isRef(text) ? text : undefined;
}

function noKeyColumn(file: string, key: string, columns: readonly string[]): Error {
  const meant = columns.find((column) => column.toLowerCase() === key.toLowerCase());
  const hint =
    meant !== undefined
      ? `Names are case-sensitive: write '${meant}'.`
      : columns.length === 1
        ? "It has one column only: is the configured delimiter the file's own?"
        : "Correct `key`, or add the column.";
  return brokenFile(file, 1, `There is no column '${key}', which is configured as the key. ${hint}`);
}
