import { type Change, type ChangesPage, forgetTold, type PollWindows, rememberTold } from "@cosell/connector";
import { associatedRecords } from "./associations.ts";
import type { Cursor } from "./cursor.ts";
import type { Description } from "./describe.ts";
import { createPage } from "./page.ts";
import { formerIds, mergedIds, versionOf } from "./read.ts";
import {
  type HubspotRecord,
  listRecords,
  type RecordPage,
  recordBatch,
  type SearchFilter,
  searchPage,
  searchRecords,
} from "./records.ts";
import type { Session } from "./session.ts";
import type { Watch } from "./watches.ts";

/** How far each window reaches back into the one before: the search's index lags behind the records, now and then by minutes. */
export const overlapMs = 15 * 60_000;

/** The archived records can only be listed whole, so not in every window. */
const archivedEveryMs = 10 * 60_000;

/** Every record is looked through so often, past the index, for what it never showed. */
const sweepEveryMs = 24 * 3_600_000;

/** Calls in one call of `changes`, so that a page with little to tell does not take for ever. */
const callsPerPage = 25;

/** A search reaches no further than this many results: pages that are all empty end there. */
const searchReach = 10_000;

/** Streams of the object itself, walked after those of related objects: `~` comes after every letter. */
const archivedStream = "~archived";
const sweepStream = "~sweep";

/** One call's worth of the walk: what it found, and where the walk stands then. */
interface Step {
  readonly changes: readonly Change[];
  readonly cursor: Cursor;
}

/** What a walk needs to know; the same for all its steps. */
export interface Walk {
  readonly session: Session;
  readonly windows: PollWindows;
  readonly description: Description & { readonly stamp: string };
  /** Related streams in the order in which they are walked. */
  readonly watches: readonly Watch[];
}

/**
 * The records that changed, by polling the search for the date of modification: walks on until the page is full, the window
 * finished, or enough asked for one call.
 *
 * Each window of time is closed: `[since - overlap, until)`. Inside it rows are walked by id alone, each page asking for
 * the ids after the last one of the page before. So no page is ever beyond the 10,000 results that a search reaches,
 * any number of rows may share a stamp, and a row that changes meanwhile leaves the window for the next one. Ids are
 * compared as texts by HubSpot ("5000" < "50000" < "5001"), so the last one is handed back as it came.
 */
export async function walkOn(walk: Walk, from: Cursor, limit: number): Promise<ChangesPage> {
  const { pending = [], ...rest } = from;
  let cursor: Cursor = rest;
  const page = createPage(limit);
  page.put(pending);
  for (let calls = 0; calls < callsPerPage && page.room() > 0 && cursor.until !== undefined; calls += 1) {
    const step = await takeStep(walk, cursor, page.room());
    page.put(step.changes);
    cursor = walk.windows.cap(step.cursor, ["since", "until", "archivedAt", "sweptAt"]);
  }
  return page.close(cursor, cursor.until === undefined);
}

function takeStep(walk: Walk, cursor: Cursor, limit: number): Promise<Step> | Step {
  if (cursor.stream === "") return ownChanges(walk, cursor, limit);
  if (cursor.stream === archivedStream) return archivedRecords(walk, cursor);
  if (cursor.stream === sweepStream) return everyRecord(walk, cursor);
  const watch = walk.watches.find(({ object }) => object === cursor.stream);
  // The mapping changed in the middle of a window and reads this object no more.
  return watch ? relatedChanges(watch, walk, cursor) : { changes: [], cursor: nextStream(walk, cursor) };
}

/** The next page of the object itself. A survivor tells which records went into it. */
async function ownChanges(walk: Walk, cursor: Cursor, limit: number): Promise<Step> {
  const { session, description } = walk;
  const { object, stamp, properties } = description;
  const page = await searchRecords(session, object, {
    ...windowOf(cursor, stamp),
    properties: [stamp, ...(properties.has(mergedIds) ? [mergedIds] : [])],
    limit: Math.min(limit, searchPage),
  });
  return {
    // What was merged before we first looked never mattered.
    changes: page.records.flatMap((row) => [
      ...(cursor.since === undefined ? [] : mergesOf(row)),
      upsertOf(description, row),
    ]),
    cursor: nextPage(walk, cursor, page, searchPage),
  };
}

/** The next related records that changed, and the records that depend on them. */
async function relatedChanges({ object, stamp }: Watch, walk: Walk, cursor: Cursor): Promise<Step> {
  const { session, description } = walk;
  const page = await searchRecords(session, object, {
    ...windowOf(cursor, stamp),
    properties: [stamp],
    limit: recordBatch,
  });
  const changed = Object.fromEntries(page.records.map((row) => [row.id, versionOf({ stamp }, row)]));
  // The engine knows a record of the overlap by its version; that a record depends on one, it cannot see.
  const ids = Object.keys(changed).filter((id) => cursor.told?.[id] !== changed[id]);
  const dependents = await associatedRecords(session, { from: object, to: description.object }, ids);
  const next = nextPage(walk, cursor, page, recordBatch);
  // At first every record is told anyway.
  const told = cursor.since === undefined ? [] : [...dependents.values()].flat();
  return {
    // Not the record's own version, which stayed: nobody may take this for a change that is already known.
    changes: told.map(({ id }) => ({ kind: "upsert", ref: id, version: `${object} until ${cursor.until ?? ""}` })),
    cursor: { ...next, told: rememberTold(next.told, changed) },
  };
}

