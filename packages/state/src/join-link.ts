import type { Queries } from "./backend.ts";
import { makeLinks } from "./intake.ts";
import { requireLink } from "./link-rows.ts";
import { linkedTwice } from "./linked-twice.ts";
import { lockLinks } from "./link-locks.ts";
import { markLinks } from "./mark-links.ts";
import { refuseWhilePending } from "./pending-calls.ts";
import { recordAll } from "./record.ts";
import { linkOf } from "./rows.ts";
import type { BaseValue, Link, LinkPatch, NewJournalEntry } from "./store.ts";

/** What is joined to what. */
export interface Pair {
  readonly crmRef: string;
  readonly opportunityId: string;
  readonly title?: string;
  /** What they agree on, where that is known; a link that has the opportunity already keeps its own. */
  readonly base?: ReadonlyMap<string, BaseValue>;
}

/**
 * Joins a record and an opportunity that both exist, and marks their link. Throws `conflict` when either has another, or a
 * call under way may give the record one.
 */
export const joinLink = async (
  queries: Queries,
  sync: string,
  { crmRef, opportunityId, title, base }: Pair,
  journal: readonly NewJournalEntry[],
  now: number,
): Promise<Link> => {
  await makeLinks(queries, sync, [crmRef], now);
  const [locked] = await lockLinks(queries, "crm_ref", [crmRef], sync);
  if (locked === undefined) throw new Error("The link that was just made is gone.");
  const row = await requireLink(queries, locked.id);
  if (row.opportunity_id !== null && row.opportunity_id !== opportunityId)
    throw linkedTwice(`CRM record ${crmRef}`, `opportunity ${row.opportunity_id}`, opportunityId);
  if (row.opportunity_id === null)
    await refuseWhilePending(queries, row.id, `CRM record ${crmRef} cannot be linked to opportunity ${opportunityId}`);
  const patch: LinkPatch = { opportunityId, status: "linked", ...(title === undefined ? {} : { title }) };
  const agreed = base !== undefined && row.opportunity_id === null ? { base } : {};
  const records = [{ row, settlement: { patch, journal, ...agreed } }];
  // Refuses an opportunity that another record has.
  await recordAll(queries, records, now);
  await markLinks(queries, [row.id], { reasons: ["joined"], priority: "high" }, now);
  return linkOf(await requireLink(queries, row.id));
};
