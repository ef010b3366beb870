import type {
  Change,
  ChangesPage,
  ChangesRequest,
  Connection,
  Connector,
  ConnectorContext,
  FindRequest,
  ReadResult,
  StandardSchema,
  WriteOperation,
  WriteResult,
} from "../connector.ts";
import { specVersion } from "../connector.ts";
import { type Failure, FailureError, failureOf } from "../failure.ts";
import type { JsonValue } from "../json.ts";
import type { CrmField, ObjectSchema } from "../schema.ts";
import { Secret } from "../secret.ts";
import { memoryWebhook, memoryWebhookOffer } from "./memory-webhook.ts";
import type { ConformanceWorld } from "./world.ts";

type Fields = Readonly<Record<string, JsonValue>>;
interface Row {
  readonly fields: Fields;
  readonly stamp: number;
  readonly deleted: boolean;
}

const columns = ["Name", "Note", "Key", "Stage"];
const stages = ["Open", "Won"];
const password = "sesame-in-memory";

/** How one opens the CRM in memory. */
export interface MemoryConfig {
  readonly password: Secret;
}

const config: StandardSchema<MemoryConfig> = {
  "~standard": {
    version: 1,
    vendor: "cosell",
    validate: (value) => {
      const { password: given, ...more } = (value ?? {}) as Readonly<Record<string, unknown>>;
      const [foreign] = Object.keys(more);
      if (foreign !== undefined) return { issues: [{ message: "Nothing reads this member.", path: [foreign] }] };
      return given instanceof Secret
        ? { value: { password: given } }
        : { issues: [{ message: "must be a secret", path: ["password"] }] };
    },
  },
};

/** The smallest connector that keeps the contract: a CRM in memory with one object, `Deal`. */
export const memoryConnector: Connector<MemoryConfig> = {
  specVersion,
  name: "memory",
  config,
  secrets: ["password"],
  capabilities: {
    changes: { kind: "poll", overlapMs: 0, reportsDeletes: true, reportsMerges: false },
    readBatch: 10,
    writeBatch: 10,
    optimisticLock: true,
    idempotentCreate: true,
  },
  webhook: memoryWebhook,
  connect: async (given, context) => memoryCrm().connect(given, context),
  classify,
};

function classify(error: unknown): Failure {
  try {
    return failureOf(error) ?? { kind: "bug", message: "Unknown." };
  } catch {
    return { kind: "bug", message: "Unknown." };
  }
}

interface MemoryCrm {
  readonly connect: (config: MemoryConfig, context: Pick<ConnectorContext, "signal">) => Connection;
  /** A person's hands. */
  readonly put: (ref: string, fields: Fields, deleted?: boolean) => string;
  readonly create: (fields: Fields) => string;
  readonly pass: (time: number) => void;
  readonly now: () => number;
}

