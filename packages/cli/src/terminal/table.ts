import Table from "cli-table3";
import { stripVTControlCharacters } from "node:util";
import type { Terminal } from "./terminal.ts";

/** A table: a head, and rows of as many cells. Columns named in `right` hold numbers. */
export interface TableContent {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** Positions of the columns that stand to the right. */
  readonly right?: readonly number[];
}

const frameless = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
  ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
  ...{ left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "", middle: "  " },
};
const smallestColumn = 8;

/** On a terminal a framed table that fits its width; in a pipe aligned columns, one row a line, nothing cut off. */
export function renderTable(terminal: Terminal, content: TableContent): string {
  const colAligns = content.head.map((_, column) =>
    content.right?.includes(column) === true ? ("right" as const) : ("left" as const),
  );
  const head = content.head.map((text) => terminal.colours.bold(text));
  const table = terminal.fancy
    ? new Table({
        head,
        colAligns,
        wordWrap: true,
        style: { head: [], compact: true, border: terminal.colours.isColorSupported ? ["gray"] : [] },
        colWidths: widthsWithin(terminal.width, content),
      })
    : new Table({
        head,
        colAligns,
        chars: frameless,
        style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
      });
  table.push(...content.rows.map((row) => row.map((cell) => (terminal.fancy ? cell : onOneLine(cell)))));
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

const onOneLine = (cell: string | number): string | number =>
  typeof cell === "string" ? cell.replaceAll(/\s*\n\s*/g, "; ") : cell;

/** Column widths with frame and padding: natural ones, and where those do not fit the widest columns give way first. */
function widthsWithin(available: number, content: TableContent): number[] {
  const widths = content.head.map((head, column) =>
    Math.max(textWidth(head), ...content.rows.map((row) => textWidth(row[column] ?? ""))),
  );
  let excess = widths.reduce((sum, width) => sum + width + 3, 1) - available;
  while (excess > 0) {
    const widest = Math.max(...widths);
    if (widest <= smallestColumn) break;
    widths[widths.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return widths.map((width) => width + 2);
}

const textWidth = (cell: string | number): number =>
  Math.max(
    ...stripVTControlCharacters(String(cell))
      .split("\n")
      .map((line) => line.length),
  );
