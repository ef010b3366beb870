import type { BatchedWrite, Failure, JsonObject, WriteOperation, WriteResult } from "@cosell/connector";
import { apiPaths } from "./api-paths.ts";
import { batches } from "./batches.ts";
import { failureOfError, type HubspotError, hubspotErrorOf } from "./classify.ts";
import { lostWrite } from "./network-failure.ts";
import { type HubspotRecord, recordBatch, recordPageOf } from "./records.ts";
import type { Call } from "./session.ts";
import { versionOf } from "./read.ts";

/** Most inputs in one batch. */
export const inputBatch = recordBatch;

/** An operation that can be sent, its place in the request, and its values as HubSpot takes them. */
export interface Item {
  readonly index: number;
  readonly operation: WriteOperation;
  readonly properties: Readonly<Record<string, string>>;
  /** The property with the date of modification. */
  readonly stamp: string | undefined;
}

/** Operations that go in one call. */
export type WriteCall = BatchedWrite<Item, Call>;

/** The calls that carry the operations: batches of updates, of creates, and of creates by a unique property. */
export function writeCalls(items: readonly Item[]): readonly WriteCall[] {
  const seen = new Map<string, number>();
  const groups = Map.groupBy(items, (item) => {
    // HubSpot refuses a batch that names one record twice: the second time goes in a later call.
    const identity = identityOf(item);
    const occurrence = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, occurrence);
    return `${wayOf(item.operation)} ${occurrence}`;
  });
  return [...groups.values()].flatMap((members) => {
    const { operation } = members[0] ?? {};
    return operation ? batches(members, inputBatch).map((part) => batchCall(part, operation)) : [];
  });
}

/** Operations that go the same way can share a call. */
function wayOf(operation: WriteOperation): string {
  if (operation.kind === "update") return `update ${operation.object}`;
  return operation.idempotencyKey
    ? `upsert ${operation.object} ${operation.idempotencyKey.field}`
    : `create ${operation.object}`;
}

function identityOf({ index, operation }: Item): string {
  if (operation.kind === "update") return `${operation.object} ${operation.ref}`;
  const { idempotencyKey: key, object } = operation;
  return key ? `${object} ${key.field} ${key.value.trim().toLowerCase()}` : `create ${index}`;
}

function batchCall(items: readonly Item[], { kind, object, ...rest }: WriteOperation): WriteCall {
  const way = kind === "update" ? "update" : "idempotencyKey" in rest ? "upsert" : "create";
  return {
    items,
    call: (some) => ({
      method: "POST",
      path: apiPaths.objects(object, `/batch/${way}`),
      body: { inputs: some.map(inputOf) },
      writes: true,
    }),
    results: resultsOf,
  };
}

/** With a name of its own, so that results and errors can be told apart: HubSpot answers in no order. */
function inputOf({ index, operation, properties }: Item): JsonObject {
  const own = { properties, objectWriteTraceId: String(index) };
  if (operation.kind === "update") return { id: operation.ref, ...own };
  const key = operation.idempotencyKey;
  // By a unique property, a repeated create finds the record that the first one made.
  return key
    ? { ...own, idProperty: key.field, id: key.value, properties: { ...properties, [key.field]: key.value } }
    : { ...own, associations: [] };
}

function resultsOf(answer: unknown, items: readonly Item[]): readonly WriteResult[] | undefined {
  let page: ReturnType<typeof recordPageOf>;
  try {
    page = recordPageOf(answer);
  } catch {
    return undefined;
  }
  const errors = page.errors.map(hubspotErrorOf);
  const told = items.map((item, place) => {
    const record = recordFor(item, page.records) ?? inPlace(place, items, page.records, errors);
    if (record) return { ok: true, ref: record.id, version: versionOf(item, record) } as const;
    const failure = failureFor(item, errors);
    return failure && ({ ok: false, failure } as const);
  });
  const unclear = told.filter((result) => result === undefined).length;
  // What one error without a name and one item without an answer have to do with each other is clear.
  const nameless = errors.filter(({ context }) => !context?.objectWriteTraceId && !context?.ids);
  return told.map((result, place): WriteResult => {
    if (result) return result;
    const [only] = nameless;
    if (only && (unclear === 1 || items[place]?.operation.kind === "update"))
      return { ok: false, failure: failureOfError(only, 400) };
    return { ok: false, failure: lostWrite() };
  });
}

function recordFor({ index, operation }: Item, records: readonly HubspotRecord[]): HubspotRecord | undefined {
  const traced = records.find(({ objectWriteTraceId }) => objectWriteTraceId === String(index));
  if (traced) return traced;
  if (operation.kind === "update") return records.find(({ id }) => id === operation.ref);
  const key = operation.idempotencyKey;
  return key && records.find(({ properties }) => properties[key.field]?.toLowerCase() === key.value.toLowerCase());
}

/** Without names, the order counts where every item has a result. */
function inPlace(
  place: number,
  items: readonly Item[],
  records: readonly HubspotRecord[],
  errors: readonly HubspotError[],
): HubspotRecord | undefined {
  const isWhole = errors.length === 0 && records.length === items.length;
  const isNameless = records.every(({ objectWriteTraceId }) => objectWriteTraceId === undefined);
  return isWhole && isNameless && items[0]?.operation.kind === "create" ? records[place] : undefined;
}

function failureFor({ index, operation }: Item, errors: readonly HubspotError[]): Failure | undefined {
  const found = errors.find(
    ({ context }) =>
      context?.objectWriteTraceId?.includes(String(index)) === true ||
      (operation.kind === "update" && context?.ids?.includes(operation.ref) === true),
  );
  return found && failureOfError(found, 400);
}
