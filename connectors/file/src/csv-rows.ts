import { pipeline } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { brokenFile } from "./broken-file.ts";
import type { ObjectSettings } from "./config.ts";
import { fromCell } from "./csv-cells.ts";
import type { RawRow } from "./rows.ts";

/** Longest row: one quotation mark that is never closed must not read a whole disk into memory. Characters. */
const longestRow = 4 * 1024 * 1024;

const record_delimiter = ["\r\n", "\n"];

interface Parsed {
  readonly record: readonly string[];
  readonly raw?: string;
  readonly info: { readonly lines: number };
}

/** The rows of a CSV file: first the columns, then each row. Throws `config` with the line that cannot be read. */
export async function* csvRows(
  text: AsyncIterable<string>,
  { file, delimiter, formulas }: ObjectSettings,
  { raw }: { readonly raw: boolean },
): AsyncGenerator<RawRow, void, undefined> {
  const options = { delimiter, info: true, raw, skip_empty_lines: true, max_record_size: longestRow, record_delimiter };
  const parser = parse(options);
  pipeline(text, parser, () => undefined);
  let columns: readonly string[] | undefined;
  let line = 0;
  try {
    for await (const parsed of parser as AsyncIterable<Parsed>) {
      const begins = beginOf(parsed, line);
      line = parsed.info.lines;
      // csv-parse leaves parts of the line ends around a row with it.
      const standing = (parsed.raw ?? "").replace(/^[\r\n]+|[\r\n]+$/g, "");
      if (!columns) {
        columns = columnsOf(parsed.record, file);
        yield { columns, line: begins, values: {}, raw: standing };
        continue;
      }
      const cells = parsed.record;
      const values = Object.fromEntries(
        columns.map((column, place) => [column, fromCell(cells[place] ?? "", formulas)]),
      );
      yield { values, line: begins, raw: standing };
    }
  } catch (error) {
    throw error instanceof CsvError ? brokenFile(file, lineOf(error) ?? line, says(error)) : error;
  }
  if (!columns) throw brokenFile(file, 1, "The file is empty: a CSV file begins with the names of its columns.");
}

/** The line where a row begins: it ends on `info.lines`, and a value may hold line ends itself. @param before where the row before ended */
function beginOf({ record, info }: Parsed, before: number): number {
  if (info.lines === before + 1) return info.lines;
  return info.lines - record.reduce((count, cell) => count + cell.split("\n").length - 1, 0);
}

function columnsOf(names: readonly string[], file: string): readonly string[] {
  const columns = names.map((name) => name.trim());
  if (columns.includes("")) throw brokenFile(file, 1, "A column has no name.");
  const twice = columns.find((name, place) => columns.indexOf(name) !== place);
  if (twice !== undefined) throw brokenFile(file, 1, `Two columns are called '${twice}'.`);
  return columns;
}

function lineOf(error: CsvError): number | undefined {
  const { lines } = error as CsvError & { readonly lines?: unknown };
  return typeof lines === "number" ? lines : undefined;
}

/** csv-parse's own texts repeat the row. */
function says({ code }: CsvError): string {
  switch (code) {
    case "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH":
    case "CSV_RECORD_INCONSISTENT_COLUMNS":
      return "This row has more or fewer values than there are columns: a value that holds the delimiter or a line end must stand in quotation marks, and the delimiter must be the configured one.";
    case "CSV_QUOTE_NOT_CLOSED":
    case "CSV_MAX_RECORD_SIZE":
      return "A quotation mark is opened and not closed.";
    case "CSV_INVALID_CLOSING_QUOTE":
    case "INVALID_OPENING_QUOTE":
      return 'A quotation mark stands inside a value: write it twice (""), and the value in quotation marks.';
    default:
      return `This cannot be read as CSV (${code}).`;
  }
}
