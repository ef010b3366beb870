import {
  type Capabilities,
  type Change,
  type Connection,
  FailureError,
  type JsonObject,
  type JsonValue,
  type ReadResult,
  type WriteOperation,
  type WriteResult,
} from "@cosell/connector";
import { textOf } from "./plain.ts";

interface Row {
  readonly ref: string;
  readonly fields: JsonObject;
  /** In the order of all changes. */
  readonly version: number;
  readonly at: number;
  readonly state: "live" | "deleted";
  readonly survivor?: string;
}

/** How far before its cursor the feed reads again, milliseconds. */
const overlapMs = 30_000;

/** What the simulated CRM can do. */
export const crmCapabilities: Capabilities = {
  changes: { kind: "poll", overlapMs, reportsDeletes: true, reportsMerges: true },
  readBatch: 5,
  writeBatch: 5,
  optimisticLock: true,
  idempotentCreate: true,
};

/** One write of the engine: what stood there, and what stands there now. */
export interface CrmWrite {
  readonly ref: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/**
 * A CRM in memory with one object, `Deal`: versions, an optimistic lock, a unique field, a feed that overlaps. A list of
 * all records tells what there is, and nothing of deletes or merges; a survivor names what went into it.
 */
export interface SimulatedCrm {
  readonly connection: Connection;
  create(fields: JsonObject): string;
  /** A person changes a record. A deleted one stays as it is. */
  edit(ref: string, fields: JsonObject): void;
  remove(ref: string): void;
  restore(ref: string): void;
  /** The loser is gone; its readers are told the survivor. */
  merge(loser: string, survivor: string): void;
  /** The record that it went into at last; itself, if into none. */
  survivorOf(ref: string): string;
  /** As it is now; undefined for a deleted one. */
  record(ref: string): JsonObject | undefined;
  refs(): readonly string[];
  /** The feed forgets every cursor that it gave. */
  forgetCursors(): void;
}

/** Starts an empty one; `onWrite` hears of each write of the engine once it is done. */
export function createSimulatedCrm(now: () => number, onWrite: (write: CrmWrite) => void): SimulatedCrm {
  const rows = new Map<string, Row>();
  let versions = 0;
  let epoch = 0;
  const put = (row: Omit<Row, "version" | "at">): void => {
    versions += 1;
    rows.set(row.ref, { ...row, version: versions, at: now() });
  };
  const live = (ref: string): Row | undefined => {
    const row = rows.get(ref);
    return row?.state === "live" ? row : undefined;
  };
  const survivorOf = (ref: string): string => {
    const into = rows.get(ref)?.survivor;
    return into === undefined ? ref : survivorOf(into);
  };
  const create = (fields: JsonObject): string => {
    const ref = `D${rows.size + 1}`;
    put({ ref, fields: { ...fields, Id: ref }, state: "live" });
    return ref;
  };
  const edit = (ref: string, fields: JsonObject): void => {
    const row = live(ref);
    if (row !== undefined) put({ ...row, fields: { ...row.fields, ...fields } });
  };

  const write = (operation: WriteOperation): WriteResult => {
    if (operation.kind === "create") return { ok: true, ref: create(operation.fields) };
    const row = live(operation.ref);
    if (row === undefined) return { ok: false, failure: { kind: "missing", message: "There is no such deal." } };
    if (operation.ifVersion !== undefined && operation.ifVersion !== String(row.version))
      return { ok: false, failure: { kind: "conflict", message: "It changed meanwhile." } };
    put({ ...row, fields: { ...row.fields, ...operation.fields } });
    const after = live(row.ref) ?? row;
    onWrite({ ref: row.ref, before: row.fields, after: after.fields });
    return { ok: true, ref: row.ref, version: String(after.version) };
  };

  // A cursor is `epoch/since/begun/after`: while a walk is under way, `after` is the version that it has come to. Since 0
  // everything is listed.
  const changes: Connection["changes"] = ({ cursor = `${epoch}/0/${now()}/0`, limit = 3 }) => {
    const [of, since = 0, begun = now(), after = 0] = cursor.split("/").map(Number);
    if (of !== epoch) return Promise.resolve({ cursorLost: true });
    const found = [...rows.values()]
      .filter(({ at, version, state }) => at >= since - overlapMs && version > after && (since > 0 || state === "live"))
      .sort((a, b) => a.version - b.version)
      .slice(0, limit);
    const caughtUp = found.length < limit;
    const from = after === 0 && since > 0 ? now() : begun;
    return Promise.resolve({
      changes: found.map(changeOf),
      cursor: caughtUp ? `${epoch}/${from}/${from}/0` : `${epoch}/${since}/${from}/${found.at(-1)?.version ?? 0}`,
      caughtUp,
    });
  };

  return {
    create,
    edit,
    remove: (ref) => {
      const row = live(ref);
      if (row !== undefined) put({ ...row, state: "deleted" });
    },
    restore: (ref) => {
      const row = rows.get(ref);
      if (row?.state === "deleted" && row.survivor === undefined) put({ ...row, state: "live" });
    },
    merge: (loser, survivor) => {
      const row = live(loser);
      if (row !== undefined && live(survivor) !== undefined && loser !== survivor)
        put({ ...row, state: "deleted", survivor });
    },
    survivorOf,
    record: (ref) => live(ref)?.fields,
    refs: () => [...rows.keys()],
    forgetCursors: () => {
      epoch += 1;
    },
    connection: {
      check: () => Promise.resolve({ ok: true, user: "simulation", organization: "memory" }),
      describe: (object) => Promise.resolve({ object, label: object, fields: [], relations: [] }),
      changes,
      read: ({ refs, fields }) => Promise.resolve(refs.map((ref) => readRow(rows, ref, fields))),
      find: ({ field, match }) =>
        Promise.resolve(
          [...rows.values()]
            .filter(
              ({ state, fields }) =>
                state === "live" && "equals" in match && match.equals.includes(textOf(fields[field])),
            )
            .map(({ ref }) => ref),
        ),
      write: (operations) => Promise.resolve(operations.map(write)),
      quota: () => Promise.resolve(undefined),
      canonicalRef: (ref) => {
        if (/^D\d+$/.test(ref)) return ref;
        throw new FailureError({ kind: "invalid", message: "A deal's id is D and a number.", issues: [] });
      },
      close: () => Promise.resolve(),
    },
  };
}

function changeOf({ ref, state, survivor, version }: Row): Change {
  if (survivor !== undefined) return { kind: "merge", ref, survivor };
  return state === "deleted" ? { kind: "delete", ref } : { kind: "upsert", ref, version: String(version) };
}

function readRow(rows: ReadonlyMap<string, Row>, ref: string, fields: readonly string[]): ReadResult {
  const row = rows.get(ref);
  if (row === undefined) return { status: "missing", ref };
  if (row.survivor !== undefined) return { status: "merged", ref, survivor: row.survivor };
  if (row.state === "deleted") return { status: "deleted", ref };
  const record = Object.fromEntries(fields.map((field): [string, JsonValue] => [field, row.fields[field] ?? null]));
  const absorbed = [...rows.values()].filter(({ survivor }) => survivor === ref).map((loser) => loser.ref);
  return { status: "found", ref, record, version: String(row.version), ...(absorbed.length > 0 && { absorbed }) };
}