function memoryCrm(): MemoryCrm {
  const rows = new Map<string, Row>();
  let time = 1;
  const put = (ref: string, fields: Fields, deleted = false): string => {
    rows.set(ref, { fields: { ...rows.get(ref)?.fields, ...fields }, stamp: time, deleted });
    return ref;
  };
  const create = (fields: Fields): string => put(`D${rows.size + 1}`, fields);
  const write = (operation: WriteOperation): WriteResult => {
    if (operation.object !== "Deal") return refused("missing", `There is no object ${operation.object}.`);
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
  const connect: MemoryCrm["connect"] = (given, { signal }) => {
    let closed = false;
    // Every call passes here first.
    const admit = async (): Promise<void> => {
      if (closed || signal?.aborted) throw new FailureError({ kind: "aborted", message: "The call was ended." });
      if (given.password.reveal() !== password)
        throw new FailureError({ kind: "auth", message: "The CRM in memory refuses the password." });
    };
    return {
      check: () =>
        admit().then(
          () => ({ ok: true, user: "tester", organization: "memory" }),
          (error: unknown) => ({ ok: false, failure: classify(error) }),
        ),
      describe: (object) => admit().then(() => describeDeal(object)),
      changes: (request) => admit().then(() => pageOf(rows, time, request)),
      read: ({ refs, fields }) => admit().then(() => refs.map((ref) => readRow(rows.get(ref), ref, fields))),
      find: (request) => admit().then(() => findIn(rows, request)),
      write: (operations) => admit().then(() => operations.map(write)),
      quota: () => Promise.resolve(undefined),
      canonicalRef: (ref) => {
        if (/^D\d+$/.test(ref)) return ref;
        throw new FailureError({ kind: "invalid", message: "A deal's id is D and a number.", issues: [] });
      },
      recordUrl: (_object, ref) => `https://memory.example/deals/${ref}`,
      close: async () => void (closed = true),
    };
  };
  return { connect, put, create, pass: (more) => void (time += more), now: () => time };
}

/** How long the CRM in memory knows a cursor. */
const cursorLife = 1000;

/** A CRM in memory for the conformance kit. */
export function memoryWorld(): Promise<ConformanceWorld> {
  const { connect, put, create, pass, now } = memoryCrm();
  const open = async (context: Partial<ConnectorContext>, text = password): Promise<Connection> =>
    connect({ password: new Secret(text) }, context);
  return open({}).then((connection) => ({
    connection,
    open: (context) => open(context),
    openRefused: () => open({}, "wrong-sesame"),
    secretValues: [password, "wrong-sesame"],
    picklist: { field: "Stage", value: "Won" },
    recordedErrors: [
      {
        name: "a refusal",
        error: new FailureError({ kind: "missing", message: "There is no such deal." }),
        kind: "missing",
      },
    ],
    webhook: memoryWebhookOffer(new Secret(password)),
    loseCursor: async () => pass(cursorLife + 1),
    object: "Deal",
    textField: "Name",
    newRecord: {},
    missingRef: "D999",
    idempotencyField: "Key",
    create: (fields) => Promise.resolve(create(fields)),
    update: (ref, fields) => Promise.resolve(void put(ref, fields)),
    remove: (ref) => Promise.resolve(void put(ref, {}, true)),
    now,
    settle: async () => pass(1),
    close: () => Promise.resolve(),
  }));
}

function describeDeal(object: string): ObjectSchema {
  if (object !== "Deal") throw new FailureError({ kind: "missing", message: `There is no object ${object}.` });
  const field = { type: "string", length: 50, required: false, creatable: true, updatable: true } as const;
  const picklist = stages.map((value) => ({ value, label: value, active: true }));
  const fields = columns.map((name): CrmField => {
    const own = { ...field, name, label: name };
    return name === "Stage" ? { ...own, type: "picklist", picklist } : own;
  });
  return { object, label: object, fields, relations: [] };
}

/** Cursor: `since/until/last id`; a closed window of time, walked by id. */
function pageOf(
  rows: ReadonlyMap<string, Row>,
  time: number,
  { object, cursor: given, since: from, limit = 1000 }: ChangesRequest,
): ChangesPage {
  describeDeal(object);
  const cursor = given ?? (from === undefined ? undefined : `${Date.parse(from)}//`);
  const [since, until, after] = /^(\d+)\/(\d*)\/(.*)$/.exec(cursor ?? "0//")?.slice(1) ?? [];
  if (since === undefined || (cursor !== undefined && time - Number(until || since) > cursorLife))
    return { cursorLost: true };
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

function findIn(rows: ReadonlyMap<string, Row>, { field, match, limit = 50 }: FindRequest): readonly string[] {
  if (!columns.includes(field)) throw unknownField(field);
  const plain = (value: JsonValue | undefined): string => (typeof value === "string" ? value.trim().toLowerCase() : "");
  const holds = (held: string): boolean =>
    "contains" in match
      ? plain(match.contains) !== "" && held.includes(plain(match.contains))
      : match.equals.some((value) => plain(value) === held);
  return [...rows]
    .filter(([, { fields, deleted }]) => !deleted && plain(fields[field]) !== "" && holds(plain(fields[field])))
    .map(([ref]) => ref)
    .slice(0, limit);
}

function unknownField(field: string): FailureError {
  return new FailureError({ kind: "config", message: `There is no field ${field}.` });
}

function readRow(row: Row | undefined, ref: string, fields: readonly string[]): ReadResult {
  const foreign = fields.find((field) => !columns.includes(field));
  if (foreign !== undefined) throw unknownField(foreign);
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
