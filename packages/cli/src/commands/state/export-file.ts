import { FailureError, type JsonObject } from "@cosell/connector";
import type { StateLine } from "@cosell/state";

/** The edition of the file's form; what the rows mean is the schema's. */
const format = "cosell-state/1";

/** The first line of an export. */
export interface ExportHeader {
  readonly format: string;
  /** The newest step of the schema of the state that was exported. */
  readonly schema: number;
  /** What wrote it. */
  readonly product: string;
  /** Whether the tokens of the CRMs are in it. */
  readonly tokens: boolean;
}

/** The lines of an export, its header first. */
export async function* exportText(
  lines: AsyncIterable<StateLine>,
  header: Omit<ExportHeader, "format">,
): AsyncGenerator<string> {
  yield `${JSON.stringify({ format, ...header })}\n`;
  for await (const line of lines) if (header.tokens || line.table !== "tokens") yield `${JSON.stringify(line)}\n`;
}

/** Reads an export back. Throws `config`, with the line's number and without its content, for a file that is none. */
export async function* readExport(name: string, texts: AsyncIterable<string>): AsyncGenerator<StateLine> {
  let number = 0;
  for await (const text of texts) {
    number += 1;
    const value = objectIn(text);
    if (number === 1) {
      if (value?.["format"] === format) continue;
      throw unreadable(name, `it does not begin with a line that says "format": "${format}"`);
    }
    const { table, row } = value ?? {};
    if (typeof table !== "string" || typeof row !== "object" || row === null || Array.isArray(row))
      throw unreadable(name, `line ${number} is no {"table", "row"}; the file may have been cut off or edited`);
    yield { table, row: row as JsonObject };
  }
  if (number === 0) throw unreadable(name, "it is empty");
}

const objectIn = (text: string): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
};

const unreadable = (name: string, why: string): FailureError =>
  new FailureError({
    kind: "config",
    code: "no-export",
    message: `${name} is no export of a state: ${why}. Nothing was stored. Make it again with \`cosell state export\`.`,
  });
