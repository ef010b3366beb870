import type { Queries } from "./backend.ts";
import { requireLink } from "./link-rows.ts";
import { marksOf, saveMarks } from "./mark-rows.ts";
import { answer, mark, release } from "./mark-state.ts";
import { recordJournal, recordSettlement } from "./record.ts";
import type { Settlement } from "./store.ts";

/**
 * Stores what a reconcile leaves behind and ends its claim. Returns false when the claim was another's by now: then only
 * the journal is stored, and the link is marked again.
 */
export const settleLink = async (
  queries: Queries,
  linkId: string,
  settlement: Settlement,
  now: number,
): Promise<boolean> => {
  const link = await requireLink(queries, linkId);
  const recording = { queries, link, now };
  const { settles, failure } = settlement;
  if (settles !== undefined) {
    const [held] = await marksOf(queries, [linkId]);
    const ours = held?.state.owner === settles.owner && held.state.generation === settles.generation;
    if (!ours) {
      await recordJournal(recording, settlement.journal ?? []);
      if (held !== undefined) await saveMarks(queries, [{ ...held, state: mark(held.state, now, ["overtaken"]) }]);
      return false;
    }
    const tryAgain = failure?.retryAt !== undefined;
    await saveMarks(queries, [{ ...held, state: tryAgain ? release(held.state) : answer(held.state) }]);
  }
  await recordSettlement(recording, settlement);
  return true;
};
