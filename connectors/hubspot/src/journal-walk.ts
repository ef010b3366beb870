import type { Change, ChangesPage } from "@cosell/connector";
import { associatedRecords } from "./associations.ts";
import type { Cursor, JournalPlace } from "./cursor.ts";
import { type JournalReading, occurredAt, readEvent } from "./journal-event.ts";
import type { OpenJournal } from "./journal-tier.ts";
import type { JournalFile } from "./journal.ts";
import { objectTypeId } from "./object-types.ts";
import { createPage } from "./page.ts";
import { recordBatch } from "./records.ts";
import { overlapMs, type Walk } from "./search-walk.ts";
import { standingOf } from "./standing.ts";

/** HubSpot keeps the journal for three days, nobody says to the minute: what is older than this may be gone. */
const keptMs = 70 * 3_600_000;

/** An offset whose file will soon be gone is not asked for any more: what is kept is looked through from its beginning. */
const offsetGoodMs = 60 * 3_600_000;

/** How long a new subscription may take to be heard, and an event to be published. Unconfirmed; as long as the index may lag. */
const settlingMs = overlapMs;

/** The search looks on for so long after the subscriptions were made. */
export const heardAfterMs = overlapMs + settlingMs;

/** Batches of events in one call of `changes`. */
const batchesPerPage = 25;

/**
 * Where the journal goes on; `undefined` while the search must do: it has not yet looked, with its lag, past the moment
 * from which the journal tells everything.
 */
export function journalPlace({ since, journal }: Cursor, completeSince: number, now: number): JournalPlace | undefined {
  if (since === undefined) return undefined;
  if (Date.parse(since) < completeSince + heardAfterMs) return undefined;
  const known = Date.parse(since) - overlapMs;
  const isWhole = (readAt: number): boolean => readAt >= completeSince && now - readAt <= keptMs;
  if (!journal || !isWhole(Date.parse(journal.readAt)))
    return now - known > keptMs ? undefined : { from: new Date(known).toISOString(), behind: true, readAt: since };
  const isGood = journal.offsetAt === undefined || now - Date.parse(journal.offsetAt) <= offsetGoodMs;
  // One who is behind passes old files by, and goes on.
  if (isGood || journal.behind) return journal;
  return {
    from: new Date(Date.parse(journal.readAt) - settlingMs).toISOString(),
    behind: true,
    readAt: journal.readAt,
  };
}

/**
 * The changes that the journal tells, from where the cursor stands. An event says which records to look at; how they stand,
 * they tell themselves, so that neither order nor repetition matters.
 *
 * @returns `lost` when HubSpot does not know the place any more, `failed` when the journal told nothing
 */
export async function readJournal(
  walk: Walk,
  { portalId, next }: OpenJournal,
  from: { readonly cursor: Cursor & { readonly journal: JournalPlace }; readonly limit: number },
): Promise<ChangesPage | "failed" | "lost"> {
  const { cursor } = from;
  const { time } = walk.session;
  const page = createPage(from.limit);
  let place = cursor.journal;
  let unread = 0;
  const known = Date.parse(place.from);
  let file: JournalFile | undefined;
  let caughtUp = false;
  for (let batches = 0; batches < batchesPerPage && page.room() > 0; batches += 1) {
    if (!file) {
      const found = await next(place.offset);
      if (found === "lost") return found;
      if (found === "failed") {
        if (place === cursor.journal) return found;
        break;
      }
      if (!found) {
        caughtUp = true;
        place = { ...place, behind: false, readAt: new Date(time.now()).toISOString() };
        break;
      }
      file = { ...found, events: found.events.filter((each) => !((occurredAt(each) ?? known) < known)) };
    }
    const begin = place.told?.file === file.offset ? place.told.events : 0;
    const end = Math.min(begin + Math.min(recordBatch, page.room()), file.events.length);
    const told = await tell(walk, file.events.slice(begin, end), portalId);
    page.put(told.own, true);
    page.put(told.related);
    unread += told.unread;
    const isWhole = end === file.events.length;
    place = isWhole
      ? {
          ...place,
          behind: true,
          told: undefined,
          offset: file.offset,
          offsetAt: new Date(file.publishedAt ?? time.now()).toISOString(),
        }
      : { ...place, behind: true, told: { file: file.offset, events: end } };
    if (isWhole) file = undefined;
  }
  // What cannot be read is not passed over: the search looks for it.
  const opened = unread > 0 ? await walk.windows.open({ ...cursor, journal: place }) : "empty";
  if (opened === "lost") return opened;
  return opened === "empty" ? page.close({ ...cursor, journal: place }, caughtUp) : page.close(opened, false);
}

/** What a batch of events says about the object's records: those that they name, and those that depend on them. */
async function tell(
  walk: Walk,
  events: readonly unknown[],
  portalId: string,
): Promise<{ readonly own: readonly Change[]; readonly related: readonly Change[]; readonly unread: number }> {
  const { session, description, watches } = walk;
  const { object } = description;
  const own = objectTypeId(object);
  const readings = events.map((each) => readEvent(each, portalId));
  const at = new Date(Math.max(...events.map((each) => occurredAt(each) ?? 0), 0)).toISOString();
  const changed = idsIn(readings, "record", own);
  const deleted = idsIn(
    readings.filter((each) => each.kind === "record" && each.isDelete),
    "record",
    own,
  );
  const standing = await standingOf(session, description, [...changed]);
  // One that HubSpot shows nowhere: the engine looks for itself, unless it is told to be gone.
  const nowhere = [...changed].filter((ref) => !standing.has(ref));
  const related = [...idsIn(readings, "association", own)].map((ref) => upsert(ref, `associations at ${at}`));
  for (const watch of watches) {
    const ids = [...idsIn(readings, "record", objectTypeId(watch.object))];
    const dependents = await associatedRecords(session, { from: watch.object, to: object }, ids);
    const refs = new Set([...dependents.values()].flat().map(({ id }) => id));
    related.push(...[...refs].map((ref) => upsert(ref, `${watch.object} at ${at}`)));
  }
  return {
    own: [
      ...standing.values(),
      ...nowhere.map((ref): Change => (deleted.has(ref) ? { kind: "delete", ref } : upsert(ref, `journal at ${at}`))),
    ],
    related,
    unread: readings.filter(({ kind }) => kind === "unread").length,
  };
}

/** Not the record's own version: nobody may take this for a change that is already known. */
function upsert(ref: string, version: string): Change {
  return { kind: "upsert", ref, version };
}

function idsIn(
  readings: readonly JournalReading[],
  kind: "association" | "record",
  typeId: string | undefined,
): ReadonlySet<string> {
  return new Set(
    readings.flatMap((each) =>
      each.kind === kind ? each.mentions.filter((mention) => mention.typeId === typeId).map(({ id }) => id) : [],
    ),
  );
}
