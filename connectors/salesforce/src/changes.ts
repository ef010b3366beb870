import {
  type Change,
  type ChangesPage,
  type ChangesRequest,
  type ConnectorContext,
  FailureError,
  forgetTold,
  type JsonObject,
  type PollWindows,
  pollWindows,
  rememberTold,
} from "@cosell/connector";
import { type Cursor, formatCursor, parseCursor } from "./cursor.ts";
import type { Descriptions } from "./describe.ts";
import { idList, query, textOf } from "./query.ts";
import { goneColumns } from "./read.ts";
import { canonicalId } from "./salesforce-id.ts";
import type { Session } from "./session.ts";
import { type DependentsLink, type Watch, watchesOf } from "./watches.ts";

/**
 * How far each window reaches back into the one before. Salesforce stamps a record before its transaction commits, and
 * a transaction may run for 10 minutes: the record then appears with a stamp that is long past.
 */
export const overlapMs = 15 * 60_000;

/** Deleted records stay in the Recycle Bin for 15 days: a cursor that is older has missed some. */
const longestGapMs = 14 * 24 * 3_600_000;

/** Related records whose dependents are listed at once: their ids must fit into one address. */
const relatedBatch = 200;

/** Queries in one call of `changes`, so that a page with little to tell does not take for ever. */
const queriesPerPage = 25;

/** One query's worth of the walk: what it found, and where the walk stands then. */
interface Step {
  readonly changes: readonly Change[];
  readonly cursor: Cursor;
}

/** What a walk needs to know; the same for all its steps. */
interface Walk {
  readonly session: Session;
  readonly windows: PollWindows;
  readonly object: string;
  /** Columns of the object that say how a record ended. */
  readonly gone: readonly string[];
  /** Related streams in the order in which they are walked. */
  readonly watches: readonly Watch[];
}

/**
 * The records that changed, by polling `SystemModstamp`.
 *
 * Each window of time is closed: `[since - overlap, until)`. Inside it rows are walked by id alone, a page beginning after
 * the last id of the one before. So any number of rows may share a stamp, no row is skipped or read twice within the window,
 * and a row that changes meanwhile leaves it for the next one. Rows of the overlap are told again: the engine knows them by their version.
 */
export async function changes(
  session: Session,
  descriptions: Descriptions,
  context: ConnectorContext,
  { object, cursor: text, since, fields = [], limit = 2000 }: ChangesRequest,
): Promise<ChangesPage> {
  const { time } = session;
  const windows = pollWindows({
    ...{ time, stamp: toSecond },
    // The list of the API's versions costs no API call.
    ask: () => session.call({ method: "GET", path: "/services/data", overBudget: true }),
  });
  await requireStamp(descriptions, object);
  const given = text === undefined ? firstCursor(since) : parseCursor(text);
  const age = given?.since ?? given?.until;
  if (!given || (age !== undefined && time.now() - Date.parse(age) > longestGapMs)) {
    context.logger.warn("salesforce: the cursor of the changes is lost", { object, readable: given !== undefined });
    return { cursorLost: true };
  }
  const opened = given.until === undefined ? await windows.open(given) : given;
  if (opened === "lost") {
    context.logger.warn("salesforce: the cursor of the changes is in the future: this machine's clock was ahead", {
      object,
    });
    return { cursorLost: true };
  }
  if (opened === "empty") return { changes: [], cursor: formatCursor(given), caughtUp: true };
  const walk: Walk = {
    ...{ session, windows, object },
    gone: await goneColumns(descriptions, object),
    // The first window lists every record: what they depend on need not be looked at.
    watches: opened.since === undefined ? [] : await watchesOf(descriptions, object, fields),
  };
  return takePage(walk, opened, limit);
}

async function takePage(walk: Walk, from: Cursor, limit: number): Promise<ChangesPage> {
  const found = new Map<string, Change>();
  let cursor = from;
  for (let queries = 0; queries < queriesPerPage && found.size < limit && cursor.until !== undefined; queries += 1) {
    const step = await takeStep(walk, cursor, limit - found.size);
    for (const change of step.changes)
      // A later stream's mark replaces the record's own, unless the record is gone: that one may show a version of the overlap, which the engine
      // knows and passes over, and the change of its account with it.
      if ((found.get(change.ref)?.kind ?? "upsert") === "upsert") found.set(change.ref, change);
    cursor = walk.windows.cap(step.cursor, ["since", "until"]);
  }
  return { changes: [...found.values()], cursor: formatCursor(cursor), caughtUp: cursor.until === undefined };
}

function takeStep(walk: Walk, cursor: Cursor, limit: number): Promise<Step> | Step {
  if (cursor.stream === "") return ownChanges(walk, cursor, limit);
  const watch = walk.watches.find(({ object }) => object === cursor.stream);
  // The mapping changed in the middle of a window and reads this object no more.
  if (!watch) return { changes: [], cursor: nextStream(walk, cursor) };
  return cursor.dependents ? dependents(watch, walk, cursor, limit) : relatedChanges(watch, walk, cursor);
}

/** The next page of the object itself. */
async function ownChanges(walk: Walk, cursor: Cursor, limit: number): Promise<Step> {
  const rows = await pageOf(walk.session, cursor, { object: walk.object, columns: walk.gone, limit });
  return {
    changes: rows.map(changeOf),
    cursor: rows.length < limit ? nextStream(walk, cursor) : { ...cursor, after: idOf(rows.at(-1)) },
  };
}

