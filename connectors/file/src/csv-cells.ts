import type { JsonValue } from "@cosell/connector";
import { stringify } from "csv-stringify/sync";
import type { ObjectSettings } from "./config.ts";

/** What spreadsheets run as a formula (OWASP, "CSV Injection"). A plain number is none. */
const formula = /^'*[=+\-@\t\r]/;
const plainNumber = /^[+-]?\d+([.,]\d+)*$/;

/** A cell's value: nothing for an empty one, without the apostrophe that keeps a formula from running. */
export function fromCell(cell: string, formulas: ObjectSettings["formulas"]): string | null {
  if (cell === "") return null;
  return formulas === "escape" && cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}

/** A value as a cell: a list is joined by `;`. */
export function toCell(value: JsonValue | undefined, formulas: ObjectSettings["formulas"]): string {
  const text = Array.isArray(value) ? value.join(";") : typeof value === "object" ? "" : String(value ?? "");
  return formulas === "escape" && formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}

/** Cells as one row, quoted where they must be. */
export function csvLine(cells: readonly string[], { delimiter }: ObjectSettings, lineEnd: string): string {
  // A row of one empty cell would be an empty line, which is no row.
  const quoted = cells.length === 1 && cells[0] === "";
  return stringify([[...cells]], {
    delimiter,
    record_delimiter: lineEnd,
    quoted_empty: quoted,
    quoted_match: /^\s|\s$|\r/,
  });
}
