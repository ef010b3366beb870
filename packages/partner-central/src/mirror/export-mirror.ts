import { stringify } from "csv-stringify/sync";
import type { SQLOutputValue } from "node:sqlite";

type Row = Readonly<Record<string, SQLOutputValue>>;

/** Rows of a mirror's query as text, line by line: JSON lines keep documents as JSON, CSV has a heading and quotes what needs it. */
export function* exportLines(rows: Iterable<Row>, format: "jsonl" | "csv"): Iterable<string> {
  let heading = format === "csv";
  for (const row of rows) {
    if (format === "jsonl") {
      yield `${JSON.stringify(Object.fromEntries(Object.entries(row).map(([name, value]) => [name, unpacked(name, value)])))}\n`;
      continue;
    }
    if (heading) yield stringify([Object.keys(row)]);
    heading = false;
    // A spreadsheet takes a text that begins so for a formula.
    yield stringify([Object.values(row).map((value) => (value === null ? "" : String(value)))], {
      escape_formulas: true,
    });
  }
}

function unpacked(name: string, value: SQLOutputValue): unknown {
  return (name === "document" || name === "summary") && typeof value === "string" ? JSON.parse(value) : value;
}