/** The next archived records. HubSpot lists them by id, whenever they were archived; what went into one before, it tells itself. */
async function archivedRecords(walk: Walk, cursor: Cursor): Promise<Step> {
  const { session, description } = walk;
  const page = await listRecords(session, description.object, {
    properties: description.properties.has(mergedIds) ? [mergedIds] : [],
    archived: true,
    ...(cursor.offset !== undefined && { after: cursor.offset }),
  });
  const from = Date.parse(cursor.archivedAt ?? "") - overlapMs;
  const recent = page.records.filter(({ archivedAt }) => !(Date.parse(archivedAt ?? "") < from));
  return {
    changes: recent.flatMap((row) => [...mergesOf(row), { kind: "delete", ref: row.id }]),
    cursor: nextListed(walk, cursor, page),
  };
}

/** The next of all records, past the index. What the engine knows by its version, it passes over. */
async function everyRecord(walk: Walk, cursor: Cursor): Promise<Step> {
  const { session, description } = walk;
  const page = await listRecords(session, description.object, {
    properties: [description.stamp],
    archived: false,
    ...(cursor.offset !== undefined && { after: cursor.offset }),
  });
  return { changes: page.records.map((row) => upsertOf(description, row)), cursor: nextListed(walk, cursor, page) };
}

/** Rows that changed inside the window, after the last one that was looked at. HubSpot takes instants in milliseconds. */
function windowOf(
  { since, until = "", after, offset }: Cursor,
  stamp: string,
): { readonly filters: readonly SearchFilter[]; readonly after?: string } {
  const begin = since === undefined ? [] : [{ operator: "GTE", value: String(Date.parse(since) - overlapMs) }];
  const times = [...begin, { operator: "LT", value: String(Date.parse(until)) }];
  return {
    filters: [
      ...times.map((time) => ({ propertyName: stamp, ...time })),
      ...(after === undefined ? [] : [{ propertyName: "hs_object_id", operator: "GT", value: after }]),
    ],
    ...(offset !== undefined && { after: offset }),
  };
}

/** Behind the last row; behind an empty page that is not the last one, by HubSpot's own offset. */
function nextPage(walk: Walk, cursor: Cursor, { records, next }: RecordPage, pageSize: number): Cursor {
  if (next === undefined) return nextStream(walk, cursor);
  const last = records.at(-1);
  if (last) return { ...cursor, after: last.id, offset: undefined };
  return Number(next) + pageSize > searchReach ? nextStream(walk, cursor) : { ...cursor, offset: next };
}

function nextListed(walk: Walk, cursor: Cursor, { next }: RecordPage): Cursor {
  return next === undefined ? nextStream(walk, cursor) : { ...cursor, offset: next };
}

/** A record that stands, with its version. */
export function upsertOf(description: Pick<Description, "stamp">, row: HubspotRecord): Change {
  return { kind: "upsert", ref: row.id, version: versionOf(description, row) };
}

function mergesOf(row: HubspotRecord): readonly Change[] {
  return formerIds(row).map((ref) => ({ kind: "merge", ref, survivor: row.id }));
}

/**
 * Where a walk begins: with everything that exists, or as if the window before had ended at `since`. Then the archived
 * records are due, however short the window is; the sweep, which tells every record, is not.
 *
 * @param until where the first window will end
 */
export function firstCursor(since: string | undefined, until: string): Cursor {
  if (since === undefined) return { v: 1, stream: "" };
  const from = Date.parse(since);
  return {
    ...{ v: 1, stream: "", since: new Date(from).toISOString() },
    archivedAt: new Date(Math.min(from, Date.parse(until) - archivedEveryMs)).toISOString(),
    sweptAt: until,
  };
}

/** The stream after the one that is finished; after the last one, the window is finished. */
function nextStream({ watches }: Walk, cursor: Cursor): Cursor {
  const { v, since, until, stream, told, archivedAt, sweptAt, journal } = cursor;
  const kept = journal && { journal };
  if (until === undefined) return { v, stream: "", ...kept };
  const streams = [
    ...watches.map(({ object }) => object),
    ...(isDue(archivedAt, until, archivedEveryMs) ? [archivedStream] : []),
    ...(isDue(sweptAt, until, sweepEveryMs) ? [sweepStream] : []),
  ];
  // The first window lists everything there is: that was a sweep.
  const done = {
    archivedAt: stream === archivedStream ? until : (archivedAt ?? until),
    sweptAt: stream === sweepStream ? until : (sweptAt ?? until),
  };
  const next = streams.find((name) => name > stream);
  if (next !== undefined)
    return { v, ...(since !== undefined && { since }), until, ...done, ...(told && { told }), stream: next, ...kept };
  return { v, since: until, ...done, stream: "", told: forgetTold(told, Date.parse(until) - overlapMs), ...kept };
}

/** Whether everything should be looked through again, index or journal or not. @param until where the next window would end */
export function isSweepDue({ sweptAt }: Cursor, until: string): boolean {
  return isDue(sweptAt, until, sweepEveryMs);
}

function isDue(last: string | undefined, until: string, every: number): boolean {
  return last !== undefined && Date.parse(until) - Date.parse(last) >= every;
}
