import {
  type Failure,
  FailureError,
  noteFailure,
  sendBatches,
  type WriteOperation,
  type WriteResult,
  type WriteResults,
} from "@cosell/connector";
import type { AccountKeeper } from "./account.ts";
import { classify } from "./classify.ts";
import type { Descriptions } from "./describe.ts";
import { canonicalId } from "./hubspot-id.ts";
import { lostWrite } from "./network-failure.ts";
import { needsAccount, sentValue } from "./property-value.ts";
import { versionOf } from "./read.ts";
import { readRecords } from "./records.ts";
import type { Session } from "./session.ts";
import { inputBatch, type Item, writeCalls } from "./write-calls.ts";

/** Most operations in one write. */
export const writeBatch = inputBatch;

/**
 * Writes records: a result per operation, in the order given. Never throws, so that what did succeed is always told.
 * Nothing that may have happened is sent again.
 */
export async function write(
  session: Session,
  descriptions: Descriptions,
  account: AccountKeeper,
  operations: readonly WriteOperation[],
): Promise<readonly WriteResult[]> {
  const results: WriteResults = new Map();
  const items: Item[] = [];
  for (const [index, operation] of operations.entries())
    try {
      items.push(await sendable(index, operation, descriptions, account));
    } catch (error) {
      results.set(index, failed(classify(error)));
    }
  const unchanged = await withoutConflicts(session, items, results);
  await sendBatches(
    { crm: "HubSpot", send: (call) => session.call(call), classify, lostWrite },
    writeCalls(unchanged),
    results,
  );
  return operations.map((_, index) => results.get(index) ?? failed(lostWrite()));
}

/** The operation with its id and values as HubSpot takes them. Throws when it cannot be meant. */
async function sendable(
  index: number,
  operation: WriteOperation,
  descriptions: Descriptions,
  account: AccountKeeper,
): Promise<Item> {
  const { properties, stamp } = await descriptions.of(operation.object);
  const portal = needsAccount(Object.keys(operation.fields)) ? await account.get() : undefined;
  const values = Object.entries(operation.fields).map(([name, value]) => [
    name,
    sentValue(properties.get(name), value, portal),
  ]);
  const item = { index, properties: Object.fromEntries(values) as Readonly<Record<string, string>>, stamp };
  if (operation.kind === "update") return { ...item, operation: { ...operation, ref: canonicalId(operation.ref) } };
  const field = operation.idempotencyKey?.field;
  if (field !== undefined && properties.get(field)?.hasUniqueValue !== true)
    throw new FailureError({
      kind: "config",
      message: `${operation.object} has no unique property '${field}': make it in HubSpot with 'Require unique values' (it cannot be changed later).`,
    });
  return { ...item, operation };
}

/**
 * HubSpot has no conditional write: the records' versions are looked at just before, and those that changed since they
 * were read are left alone. What changes in the moment between is not seen.
 */
async function withoutConflicts(
  session: Session,
  items: readonly Item[],
  results: WriteResults,
): Promise<readonly Item[]> {
  const versions = new Map<string, string>();
  const guarded = items.filter(({ operation }) => operation.kind === "update" && operation.ifVersion !== undefined);
  for (const [object, members] of Map.groupBy(guarded, ({ operation }) => operation.object)) {
    const stamp = members[0]?.stamp;
    const ids = members.flatMap(({ operation }) => (operation.kind === "update" ? [operation.ref] : []));
    try {
      const rows = await readRecords(session, object, { ids, properties: stamp === undefined ? [] : [stamp] });
      for (const row of rows) versions.set(`${object} ${row.id}`, versionOf({ stamp }, row));
    } catch (error) {
      noteFailure(results, members, classify(error));
    }
  }
  return items.filter(({ index, operation }) => {
    if (operation.kind === "create" || operation.ifVersion === undefined) return true;
    if (results.has(index)) return false;
    const version = versions.get(`${operation.object} ${operation.ref}`);
    // A record that is not there is told so by the write itself.
    if (version === undefined || version === operation.ifVersion) return true;
    results.set(index, failed({ kind: "conflict", message: "The record changed since it was read." }));
    return false;
  });
}

function failed(failure: Failure): WriteResult {
  return { ok: false, failure };
}
