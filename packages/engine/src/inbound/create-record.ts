import { FailureError, type JsonValue } from "@cosell/connector";
import type { EngineOptions } from "../engine.ts";

/** A record to create, and the value by which it is found again. */
export interface NewRecord {
  readonly object: string;
  readonly fields: Readonly<Record<string, JsonValue>>;
  readonly key: { readonly field: string; readonly value: string };
}

/** The record that holds a key; `undefined`: none. Throws `invalid` when several do. */
export async function findByKey(
  { object, key }: Pick<NewRecord, "object" | "key">,
  { sync }: EngineOptions,
): Promise<string | undefined> {
  const refs = await sync.connection.find({ object, field: key.field, match: { equals: [key.value] }, limit: 2 });
  if (refs.length > 1) {
    throw new FailureError({
      kind: "invalid",
      code: "key-not-unique",
      message: `${key.field} is ${key.value} on more than one ${object} of the CRM (${refs.join(", ")}). Clear it on those that should not have it.`,
      issues: [],
    });
  }
  const [ref] = refs;
  return ref === undefined ? undefined : sync.connection.canonicalRef(ref);
}

/**
 * Creates a record unless one holds its key already, which then stays as it is. A create without an answer is resolved
 * by looking: the next call finds what the last one made. Where the CRM itself keeps the key unique, not even two
 * processes at once make two.
 */
export async function createRecord(
  record: NewRecord,
  options: EngineOptions,
): Promise<{ readonly ref: string; readonly created: boolean }> {
  const found = await findByKey(record, options);
  if (found !== undefined) return { ref: found, created: false };
  const { sync } = options;
  const { object, key } = record;
  const fields = { ...record.fields, [key.field]: key.value };
  const idempotent = sync.capabilities.idempotentCreate ? { idempotencyKey: key } : {};
  const [result] = await sync.connection.write([{ kind: "create", object, fields, ...idempotent }]);
  if (result === undefined) throw new Error("the connector gave no result for a new record");
  if (!result.ok) throw new FailureError(result.failure);
  return { ref: sync.connection.canonicalRef(result.ref), created: true };
}
