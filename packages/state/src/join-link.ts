import type { Queries } from "./backend.ts";
import { makeLinks } from "./intake.ts";
import { findLink } from "./link-rows.ts";
import { linkedTwice } from "./linked-twice.ts";
import { lockLinks } from "./link-locks.ts";
import { markLinks } from "./mark-links.ts";
import { recordJournal, recordPatch } from "./record.ts";
import type { Link, NewJournalEntry } from "./store.ts";

/** What is joined to what. */
export interface Pair {
  readonly crmRef: string;
  readonly opportunityId: string;
  readonly title?: string;
}

/** Joins a record and an opportunity that both exist, and marks their link. Throws `conflict` when either has another. */
export const joinLink = async (
  queries: Queries,
  sync: string,
  { crmRef, opportunityId, title }: Pair,
  journal: readonly NewJournalEntry[],
  now: number,
): Promise<Link> => {
  await makeLinks(queries, sync, [crmRef], now);
  await lockLinks(queries, "crm_ref", [crmRef], sync);
  const link = await findLink(queries, { sync, crm_ref: crmRef });
  if (link === undefined) throw new Error("The link that was just made is gone.");
  if (link.opportunityId !== undefined && link.opportunityId !== opportunityId)
    throw linkedTwice(`CRM record ${crmRef}`, `opportunity ${link.opportunityId}`, opportunityId);
  const recording = { queries, link, now };
  // Refuses an opportunity that another record has.
  await recordPatch(recording, { opportunityId, status: "linked", ...(title === undefined ? {} : { title }) });
  await recordJournal(recording, journal);
  await markLinks(queries, [link.id], { reasons: ["joined"], priority: "high" }, now);
  return (await findLink(queries, { id: link.id })) ?? link;
};
