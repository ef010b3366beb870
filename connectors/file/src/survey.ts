import type { WriteOperation } from "@cosell/connector";
import { lineEndOf } from "./encoding.ts";
import { plainText } from "./field-values.ts";
import type { Row } from "./row.ts";
import { rowsOf } from "./rows.ts";
import type { OpenObject } from "./store.ts";

/** What a write must know of a file before it changes it. */
export interface Survey {
  /** As they stand in the file; those of JSON lines in the order in which they appear. */
  readonly columns: readonly string[];
  /** The records that the operations name, by key. */
  readonly rows: ReadonlyMap<string, Row>;
  /** Who holds a value that an operation asks about. */
  holderOf(column: string, value: string): string | undefined;
  readonly lineEnd: "\n" | "\r\n";
}

/** Reads the file once, and keeps of it what the operations need. Throws `config` for a file that is broken anywhere. */
export async function surveyFile(opened: OpenObject, operations: readonly WriteOperation[]): Promise<Survey> {
  const { key, fields } = opened.settings;
  const named = new Set(
    operations.map((operation) => (operation.kind === "update" ? operation.ref.trim() : keyIn(operation, key))),
  );
  const asked = questions(
    operations,
    Object.keys(fields).filter((field) => fields[field]?.unique),
  );
  const columns = new Set<string>();
  const rows = new Map<string, Row>();
  const holders = new Map<string, string>();
  for await (const row of rowsOf(opened)) {
    if ("columns" in row) {
      for (const column of row.columns) columns.add(column);
      continue;
    }
    if (opened.settings.format === "jsonl") for (const column of Object.keys(row.values)) columns.add(column);
    if (named.has(row.ref)) rows.set(row.ref, row);
    for (const column of asked.columns) {
      const question = questionOf(column, plainText(row.values[column]));
      if (asked.values.has(question)) holders.set(question, row.ref);
    }
  }
  return {
    columns: [...columns],
    rows,
    holderOf: (column, value) => holders.get(questionOf(column, value)),
    lineEnd: await lineEndOf(opened.path, opened.settings.encoding, opened.signal()),
  };
}

const questionOf = (column: string, value: string): string => JSON.stringify([column, value]);

function keyIn({ fields }: WriteOperation, key: string): string | undefined {
  const given = fields[key];
  return typeof given === "string" ? given.trim() : undefined;
}

function questions(
  operations: readonly WriteOperation[],
  unique: readonly string[],
): { readonly columns: readonly string[]; readonly values: ReadonlySet<string> } {
  const columns = new Set(unique);
  const values = new Set<string>();
  for (const operation of operations) {
    if (operation.kind === "create" && operation.idempotencyKey) {
      const { field, value } = operation.idempotencyKey;
      columns.add(field);
      values.add(questionOf(field, value));
    }
    for (const column of unique) values.add(questionOf(column, plainText(operation.fields[column])));
  }
  return { columns: [...columns], values };
}
