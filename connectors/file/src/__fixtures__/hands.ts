import { readFile, writeFile } from "node:fs/promises";
import type { JsonValue } from "@cosell/connector";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";

type Fields = Readonly<Record<string, JsonValue>>;

/** A person with an editor: knows nothing of Cosell, its locks or its code. */
export interface Hands {
  readonly create: (fields: Fields) => Promise<string>;
  readonly update: (ref: string, fields: Fields) => Promise<void>;
  readonly remove: (ref: string) => Promise<void>;
}

/** @param path a `.csv` or `.jsonl` file whose key is `Id` */
export function handsOn(path: string, columns: readonly string[]): Hands {
  const isCsv = path.endsWith(".csv");
  const load = async (): Promise<Fields[]> => {
    const text = await readFile(path, "utf8");
    return isCsv
      ? parse<Fields>(text, { columns: true, bom: true })
      : text
          .split("\n")
          .filter((line) => line !== "")
          .map((line) => JSON.parse(line) as Fields);
  };
  const save = (rows: readonly Fields[]): Promise<void> =>
    writeFile(
      path,
      isCsv
        ? stringify([...rows], { header: true, columns: [...columns] })
        : rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
    );
  let created = 0;
  return {
    create: async (fields) => {
      created += 1;
      await save([...(await load()), { Id: `D-${created}`, ...fields }]);
      return `D-${created}`;
    },
    update: async (ref, fields) => save((await load()).map((row) => (row["Id"] === ref ? { ...row, ...fields } : row))),
    remove: async (ref) => save((await load()).filter((row) => row["Id"] !== ref)),
  };
}
