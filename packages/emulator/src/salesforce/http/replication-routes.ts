import type { EmulatorResponse } from "../../kernel/index.ts";
import type { Org } from "../org.ts";
import { readInstant, writeInstant } from "../records/instant.ts";
import type { StoredRecord } from "../records/record-store.ts";
import { SalesforceError } from "../salesforce-error.ts";
import type { RouteContext } from "./context.ts";
import { objectOf } from "./record-routes.ts";

const minute = 60_000;
/** How far back changes can be asked for. */
const kept = 30 * 24 * 60 * minute;

interface Window {
  readonly from: number;
  readonly until: number;
}

/** `GET /sobjects/{object}/updated?start=&end=`: ids of the records that were created or changed, and are still there. */
export function updated(context: RouteContext): EmulatorResponse {
  const window = windowOf(context);
  const ids = changedIn(context, window).flatMap(({ Id, IsDeleted }) => (IsDeleted === true ? [] : [Id]));
  return { status: 200, body: { ids, latestDateCovered: writeInstant(latest(context.org, window)) } };
}

/** `GET /sobjects/{object}/deleted?start=&end=`: what went to the recycle bin, or into another record. */
export function deleted(context: RouteContext): EmulatorResponse {
  const window = windowOf(context);
  const deletedRecords = changedIn(context, window).flatMap(({ Id, IsDeleted, SystemModstamp }) =>
    IsDeleted === true ? [{ deletedDate: SystemModstamp ?? null, id: Id }] : [],
  );
  const earliestDateAvailable = writeInstant(wholeMinute(context.org.clock.now() - kept));
  const latestDateCovered = writeInstant(latest(context.org, window));
  return { status: 200, body: { deletedRecords, earliestDateAvailable, latestDateCovered } };
}

function changedIn(context: RouteContext, { from, until }: Window): readonly StoredRecord[] {
  return [...context.org.store.all(objectOf(context))].filter(({ SystemModstamp }) => {
    const at = readInstant(String(SystemModstamp));
    return at >= from && at < until;
  });
}

/** Seconds are dropped from both ends, as Salesforce does. Throws `INVALID_REPLICATION_DATE`. */
function windowOf({ org, request }: RouteContext): Window {
  const [from, until] = ["start", "end"].map((name) => {
    const instant = readInstant(request.query.get(name) ?? "");
    if (Number.isNaN(instant)) throw invalidDate(`${name} is missing or is no date and time`);
    return wholeMinute(instant);
  });
  if (from === undefined || until === undefined) throw invalidDate("start and end are needed");
  if (until - from < minute) throw invalidDate("endDate must be at least one minute greater than startDate");
  if (from < wholeMinute(org.clock.now() - kept)) throw invalidDate("startDate cannot be more than 30 days ago");
  return { from, until };
}

function latest({ clock }: Org, { until }: Window): number {
  return Math.min(until, wholeMinute(clock.now()));
}

function wholeMinute(instant: number): number {
  return Math.floor(instant / minute) * minute;
}

function invalidDate(message: string): SalesforceError {
  return new SalesforceError("INVALID_REPLICATION_DATE", message);
}
