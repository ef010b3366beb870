import type { Change, ChangesPage, ChangesRequest } from "@cosell/connector";
import { formatCursor, parseCursor } from "./cursor.ts";
import { currentRows } from "./kept-rows.ts";
import { locked } from "./lock.ts";
import { versionOf } from "./row.ts";
import { loadSeen, nothingSeen, saveSeen, type Seen, type SeenRecord } from "./seen.ts";
import { stampOf } from "./stamp.ts";
import type { OpenObject } from "./store.ts";

/** How long a record that is gone is remembered. Whoever did not ask for so long begins anew. */
const rememberGoneMs = 30 * 24 * 3_600_000;

/**
 * The records that changed: the file is compared with what it held before, and every difference gets the next number.
 * A cursor is such a number, so it may be used again and again, and whatever changes while pages are read comes later.
 * Of a record that is there nobody knows when it changed: `since` tells them all, and what went since then.
 */
export async function changes(
  opened: OpenObject,
  { cursor: text, since, limit = 2000 }: ChangesRequest,
): Promise<ChangesPage> {
  const given = text === undefined ? undefined : parseCursor(text);
  if (text !== undefined && !given) return { cursorLost: true };
  const { epoch, last, forgotten, records } = await locked(opened, () => lookAgain(opened));
  if (given && (given.epoch !== epoch || given.at < forgotten || given.at > last)) {
    opened.logger.warn("file: the cursor of the changes is lost", { object: opened.object });
    return { cursorLost: true };
  }
  const from = since === undefined ? Number.POSITIVE_INFINITY : Date.parse(since);
  if (!given && forgotten > 0 && from < opened.clock.now() - rememberGoneMs) return { cursorLost: true };
  const told = [...records]
    .filter(([, { version, change, goneAt = 0 }]) => (given ? change > given.at : version !== null || goneAt >= from))
    .sort(([, one], [, other]) => one.change - other.change);
  const page = told.slice(0, limit);
  const caughtUp = page.length === told.length;
  return {
    changes: page.map(changeOf),
    cursor: formatCursor(epoch, caughtUp ? last : (page.at(-1)?.[1].change ?? last)),
    caughtUp,
  };
}

function changeOf([ref, { version }]: readonly [string, SeenRecord]): Change {
  return version === null ? { kind: "delete", ref } : { kind: "upsert", ref, version };
}

/** What the file holds now, numbered on from what it held before. */
async function lookAgain(opened: OpenObject): Promise<Seen> {
  const { path, object, logger } = opened;
  const stamp = await stampOf(path);
  const before = await loadSeen(path);
  if (before?.stamp === stamp.text) return before;
  const known = before ?? nothingSeen();
  const now = await compare(opened, known);
  // A stamp that may yet stand for another content is not kept: the next look compares again.
  const kept = { ...now, stamp: stamp.fresh || (await stampOf(path)).text !== stamp.text ? "" : stamp.text };
  if (!before || kept.last !== before.last || kept.stamp !== before.stamp) await saveSeen(path, kept);
  logger.debug("file: compared", { object, records: kept.records.size, changes: kept.last - known.last });
  return kept;
}

async function compare(opened: OpenObject, { epoch, last: before, forgotten, records: known }: Seen): Promise<Seen> {
  const records = new Map<string, SeenRecord>();
  let last = before;
  for await (const row of currentRows(opened)) {
    if ("columns" in row) continue;
    const version = versionOf(row.values);
    const seen = known.get(row.ref);
    records.set(row.ref, seen?.version === version ? seen : { version, change: (last += 1) });
  }
  const now = opened.clock.now();
  let forgottenNow = forgotten;
  for (const [ref, seen] of known) {
    if (records.has(ref)) continue;
    if (seen.version !== null) records.set(ref, { version: null, change: (last += 1), goneAt: now });
    else if (now - (seen.goneAt ?? 0) < rememberGoneMs) records.set(ref, seen);
    else forgottenNow = Math.max(forgottenNow, seen.change);
  }
  return { epoch, last, forgotten: forgottenNow, stamp: "", records };
}
