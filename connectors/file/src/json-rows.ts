import type { JsonObject } from "@cosell/connector";
import { brokenFile } from "./broken-file.ts";
import type { RawRow } from "./rows.ts";

/** The rows of a JSON-lines file: one object a line, empty lines passed over. Throws `config` with the line that is none. */
export async function* jsonRows(text: AsyncIterable<string>, file: string): AsyncGenerator<RawRow, void, undefined> {
  let line = 0;
  for await (const standing of linesOf(text)) {
    line += 1;
    if (standing.trim() === "") continue;
    yield { values: objectIn(standing, file, line), line, raw: standing.replace(/\r?\n$/, "") };
  }
}

/** Lines with their line ends. */
async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let rest = "";
  for await (const piece of text) {
    const lines = (rest + piece).split(/(?<=\n)/);
    rest = lines.pop() ?? "";
    if (rest.endsWith("\n")) {
      lines.push(rest);
      rest = "";
    }
    yield* lines;
  }
  if (rest !== "") yield rest;
}

function objectIn(text: string, file: string, line: number): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw brokenFile(file, line, 'This line is no JSON: every line is one object, such as {"Id":"1"}.');
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw brokenFile(file, line, "This line is JSON but no object.");
}
