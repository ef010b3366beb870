import { type Failure, FailureError, type WriteOperation, type WriteResult } from "@cosell/connector";
import type { AccountKeeper } from "./account.ts";
import { classify } from "./classify.ts";
import type { Descriptions } from "./describe.ts";
import { canonicalId } from "./hubspot-id.ts";
import { lostWrite } from "./network-failure.ts";
import { needsAccount, sentValue } from "./property-value.ts";
import { versionOf } from "./read.ts";
import { readRecords } from "./records.ts";
import type { Session } from "./session.ts";
import { inputBatch, type Item, type WriteCall, writeCalls } from "./write-calls.ts";

/** Most operations in one write. */
export const writeBatch = inputBatch;

/** What became of the operations, by their place in the request. */
type Results = Map<number, WriteResult>;

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
  const results: Results = new Map();
  const items: Item[] = [];
  for (const [index, operation] of operations.entries())
    try {
      items.push(await sendable(index, operation, descriptions, account));
    } catch (error) {
      results.set(index, failed(classify(error)));
    }
  const unchanged = await withoutConflicts(session, items, results);
  await sendAll(session, writeCalls(unchanged), results);
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
async function withoutConflicts(session: Session, items: readonly Item[], results: Results): Promise<readonly Item[]> {
  const versions = new Map<string, string>();
  const guarded = items.filter(({ operation }) => operation.kind === "update" && operation.ifVersion !== undefined);
  for (const [object, members] of Map.groupBy(guarded, ({ operation }) => operation.object)) {
    const stamp = members[0]?.stamp;
    const ids = members.flatMap(({ operation }) => (operation.kind === "update" ? [operation.ref] : []));
    try {
      const rows = await readRecords(session, object, { ids, properties: stamp === undefined ? [] : [stamp] });
      for (const row of rows) versions.set(`${object} ${row.id}`, versionOf({ stamp }, row));
    } catch (error) {
      note(results, members, classify(error));
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

/** Sends calls one after the other until one meets a failure that would meet the rest too. */
async function sendAll(session: Session, calls: readonly WriteCall[], results: Results): Promise<Failure | undefined> {
  let stop: Failure | undefined;
  for (const call of calls)
    if (stop) note(results, call.items, unsent(stop));
    else stop = await send(session, call, results);
  return stop;
}

/** Sends one call and notes the results. Returns the failure that makes further calls pointless. */
async function send(session: Session, call: WriteCall, results: Results): Promise<Failure | undefined> {
  const { items } = call;
  try {
    const told = call.results(await session.call(call.call(items)), items);
    for (const [place, { index }] of items.entries()) results.set(index, told?.[place] ?? failed(lostWrite()));
    return undefined;
  } catch (error) {
    const failure = classify(error);
    if (concernsOneRecord(failure) && items.length > 1) {
      // HubSpot refused the whole batch, doing nothing, because of one record: halving finds which.
      const middle = Math.ceil(items.length / 2);
      const halves = [items.slice(0, middle), items.slice(middle)].map((half) => ({ ...call, items: half }));
      return sendAll(session, halves, results);
    }
    note(results, items, failure);
    return concernsOneRecord(failure) ? undefined : failure;
  }
}

function note(results: Results, items: readonly Item[], failure: Failure): void {
  for (const { index } of items) results.set(index, failed(failure));
}

/** Refusals that a single record can bring on a whole batch, such as a property that does not exist. */
function concernsOneRecord({ kind }: Failure): boolean {
  return kind === "invalid" || kind === "missing" || kind === "permission" || kind === "conflict";
}

/** The failure of an operation that was not sent, since the one before it met `failure`. */
function unsent(failure: Failure): Failure {
  return failure.kind === "unknown-outcome"
    ? { kind: "transient", message: "Not sent: HubSpot did not answer the write before it." }
    : failure;
}

function failed(failure: Failure): WriteResult {
  return { ok: false, failure };
}
