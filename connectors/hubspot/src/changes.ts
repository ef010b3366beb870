import {
  type ChangesPage,
  type ChangesRequest,
  type ConnectorContext,
  FailureError,
  pollWindows,
} from "@cosell/connector";
import { apiPaths } from "./api-paths.ts";
import { formatCursor, parseCursor } from "./cursor.ts";
import type { Descriptions } from "./describe.ts";
import type { JournalTier } from "./journal-tier.ts";
import { journalPlace, readJournal } from "./journal-walk.ts";
import { createPage } from "./page.ts";
import { firstCursor, isSweepDue, type Walk, walkOn } from "./search-walk.ts";
import type { Session } from "./session.ts";
import { watchesOf } from "./watches.ts";

/** Archived records are listed for 90 days: a cursor that is older has missed some. */
const longestGapMs = 89 * 24 * 3_600_000;

/** What `changes` works with. */
export interface ChangesWorld {
  readonly session: Session;
  readonly descriptions: Descriptions;
  readonly context: ConnectorContext;
  readonly tier: JournalTier;
}

/**
 * The records that changed: from the Webhooks Journal where the app has it, else by the search. The search's own place
 * (`since`) moves with its windows alone, so that it can go on for the journal at any time, and does where the journal's
 * place is lost: it also finds what was archived or merged, which a list of everything does not tell. Between two windows
 * there is never more than a day.
 */
export async function changes(
  world: ChangesWorld,
  { object, cursor: text, since, fields = [], limit = 2000 }: ChangesRequest,
): Promise<ChangesPage> {
  const { session, descriptions, context, tier } = world;
  const { time } = session;
  const windows = pollWindows({
    ...{ time, stamp: (milliseconds: number) => new Date(milliseconds).toISOString() },
    ask: () => session.call({ method: "GET", path: apiPaths.account, overBudget: true }),
  });
  const given = text === undefined ? firstCursor(since, windows.end()) : parseCursor(text);
  const age = given?.since ?? given?.until;
  if (!given || (age !== undefined && time.now() - Date.parse(age) > longestGapMs)) {
    context.logger.warn("hubspot: the cursor of the changes is lost", { object, readable: given !== undefined });
    return { cursorLost: true };
  }
  const walk: Walk = {
    ...{ session, windows },
    description: await describedWithStamp(descriptions, object),
    watches: await watchesOf(descriptions, object, fields),
  };
  if (given.until !== undefined) return walkOn(walk, given, limit);
  if (given.pending?.length) {
    const { pending, ...rest } = given;
    const page = createPage(limit);
    page.put(pending, true);
    return page.close(rest, false);
  }
  const open = await tier.open(walk, fields);
  let { journal: place } = given;
  if (open) {
    place = journalPlace(given, open.completeSince, time.now());
    if (place && !isSweepDue(given, windows.end())) {
      const page = await readJournal(walk, open, { cursor: { ...given, journal: place }, limit });
      if (typeof page !== "string") return page;
      context.logger.info("hubspot: changes are searched for", { object, journal: page });
      if (page === "lost") place = undefined;
    }
  }
  // While the journal is away its place is kept, for what a search cannot see; a place with gaps behind it is not.
  const opened = await windows.open({ ...given, journal: place });
  if (opened === "lost") {
    context.logger.warn("hubspot: the cursor of the changes is in the future: this machine's clock was ahead", {
      object,
    });
    return { cursorLost: true };
  }
  return opened === "empty"
    ? { changes: [], cursor: formatCursor(given), caughtUp: true }
    : walkOn(walk, opened, limit);
}

async function describedWithStamp(descriptions: Descriptions, object: string): Promise<Walk["description"]> {
  const description = await descriptions.of(object);
  const { stamp } = description;
  if (stamp !== undefined) return { ...description, stamp };
  throw new FailureError({
    kind: "config",
    message: `HubSpot keeps no date of modification for ${object}: its changes cannot be followed.`,
  });
}
