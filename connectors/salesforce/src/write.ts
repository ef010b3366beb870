import { type Failure, FailureError, type WriteOperation, type WriteResult } from "@cosell/connector";
import { classify } from "./classify.ts";
import type { Descriptions } from "./describe.ts";
import { lostWrite } from "./network-failure.ts";
import { canonicalId } from "./salesforce-id.ts";
import type { Session } from "./session.ts";
import { collectionBatch, type Item, type WriteCall, writeCalls } from "./write-calls.ts";

/** Most operations in one write. */
export const writeBatch = collectionBatch;

/** What became of the operations, by their place in the request. */
type Results = Map<number, WriteResult>;

/**
 * Writes records: a result per operation, in the order given. Never throws, so that what did succeed is always told.
 * Nothing that may have happened is sent again.
 */
export async function write(
  session: Session,
  descriptions: Descriptions,
  operations: readonly WriteOperation[],
): Promise<readonly WriteResult[]> {
  const results: Results = new Map();
  const items: Item[] = [];
  for (const [index, operation] of operations.entries())
    try {
      items.push({ index, operation: await sendable(operation, descriptions) });
    } catch (error) {
      results.set(index, failed(classify(error)));
    }
  await sendAll(session, writeCalls(items, session.apiVersion), results);
  return operations.map((_, index) => results.get(index) ?? failed(lostWrite()));
}

/** The operation with its id in canonical form. Throws when it cannot be meant. */
async function sendable(operation: WriteOperation, descriptions: Descriptions): Promise<WriteOperation> {
  if (operation.kind === "update") {
    const { ifVersion } = operation;
    if (ifVersion !== undefined && Number.isNaN(Date.parse(ifVersion)))
      throw new FailureError({ kind: "bug", message: "ifVersion is not a version that a read of Salesforce gave." });
    return { ...operation, ref: canonicalId(operation.ref) };
  }
  const field = operation.idempotencyKey?.field;
  const known = field === undefined ? undefined : (await descriptions.of(operation.object)).fields;
  if (known && !known.some(({ name, externalId }) => name === field && externalId))
    throw new FailureError({
      kind: "config",
      message: `${operation.object} has no external id field '${field ?? ""}': in Setup, tick 'External ID' and 'Unique' on it.`,
    });
  return operation;
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
      // Salesforce refused the whole list, doing nothing, because of one record: halving finds which.
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

/** Refusals that a single record can bring on a whole list, such as a field that does not exist. */
function concernsOneRecord({ kind }: Failure): boolean {
  return kind === "invalid" || kind === "missing" || kind === "permission" || kind === "conflict";
}

/** The failure of an operation that was not sent, since the one before it met `failure`. */
function unsent(failure: Failure): Failure {
  return failure.kind === "unknown-outcome"
    ? { kind: "transient", message: "Not sent: Salesforce did not answer the write before it." }
    : failure;
}

function failed(failure: Failure): WriteResult {
  return { ok: false, failure };
}
