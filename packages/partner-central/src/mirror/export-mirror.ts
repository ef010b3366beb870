import { stringify } from "csv-stringify/sync";
import type { SQLOutputValue } from "node:sqlite";

type Row = Readonly<Record<string, SQLOutputValue>>;

/**
 * Rows of a mirror's query as text, line by line: JSON lines keep documents as JSON, CSV has a heading (without any rows too)
 * and quotes what needs it.
 * @param columns of the query
 */
export function* exportLines(
  rows: Iterable<Row>,
  format: "jsonl" | "csv",
  columns: readonly string[],
): Iterable<string> {
  if (format === "csv") yield stringify([[...columns]]);
  for (const row of rows) {
    if (format === "jsonl") {
      yield `${JSON.stringify(Object.fromEntries(Object.entries(row).map(([name, value]) => [name, unpacked(name, value)])))}\n`;
      continue;
    }
    // A spreadsheet takes a text that begins so for a formula.
    yield stringify([Object.values(row).map((value) => (value === null ? "" : String(value)))], {
      escape_formulas: true,
    });
  }
}

function unpacked(name: string, value: SQLOutputValue): unknown {
  return (name === "document" || name === "summary") && typeof value === "string" ? JSON.parse(value) : value;
}
