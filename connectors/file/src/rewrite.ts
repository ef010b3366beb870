import { csvLine, toCell } from "./csv-cells.ts";
import type { Draft } from "./draft.ts";
import type { Row } from "./row.ts";
import { rowsOf } from "./rows.ts";
import type { OpenObject } from "./store.ts";
import type { Survey } from "./survey.ts";

/** Lines that are handed on at once. */
const linesPerPiece = 500;

/**
 * The file's text with the draft in it. Rows that do not change keep every letter of theirs, so that a person who compares
 * two states of the file sees only what Cosell did; only a new column makes every row new.
 */
export async function* linesOf(opened: OpenObject, survey: Survey, draft: Draft): AsyncGenerator<string> {
  let lines: string[] = [];
  for await (const line of singleLines(opened, survey, draft)) {
    if (lines.push(line) < linesPerPiece) continue;
    yield lines.join("");
    lines = [];
  }
  yield lines.join("");
}

async function* singleLines(opened: OpenObject, survey: Survey, { changed, added }: Draft): AsyncGenerator<string> {
  const { settings } = opened;
  const { lineEnd } = survey;
  const columns = columnsAfter(opened, survey, [...changed.values(), ...added.values()]);
  const wider = columns.length > survey.columns.length;
  const lineOf = (values: Row["values"]): string =>
    settings.format === "jsonl"
      ? `${JSON.stringify(values)}${lineEnd}`
      : csvLine(
          columns.map((column) => toCell(values[column], settings.formulas)),
          settings,
          lineEnd,
        );
  for await (const row of rowsOf(opened, { raw: true })) {
    if ("columns" in row) {
      yield wider ? csvLine(columns, settings, lineEnd) : `${row.raw}${lineEnd}`;
      continue;
    }
    const values = changed.get(row.ref);
    yield values ? lineOf(values) : wider ? lineOf(row.values) : `${row.raw}${lineEnd}`;
  }
  for (const values of added.values()) yield lineOf(values);
}

/** The columns of a CSV file once the draft is in it. JSON lines have none. */
function columnsAfter(
  { settings }: OpenObject,
  { columns }: Survey,
  drafted: readonly Row["values"][],
): readonly string[] {
  if (settings.format === "jsonl") return [];
  return [...new Set([...columns, ...drafted.flatMap((values) => Object.keys(values))])];
}
