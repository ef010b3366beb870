import {
  type Change,
  type ChangesPage,
  type ChangesRequest,
  type ConnectorContext,
  failureOf,
  forgetTold,
  type PollWindows,
  pollWindows,
  rememberTold,
} from "@cosell/connector";
import { crmObject, type CrmObject, type ListParameters } from "./crm-objects.ts";
import { type Cursor, formatCursor, parseCursor } from "./cursor.ts";
import type { Descriptions } from "./describe.ts";
import { type Page, pageOf, pageSize } from "./pages.ts";
import type { Session } from "./session.ts";
import { type Stream, streamsOf } from "./streams.ts";
import { versionOf } from "./version.ts";

/** How far each window reaches back into the one before: servers' clocks differ, and what is stamped is not at once in the lists. */
export const overlapMs = 5 * 60_000;

/** Deleted records are shown for 30 days: a cursor that is older has missed some. */
const longestGapMs = 29 * 24 * 3_600_000;

/** Related records whose dependents are listed from one page. */
const relatedBatch = 100;

/** Calls in one page of changes, so that one with little to tell does not take for ever. */
const callsPerPage = 25;

/** One call's worth of the walk: what it found, and where the walk stands then. */
interface Step {
  readonly changes: readonly Change[];
  readonly cursor: Cursor;
}

interface Walk {
  readonly session: Session;
  readonly windows: PollWindows;
  readonly crm: CrmObject;
  readonly streams: readonly Stream[];
}

/**
 * The records that changed, by polling `update_time`.
 *
 * Each window of time is closed: `[since - overlap, until)`. Inside it each stream is walked by id with Pipedrive's own
 * cursor: any number of records may share a stamp, and one that changes meanwhile leaves the window for the next. Records
 * of the overlap are told again: the engine knows them by their version.
 */
export async function changes(
  session: Session,
  descriptions: Descriptions,
  context: ConnectorContext,
  { object, cursor: text, since, fields = [], limit = 2000 }: ChangesRequest,
): Promise<ChangesPage> {
  const crm = crmObject(object);
  const { time } = session;
  const windows = pollWindows({
    ...{ time, stamp: toSecond },
    ask: () => session.call(({ users }) => users.getCurrentUser(), { overBudget: true }),
  });
  const given = text === undefined ? firstCursor(since) : parseCursor(text);
  const age = given?.since ?? given?.until;
  if (!given || (age !== undefined && time.now() - Date.parse(age) > longestGapMs)) {
    context.logger.warn("pipedrive: the cursor of the changes is lost", { object, readable: given !== undefined });
    return { cursorLost: true };
  }
  const streams = await streamsOf(descriptions, crm, fields, given.since === undefined);
  const opened = given.until === undefined ? await windows.open(given) : given;
  if (opened === "lost") {
    context.logger.warn("pipedrive: the cursor of the changes is in the future: this machine's clock was ahead", {
      object,
    });
    return { cursorLost: true };
  }
  if (opened === "empty") return { changes: [], cursor: formatCursor(given), caughtUp: true };
  const walk: Walk = { session, windows, crm, streams };
  return takePage(walk, opened.stream === "" ? { ...opened, stream: streams[0]?.key ?? "" } : opened, limit);
}

async function takePage(walk: Walk, from: Cursor, limit: number): Promise<ChangesPage> {
  const found = new Map<string, Change>();
  let cursor = from;
  for (let calls = 0; calls < callsPerPage && found.size < limit && cursor.until !== undefined; calls += 1) {
    const step = await takeStep(walk, cursor, limit - found.size);
    for (const change of step.changes)
      // What a related record's change says of a deal replaces the deal's own version, which may be known; a delete stays one.
      if ((found.get(change.ref)?.kind ?? "upsert") === "upsert") found.set(change.ref, change);
    cursor = walk.windows.cap(step.cursor, ["since", "until"]);
  }
  return { changes: [...found.values()], cursor: formatCursor(cursor), caughtUp: cursor.until === undefined };
}

async function takeStep(walk: Walk, cursor: Cursor, limit: number): Promise<Step> {
  const stream = walk.streams.find(({ key }) => key === cursor.stream);
  // The mapping changed in the middle of a window and reads this object no more.
  if (!stream) return { changes: [], cursor: nextStream(walk, cursor) };
  try {
    if (stream.kind === "own") return await ownChanges(stream, walk, cursor, limit);
    return await (cursor.dependents ? dependents(stream, walk, cursor, limit) : relatedChanges(stream, walk, cursor));
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.kind !== "invalid" || failure.issues[0]?.target !== "cursor") throw error;
    // Pipedrive no longer knows the place inside the stream: the stream begins anew.
    return { changes: [], cursor: beginningOf(cursor) };
  }
}