/** The next related records that changed; who depends on them is asked next. */
async function relatedChanges({ object, links }: Watch, walk: Walk, cursor: Cursor): Promise<Step> {
  const rows = await pageOf(walk.session, cursor, { object, columns: [], limit: relatedBatch });
  const [link] = links;
  if (rows.length === 0 || !link) return { changes: [], cursor: nextStream(walk, cursor) };
  const changed = Object.fromEntries(rows.map((row) => [idOf(row), textOf(row.SystemModstamp)]));
  // The engine knows a record of the overlap by its version; that a record depends on one, it cannot see.
  const ids = Object.keys(changed).filter((id) => cursor.told?.[id] !== changed[id]);
  return {
    changes: [],
    cursor: {
      ...cursor,
      after: idOf(rows.at(-1)),
      ...(ids.length > 0 && { dependents: { ids, link: link.key }, told: rememberTold(cursor.told, changed) }),
    },
  };
}

/** The next records that depend on the related ones, one kind of link after the other. */
async function dependents({ links }: Watch, walk: Walk, cursor: Cursor, limit: number): Promise<Step> {
  const { dependents: open, ...rest } = cursor;
  const link = open && links.find(({ key }) => key >= open.link);
  if (!link) return { changes: [], cursor: rest };
  const after = link.key === open.link ? open.after : undefined;
  const rows = await query(walk.session, dependentsQuery(link, open.ids, after, limit), { deleted: link.deleted });
  const next =
    rows.length === limit
      ? { link: link.key, after: idOf(rows.at(-1)) }
      : links.filter(({ key }) => key > link.key).map(({ key }) => ({ link: key }))[0];
  return {
    changes: rows.flatMap((row): Change[] => {
      const ref = row[link.select];
      // Not the record's own version, which stayed: nobody may take this for a change that is already known.
      return typeof ref === "string"
        ? [{ kind: "upsert", ref, version: `${cursor.stream} until ${cursor.until ?? ""}` }]
        : [];
    }),
    cursor: next ? { ...rest, dependents: { ids: open.ids, ...next } } : rest,
  };
}

function dependentsQuery(
  { from, select, where }: DependentsLink,
  ids: readonly string[],
  after: string | undefined,
  limit: number,
): string {
  const columns = [...new Set(["Id", select])].join(", ");
  const rest = after === undefined ? "" : ` AND Id > '${after}'`;
  return `SELECT ${columns} FROM ${from} WHERE ${where} IN ${idList(ids)}${rest} ORDER BY Id LIMIT ${limit}`;
}

/** Rows of one object that changed inside the window, in the order of their ids. */
function pageOf(
  session: Session,
  { since, until = "", after }: Cursor,
  { object, columns, limit }: { readonly object: string; readonly columns: readonly string[]; readonly limit: number },
): Promise<readonly JsonObject[]> {
  const conditions = [
    ...(since === undefined ? [] : [`SystemModstamp >= ${toSecond(Date.parse(since) - overlapMs)}`]),
    `SystemModstamp < ${until}`,
    ...(after === undefined ? [] : [`Id > '${after}'`]),
  ];
  const soql = `SELECT ${["Id", "SystemModstamp", ...columns].join(", ")} FROM ${object} WHERE ${conditions.join(" AND ")} ORDER BY Id LIMIT ${limit}`;
  // What was deleted before we first looked never mattered.
  return query(session, soql, { deleted: since !== undefined });
}

function changeOf(row: JsonObject): Change {
  const ref = idOf(row);
  if (typeof row.MasterRecordId === "string") return { kind: "merge", ref, survivor: canonicalId(row.MasterRecordId) };
  if (row.IsDeleted === true) return { kind: "delete", ref };
  return { kind: "upsert", ref, version: textOf(row.SystemModstamp) };
}

function idOf(row: JsonObject | undefined): string {
  return canonicalId(textOf(row?.Id));
}

/** Where a walk begins: with everything that exists, or as if the window before had ended at `since`. */
function firstCursor(since: string | undefined): Cursor {
  return { v: 1, stream: "", ...(since !== undefined && { since: toSecond(Date.parse(since)) }) };
}

/** The stream after the one that is finished; after the last one, the window is finished. */
function nextStream({ watches }: Walk, { v, since, until, stream, told }: Cursor): Cursor {
  const next = watches.find(({ object }) => object > stream);
  if (next)
    return {
      v,
      ...(since !== undefined && { since }),
      ...(until !== undefined && { until }),
      ...(told && { told }),
      stream: next.object,
    };
  if (until === undefined) return { v, stream: "" };
  return { v, since: until, stream: "", told: forgetTold(told, Date.parse(until) - overlapMs) };
}

/** SOQL compares whole seconds. */
function toSecond(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");
}

async function requireStamp(descriptions: Descriptions, object: string): Promise<void> {
  const { fields } = await descriptions.of(object);
  if (fields.some(({ name }) => name === "SystemModstamp")) return;
  throw new FailureError({
    kind: "config",
    message: `Salesforce keeps no SystemModstamp for ${object}: its changes cannot be followed.`,
  });
}
