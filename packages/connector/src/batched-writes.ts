import type { WriteResult } from "./connector.ts";
import type { Failure } from "./failure.ts";

/** Operations that go in one call, how the call is made for any part of them, and how its answer is read. */
export interface BatchedWrite<Item, Call> {
  readonly items: readonly Item[];
  readonly call: (items: readonly Item[]) => Call;
  /** Results in the order of the items; `undefined` for an answer that is none. */
  readonly results: (answer: unknown, items: readonly Item[]) => readonly WriteResult[] | undefined;
}

/** How a CRM takes batches of writes. */
export interface BatchSending<Call> {
  /** `Salesforce`. */
  readonly crm: string;
  /** One call; not repeated. */
  readonly send: (call: Call) => Promise<unknown>;
  readonly classify: (error: unknown) => Failure;
  readonly lostWrite: () => Failure;
}

/** What became of the operations, by their place in the request. */
export type WriteResults = Map<number, WriteResult>;

/**
 * Sends batches one after the other and notes a result for each item. A batch that the CRM refuses whole, doing nothing,
 * because of one record is halved until that record stands alone; a failure that would meet the rest too ends the sending.
 * Nothing that may have happened is sent again.
 *
 * @returns the failure that makes further calls pointless
 */
export async function sendBatches<Item extends { readonly index: number }, Call>(
  sending: BatchSending<Call>,
  batches: readonly BatchedWrite<Item, Call>[],
  results: WriteResults,
): Promise<Failure | undefined> {
  let stop: Failure | undefined;
  for (const batch of batches)
    if (stop) noteFailure(results, batch.items, unsentAfter(stop, sending.crm));
    else stop = await sendBatch(sending, batch, results);
  return stop;
}

async function sendBatch<Item extends { readonly index: number }, Call>(
  sending: BatchSending<Call>,
  batch: BatchedWrite<Item, Call>,
  results: WriteResults,
): Promise<Failure | undefined> {
  const { items } = batch;
  try {
    const told = batch.results(await sending.send(batch.call(items)), items);
    for (const [place, { index }] of items.entries())
      results.set(index, told?.[place] ?? { ok: false, failure: sending.lostWrite() });
    return undefined;
  } catch (error) {
    const failure = sending.classify(error);
    if (concernsOneRecord(failure) && items.length > 1) {
      const middle = Math.ceil(items.length / 2);
      const halves = [items.slice(0, middle), items.slice(middle)].map((half) => ({ ...batch, items: half }));
      return sendBatches(sending, halves, results);
    }
    noteFailure(results, items, failure);
    return concernsOneRecord(failure) ? undefined : failure;
  }
}

/** All these operations met the same failure. */
export function noteFailure(
  results: WriteResults,
  items: readonly { readonly index: number }[],
  failure: Failure,
): void {
  for (const { index } of items) results.set(index, { ok: false, failure });
}

/** Refusals that a single record can bring on a whole batch, such as a field that does not exist. */
function concernsOneRecord({ kind }: Failure): boolean {
  return kind === "invalid" || kind === "missing" || kind === "permission" || kind === "conflict";
}

/** The failure of an operation that was not sent, since the one before it met `failure`. @param crm `Salesforce` */
export function unsentAfter(failure: Failure, crm: string): Failure {
  return failure.kind === "unknown-outcome"
    ? { kind: "transient", message: `Not sent: ${crm} did not answer the write before it.` }
    : failure;
}