/** The next page of the object itself. */
async function ownChanges({ shelf }: Stream, walk: Walk, cursor: Cursor, limit: number): Promise<Step> {
  const parameters = { ...windowOf(cursor), ...pageParameters(cursor.page, limit) };
  const { rows, next } = await ask(walk, walk.crm, shelf, parameters);
  return {
    changes: rows.map((row): Change => {
      const ref = String(row.id);
      return row["is_deleted"] === true ? { kind: "delete", ref } : { kind: "upsert", ref, version: versionOf(row) };
    }),
    cursor: next === undefined ? nextStream(walk, cursor) : { ...cursor, page: next },
  };
}

/** The next related records that changed; who depends on them is asked next. */
async function relatedChanges({ object }: Stream, walk: Walk, cursor: Cursor): Promise<Step> {
  const parameters = { ...windowOf(cursor), ...pageParameters(cursor.page, relatedBatch) };
  const { rows, next } = await ask(walk, crmObject(object), "live", parameters);
  const versions = Object.fromEntries(rows.map((row) => [`${object} ${row.id}`, versionOf(row)]));
  // The engine knows a record of the overlap by its version; that a record depends on one, it cannot see.
  const ids = rows
    .filter(({ id }) => cursor.told?.[`${object} ${id}`] !== versions[`${object} ${id}`])
    .map(({ id }) => id);
  const onward = { ...beginningOf(cursor), ...(next !== undefined && { page: next }) };
  if (ids.length > 0)
    return { changes: [], cursor: { ...onward, dependents: { ids }, told: rememberTold(cursor.told, versions) } };
  return { changes: [], cursor: next === undefined ? nextStream(walk, cursor) : onward };
}

/** The next records that depend on the related ones, one related record after the other. */
async function dependents({ object, via }: Stream, walk: Walk, cursor: Cursor, limit: number): Promise<Step> {
  const { dependents: open, ...rest } = cursor;
  const [id, ...others] = open?.ids ?? [];
  // Without a further page of its own, the stream is over with its last related record.
  if (id === undefined || via === undefined)
    return { changes: [], cursor: rest.page === undefined ? nextStream(walk, rest) : rest };
  const parameters = { [via]: id, ...pageParameters(open?.page, limit) };
  const { rows, next } = await ask(walk, walk.crm, "live", parameters);
  return {
    changes: rows.map((row): Change => {
      // Not the record's own version, which stayed: nobody may take this for a change that is already known.
      return { kind: "upsert", ref: String(row.id), version: `${object} ${id} until ${cursor.until ?? ""}` };
    }),
    cursor: { ...rest, dependents: next === undefined ? { ids: others } : { ids: open?.ids ?? [], page: next } },
  };
}

async function ask(
  { session }: Walk,
  crm: CrmObject,
  shelf: Stream["shelf"],
  parameters: ListParameters,
): Promise<Page> {
  return pageOf(await session.call((clients) => crm.list(clients, shelf, parameters)));
}

function pageParameters(page: string | undefined, limit: number): ListParameters {
  return { limit: Math.max(1, Math.min(limit, pageSize)), ...(page !== undefined && { cursor: page }) };
}

function windowOf({ since, until }: Cursor): ListParameters {
  return {
    ...(since !== undefined && { updated_since: toSecond(Date.parse(since) - overlapMs) }),
    ...(until !== undefined && { updated_until: until }),
  };
}

/** The beginning of the stream that is being walked. */
function beginningOf({ v, since, until, stream, told }: Cursor): Cursor {
  return {
    ...{ v, stream },
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(told && { told }),
  };
}

/** Where a walk begins: with everything that exists, or as if the window before had ended at `since`. */
function firstCursor(since: string | undefined): Cursor {
  return { v: 1, stream: "", ...(since !== undefined && { since: toSecond(Date.parse(since)) }) };
}

/** The stream after the one that is finished; after the last one, the window is finished. */
function nextStream({ streams }: Walk, cursor: Cursor): Cursor {
  const { v, until, stream, told } = cursor;
  const next = streams[streams.findIndex(({ key }) => key === stream) + 1];
  if (next && streams.some(({ key }) => key === stream)) return { ...beginningOf(cursor), stream: next.key };
  if (until === undefined) return { v, stream: "" };
  return { v, since: until, stream: "", told: forgetTold(told, Date.parse(until) - overlapMs) };
}

/** Pipedrive refuses an instant with a fraction of a second. */
export function toSecond(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");
}
