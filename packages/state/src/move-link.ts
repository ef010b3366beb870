import type { Queries } from "./backend.ts";
import { findLink, requireLink } from "./link-rows.ts";
import { linkedTwice } from "./linked-twice.ts";
import { lockLinks } from "./link-locks.ts";
import { markLinks } from "./mark-links.ts";
import { refuseWhilePending } from "./pending-calls.ts";
import { recordJournal } from "./record.ts";
import { linkOf } from "./rows.ts";
import type { Link, NewJournalEntry } from "./store.ts";

/**
 * Moves a link to the record that its own was merged into, and marks it. The survivor's own link gives way, its journal
 * goes over. Throws `conflict` when that link has an opportunity, or a call under way that may give it one.
 */
export const moveLinkTo = async (
  queries: Queries,
  linkId: string,
  survivorRef: string,
  journal: readonly NewJournalEntry[],
  now: number,
): Promise<Link> => {
  const before = await findLink(queries, { id: linkId });
  const survivor = before && (await findLink(queries, { sync: before.sync, crm_ref: survivorRef }));
  // Both in one statement: in the order of their making.
  await lockLinks(queries, "id", survivor === undefined ? [linkId] : [linkId, survivor.id]);
  const row = await requireLink(queries, linkId);
  const link = linkOf(row);
  const own = await findLink(queries, { sync: link.sync, crm_ref: survivorRef });
  if (own !== undefined && own.id !== link.id) await giveWay(queries, own, link);
  await queries
    .updateTable("links")
    // What was last seen of the CRM is of the other record.
    .set({ crm_ref: survivorRef, crm_version: null, crm_hash: null, updated_at: now })
    .where("id", "=", link.id)
    .execute();
  await recordJournal(queries, [{ row, settlement: { journal } }]);
  await markLinks(queries, [link.id], { reasons: ["merged"], priority: "high" }, now);
  return linkOf(await requireLink(queries, link.id));
};

const giveWay = async (queries: Queries, own: Link, link: Link): Promise<void> => {
  if (own.opportunityId !== undefined)
    throw linkedTwice(
      `CRM record ${own.crmRef}`,
      `opportunity ${own.opportunityId}`,
      link.opportunityId ?? `the link of ${link.crmRef}`,
    );
  await refuseWhilePending(queries, own.id, `The link of CRM record ${link.crmRef} cannot move to ${own.crmRef}`);
  await queries.updateTable("journal").set({ link_id: link.id }).where("link_id", "=", own.id).execute();
  for (const table of ["marks", "base_values", "field_states", "failures", "answers"] as const)
    await queries.deleteFrom(table).where("link_id", "=", own.id).execute();
  await queries.deleteFrom("links").where("id", "=", own.id).execute();
};
