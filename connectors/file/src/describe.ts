import type { CrmField, CrmFieldType, ObjectSchema } from "@cosell/connector";
import { columnsOf } from "./columns.ts";
import { inferType } from "./infer-type.ts";
import { currentRows } from "./kept-rows.ts";
import type { OpenObject } from "./store.ts";

/** Rows that are looked at to learn what a column holds. */
const rowsLookedAt = 1000;

/** The schema of an object: what the configuration says of its columns, and what the first rows show of the others. */
export async function describe(opened: OpenObject): Promise<ObjectSchema> {
  const { object, settings } = opened;
  const columns = await columnsOf(opened);
  const types = await typesOf(opened, columns);
  const fields = columns.map((name): CrmField => {
    const known = settings.fields[name];
    const isKey = name === settings.key;
    return {
      name,
      label: known?.label ?? name,
      type: isKey ? "id" : (known?.type ?? types.get(name) ?? "string"),
      required: known?.required ?? false,
      creatable: true,
      updatable: !isKey,
      ...((isKey || known?.unique === true) && { unique: true }),
      ...(known?.length !== undefined && { length: known.length }),
      ...(known?.values && {
        picklist: known.values.map((value) => ({ value, label: value, active: true })),
        restricted: true,
      }),
    };
  });
  return { object, label: object, fields, relations: [] };
}

async function typesOf(opened: OpenObject, columns: readonly string[]): Promise<ReadonlyMap<string, CrmFieldType>> {
  const values = new Map(columns.map((column) => [column, [] as string[]]));
  let rows = 0;
  for await (const row of currentRows(opened)) {
    if ("columns" in row) continue;
    for (const [column, held] of values) {
      const value = row.values[column];
      if (typeof value === "object" && value !== null) held.push("{}");
      else if (value !== undefined && value !== null && value !== "") held.push(String(value));
    }
    if ((rows += 1) >= rowsLookedAt) break;
  }
  return new Map([...values].map(([column, held]) => [column, inferType(held)]));
}
