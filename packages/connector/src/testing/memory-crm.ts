import type {
  Change,
  ChangesRequest,
  Connection,
  Connector,
  ReadResult,
  StandardSchema,
  WriteOperation,
  WriteResult,
} from "../connector.ts";
import { specVersion } from "../connector.ts";
import { type Failure, FailureError, failureOf } from "../failure.ts";
import type { JsonValue } from "../json.ts";
import type { ConformanceWorld } from "./world.ts";

type Fields = Readonly<Record<string, JsonValue>>;
interface Row {
  readonly fields: Fields;
  readonly stamp: number;
  readonly deleted: boolean;
}

const columns = ["Name", "Note", "Key"];

/** The smallest connector that keeps the contract: a CRM in memory with one object, `Deal`. */
export const memoryConnector: Connector<object> = {
  specVersion,
  name: "memory",
  config: {
    "~standard": { version: 1, vendor: "cosell", validate: (value) => ({ value: value as object }) },
  } satisfies StandardSchema<object>,
  secrets: [],
  capabilities: {
    changes: { kind: "poll", overlapMs: 0, reportsDeletes: true, reportsMerges: false },
    readBatch: 10,
    writeBatch: 10,
    optimisticLock: true,
    idempotentCreate: true,
  },
  connect: async () => (await memoryWorld()).connection,
  classify,
};

function classify(error: unknown): Failure {
  try {
    return failureOf(error) ?? { kind: "bug", message: "Unknown." };
  } catch {
    return { kind: "bug", message: "Unknown." };
  }
}

/** A CRM in memory for the conformance kit. */
export function memoryWorld(): Promise<ConformanceWorld> {
  const rows = new Map<string, Row>();
  let time = 1;
  const put = (ref: string, fields: Fields, deleted = false): string => {
    rows.set(ref, { fields: { ...rows.get(ref)?.fields, ...fields }, stamp: time, deleted });
    return ref;
  };
  const create = (fields: Fields): string => put(`D${rows.size + 1}`, fields);
  const write = (operation: WriteOperation): WriteResult => {
    const foreign = Object.keys(operation.fields).find((field) => !columns.includes(field));
    if (foreign !== undefined) return refused("invalid", `There is no field ${foreign}.`);
    if (Object.values(operation.fields).some((value) => typeof value === "string" && value.length > 50))
      return refused("invalid", "The text is too long.", "Name");
    if (operation.kind === "update") {
      const row = rows.get(operation.ref);
      if (!row || row.deleted) return refused("missing", "There is no such deal.");
      if (operation.ifVersion !== undefined && operation.ifVersion !== String(row.stamp))
        return refused("conflict", "It changed meanwhile.");
      return { ok: true, ref: put(operation.ref, operation.fields) };
    }
    const key = operation.idempotencyKey;
    const [known] = [...rows].find(([, row]) => key && row.fields[key.field] === key.value) ?? [];
    return { ok: true, ref: known ?? create({ ...operation.fields, ...(key && { [key.field]: key.value }) }) };
  };
  const connection: Connection = {
    check: () => Promise.resolve({ ok: true, user: "tester", organization: "memory" }),
    describe: (object) => Promise.resolve(describeDeal(object)),
    changes: (request) => Promise.resolve(pageOf(rows, time, request)),
    read: ({ refs, fields }) => Promise.resolve(refs.map((ref) => readRow(rows.get(ref), ref, fields))),
    write: (operations) => Promise.resolve(operations.map(write)),
    quota: () => Promise.resolve(undefined),
    canonicalRef: (ref) => {
      if (/^D\d+$/.test(ref)) return ref;
      throw new FailureError({ kind: "invalid", message: "A deal's id is D and a number.", issues: [] });
    },
    close: () => Promise.resolve(),
  };
  return Promise.resolve({
    connection,
    object: "Deal",
    textField: "Name",
    newRecord: {},
    missingRef: "D999",
    idempotencyField: "Key",
    create: (fields) => Promise.resolve(create(fields)),
    update: (ref, fields) => Promise.resolve(void put(ref, fields)),
    remove: (ref) => Promise.resolve(void put(ref, {}, true)),
    settle: () => Promise.resolve(void (time += 1)),
    close: () => Promise.resolve(),
  });
}

function describeDeal(object: string): Awaited<ReturnType<Connection["describe"]>> {
  if (object !== "Deal") throw new FailureError({ kind: "missing", message: `There is no object ${object}.` });
  const field = { label: "", type: "string", length: 50, required: false, creatable: true, updatable: true } as const;
  return { object, label: object, fields: columns.map((name) => ({ ...field, name })), relations: [] };
}

/** Cursor: `since/until/last id`; a closed window of time, walked by id. */
function pageOf(
  rows: ReadonlyMap<string, Row>,
  time: number,
  { cursor = "0//", limit = 1000 }: ChangesRequest,
): Awaited<ReturnType<Connection["changes"]>> {
  const [since, until, after] = /^(\d+)\/(\d*)\/(.*)$/.exec(cursor)?.slice(1) ?? [];
  if (since === undefined) return { cursorLost: true };
  const end = until ? Number(until) : time;
  const found = [...rows]
    .filter(([ref, { stamp }]) => stamp >= Number(since) && stamp < end && ref > (after ?? ""))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .slice(0, limit);
  const changes = found.map(([ref, { stamp, deleted }]): Change => {
    return deleted ? { kind: "delete", ref } : { kind: "upsert", ref, version: String(stamp) };
  });
  const caughtUp = found.length < limit;
  return { changes, caughtUp, cursor: caughtUp ? `${end}//` : `${since}/${end}/${changes.at(-1)?.ref ?? ""}` };
}

function readRow(row: Row | undefined, ref: string, fields: readonly string[]): ReadResult {
  const foreign = fields.find((field) => !columns.includes(field));
  if (foreign !== undefined) throw new FailureError({ kind: "config", message: `There is no field ${foreign}.` });
  if (!row) return { status: "missing", ref };
  if (row.deleted) return { status: "deleted", ref };
  const record = Object.fromEntries(fields.map((field) => [field, row.fields[field] ?? null]));
  return { status: "found", ref, record, version: String(row.stamp) };
}

function refused(kind: "invalid" | "missing" | "conflict", message: string, target = ""): WriteResult {
  return {
    ok: false,
    failure: kind === "invalid" ? { kind, message, issues: [{ message, target }] } : { kind, message },
  };
}
