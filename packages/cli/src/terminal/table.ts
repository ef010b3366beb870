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
/** Ids are copied from a table: they are broken last. Salesforce's are the longest. */
const longestId = 18;

/** On a terminal a framed table that fits its width; in a pipe aligned columns, one row a line, nothing cut off. */
export function renderTable(terminal: Terminal, content: TableContent): string {
  const colAligns = content.head.map((_, column) =>
    content.right?.includes(column) === true ? ("right" as const) : ("left" as const),
  );
  const head = content.head.map((text) => terminal.colours.bold(text));
  const widths = terminal.fancy ? widthsWithin(terminal.width, content) : [];
  const table = terminal.fancy
    ? new Table({
        head,
        colAligns,
        wordWrap: true,
        style: { head: [], compact: true, border: terminal.colours.isColorSupported ? ["gray"] : [] },
        colWidths: widths.map((width) => width + 2),
      })
    : new Table({
        head,
        colAligns,
        chars: frameless,
        style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
      });
  table.push(
    ...content.rows.map((row) =>
      row.map((cell, column) => (terminal.fancy ? broken(cell, widths[column] ?? 0) : onOneLine(cell))),
    ),
  );
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

const onOneLine = (cell: string | number): string | number =>
  typeof cell === "string" ? cell.replaceAll(/\s*\n\s*/g, "; ") : cell;

/**
 * Column widths without frame and padding: natural ones, and where those do not fit the widest columns give way first, as
 * long as their words stay whole; then those with longer words than an id; then all that are not small already.
 */
function widthsWithin(available: number, content: TableContent): number[] {
  const cellsOf = (column: number): readonly (string | number)[] => [
    content.head[column] ?? "",
    ...content.rows.map((row) => row[column] ?? ""),
  ];
  const widths = content.head.map((_, column) => Math.max(...cellsOf(column).map(textWidth)));
  const words = content.head.map((_, column) => Math.max(...cellsOf(column).map(wordWidth)));
  let excess = widths.reduce((sum, width) => sum + width + 3, 1) - available;
  const floorsOf = [
    (word: number) => Math.max(word, smallestColumn),
    (word: number) => (word <= longestId ? Math.max(word, smallestColumn) : smallestColumn),
    () => smallestColumn,
  ];
  for (const floorOf of floorsOf) {
    const floors = words.map(floorOf);
    while (excess > 0) {
      const room = widths.map((width, column) => (width > (floors[column] ?? 0) ? width : 0));
      const widest = Math.max(...room);
      if (widest === 0) break;
      widths[room.indexOf(widest)] = widest - 1;
      excess -= 1;
    }
  }
  return widths;
}

/** Breaks the words that are wider than their column: the table would cut them off. What is coloured is left to it. */
function broken(cell: string | number, width: number): string | number {
  if (typeof cell === "number" || wordWidth(cell) <= width || stripVTControlCharacters(cell) !== cell) return cell;
  return cell.replaceAll(/\S+/g, (word) => (word.match(new RegExp(`.{1,${width}}`, "gu")) ?? [word]).join("\n"));
}

const wordWidth = (cell: string | number): number =>
  Math.max(
    ...stripVTControlCharacters(String(cell))
      .split(/\s+/)
      .map((word) => word.length),
  );

const textWidth = (cell: string | number): number =>
  Math.max(
    ...stripVTControlCharacters(String(cell))
      .split("\n")
      .map((line) => line.length),
  );
