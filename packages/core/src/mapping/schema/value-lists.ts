import type { TargetField, TargetModel } from "../../target.ts";
import { type JsonSchema, reference } from "./json-schema.ts";

/** The target's lists of values, each once, called after the first path that takes it. */
export interface ValueLists {
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  readonly names: readonly string[];
  /** The name of a field's list; `undefined` where it has none. */
  nameOf(field: TargetField): string | undefined;
}

/** Gathers the lists of everything that may be written or read. */
export function valueListsOf({ writable, readable }: TargetModel): ValueLists {
  const byValues = new Map<string, TargetField>();
  for (const field of [...writable.values(), ...readable.values()]) {
    const key = JSON.stringify(field.values);
    if (field.values !== undefined && !byValues.has(key)) byValues.set(key, field);
  }
  const nameOf = ({ values }: TargetField) => byValues.get(JSON.stringify(values))?.path.replaceAll("[]", "*");
  const lists = [...byValues.values()].flatMap((field) => {
    const name = nameOf(field);
    return name === undefined || field.values === undefined ? [] : [[name, { enum: field.values }] as const];
  });
  return {
    nameOf,
    names: lists.map(([name]) => name),
    definitions: Object.fromEntries(lists.map(([name, schema]) => [valuesName(name), schema])),
  };
}

/** Points to a list of values. */
export function valuesReference(name: string): JsonSchema {
  return reference(valuesName(name));
}

function valuesName(name: string): string {
  return `values:${name}`;
}
