import {
  type Failure,
  FailureError,
  sendBatches,
  type WriteOperation,
  type WriteResult,
  type WriteResults,
} from "@cosell/connector";
import { classify } from "./classify.ts";
import type { Descriptions } from "./describe.ts";
import { lostWrite } from "./network-failure.ts";
import { canonicalId } from "./salesforce-id.ts";
import type { Session } from "./session.ts";
import { collectionBatch, type Item, writeCalls } from "./write-calls.ts";

/** Most operations in one write. */
export const writeBatch = collectionBatch;

/**
 * Writes records: a result per operation, in the order given. Never throws, so that what did succeed is always told.
 * Nothing that may have happened is sent again.
 */
export async function write(
  session: Session,
  descriptions: Descriptions,
  operations: readonly WriteOperation[],
): Promise<readonly WriteResult[]> {
  const results: WriteResults = new Map();
  const items: Item[] = [];
  for (const [index, operation] of operations.entries())
    try {
      items.push({ index, operation: await sendable(operation, descriptions) });
    } catch (error) {
      results.set(index, failed(classify(error)));
    }
  await sendBatches(
    { crm: "Salesforce", send: (call) => session.call(call), classify, lostWrite },
    writeCalls(items, session.apiVersion),
    results,
  );
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

function failed(failure: Failure): WriteResult {
  return { ok: false, failure };
}
