import {
  type Failure,
  FailureError,
  failureOf,
  type JsonValue,
  unsentAfter,
  type WriteOperation,
  type WriteResult,
} from "@cosell/connector";
import { classify } from "./classify.ts";
import { inParallel } from "./concurrency.ts";
import { crmObject } from "./crm-objects.ts";
import type { Description, Descriptions } from "./describe.ts";
import { writtenField } from "./field-paths.ts";
import { sendable, standingMembers } from "./field-values.ts";
import { lostWrite } from "./network-failure.ts";
import { rowOf } from "./pages.ts";
import { canonicalId } from "./pipedrive-id.ts";
import type { Reading } from "./read.ts";
import { versionOf } from "./version.ts";

/** Pipedrive has no batches: each record is a call of its own. */
export const writeBatch = 1;

/** Calls under way at once: far below the burst that the smallest plan allows (20 in two seconds). */
const mostCalls = 4;

/**
 * Writes records: a result per operation, in the order given. Never throws, so that what did succeed is always told.
 * Nothing that may have happened is sent again. Two writes of one record go one after the other.
 */
export async function write(reading: Reading, operations: readonly WriteOperation[]): Promise<readonly WriteResult[]> {
  const results: WriteResult[] = [];
  const groups = [...Map.groupBy(operations.keys(), (index) => groupOf(operations[index], index)).values()];
  let stop: Failure | undefined;
  await inParallel(groups, mostCalls, async (indexes) => {
    for (const index of indexes) {
      const operation = operations[index];
      if (!operation) continue;
      const result = stop ? failed(unsentAfter(stop, "Pipedrive")) : await writeOne(reading, operation);
      results[index] = result;
      if (!result.ok && concernsAll(result.failure)) stop ??= result.failure;
    }
  });
  return results;
}

/** Writes of one record share a group; each create stands alone. */
function groupOf(operation: WriteOperation | undefined, index: number): string {
  return operation?.kind === "update" ? `${operation.object} ${operation.ref}` : `create ${index}`;
}

async function writeOne(reading: Reading, operation: WriteOperation): Promise<WriteResult> {
  const { session, descriptions } = reading;
  try {
    const crm = crmObject(operation.object);
    const { described, body } = await prepared(reading, operation);
    if (await movedSince(reading, operation)) return failed(changedMeanwhile);
    try {
      const answer = await session.call((clients) =>
        operation.kind === "update"
          ? crm.update(clients, Number(canonicalId(operation.ref)), body)
          : crm.create(clients, body),
      );
      return resultOf(answer);
    } catch (error) {
      throw named(error, described, descriptions);
    }
  } catch (error) {
    return failed(classify(error));
  }
}

const changedMeanwhile: Failure = {
  kind: "conflict",
  message: "Somebody changed the record in Pipedrive since it was read; nothing was written. It is looked at again.",
};

/** Pipedrive takes every write: whether somebody was faster is looked up right before, one more call. */
async function movedSince({ session }: Reading, operation: WriteOperation): Promise<boolean> {
  if (operation.kind === "create" || operation.ifVersion === undefined) return false;
  const crm = crmObject(operation.object);
  const answer = await session.call((clients) => crm.get(clients, Number(canonicalId(operation.ref))));
  return versionOf(rowOf(answer)) !== operation.ifVersion;
}

/** An answer that cannot be read leaves open what happened. */
function resultOf(answer: unknown): WriteResult {
  try {
    const row = rowOf(answer);
    return { ok: true, ref: String(row.id), version: versionOf(row) };
  } catch {
    return failed(lostWrite());
  }
}

/** The body of a write. What it names and nobody knows may be newer than what is known of the fields: then they are asked for anew. */
async function prepared(
  reading: Reading,
  operation: WriteOperation,
): Promise<{ readonly described: Description; readonly body: object }> {
  const { descriptions } = reading;
  const known = await descriptions.of(operation.object);
  try {
    return { described: known, body: await bodyOf(reading, known, operation) };
  } catch (error) {
    const described = await descriptions.fresh(operation.object);
    if (described === known) throw error;
    return { described, body: await bodyOf(reading, described, operation) };
  }
}

/** The values as Pipedrive wants them: its own members flat, custom fields together by their keys. */
async function bodyOf(reading: Reading, described: Description, operation: WriteOperation): Promise<object> {
  const own: Record<string, JsonValue> = {};
  const standing: Record<string, JsonValue> = {};
  const custom: Record<string, JsonValue> = {};
  const key = operation.kind === "create" ? operation.idempotencyKey : undefined;
  const fields = { ...operation.fields, ...(key && { [key.field]: key.value }) };
  for (const [name, value] of Object.entries(fields)) {
    const field = writtenField(described, name);
    if (field.part === "standing") {
      Object.assign(standing, standingMembers(field, sendable(field, value, "")));
      continue;
    }
    if (field.part !== "value") {
      if (described.fields.some((each) => isWhole(each, field.code) && each.name in fields)) continue;
      const message = `'${name}' is written together with the amount that it belongs to.`;
      throw new FailureError({ kind: "config", message });
    }
    const part = described.fields.find((each) => each.code === field.code && each.part === "currency");
    const given = part && fields[part.name];
    const isAmount = field.composite && field.type === "currency" && value !== null;
    const currency = typeof given === "string" ? given : isAmount ? await reading.users.currency() : "";
    (field.custom ? custom : own)[field.code] = sendable(field, value, currency);
  }
  return { ...standing, ...own, ...(Object.keys(custom).length > 0 && { custom_fields: custom }) };
}

function isWhole({ code, part }: { readonly code: string; readonly part: string }, of: string): boolean {
  return code === of && part === "value";
}

/** Pipedrive complains about keys; people know names. A key that it no longer has shows that the fields have changed. */
function named(error: unknown, { fields }: Description, descriptions: Descriptions): unknown {
  const failure = failureOf(error);
  if (failure?.kind !== "invalid") return error;
  descriptions.forget();
  const nameOf = (code: string): string => fields.find((field) => isWhole(field, code))?.name ?? code;
  const issues = failure.issues.map((issue) =>
    issue.target === undefined
      ? issue
      : { ...issue, target: nameOf(issue.target), message: issue.message.replace(issue.target, nameOf(issue.target)) },
  );
  const message = issues.map((issue) => issue.message).join(" ");
  return new FailureError({ ...failure, message, issues });
}

/** Refusals that would meet every further write too. */
function concernsAll({ kind }: Failure): boolean {
  return (
    kind === "auth" || kind === "throttled" || kind === "quota" || kind === "aborted" || kind === "unknown-outcome"
  );
}

function failed(failure: Failure): WriteResult {
  return { ok: false, failure };
}
