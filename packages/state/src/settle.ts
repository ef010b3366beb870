import type { Queries } from "./backend.ts";
import { isHeld, type LinkMark, saveMarks } from "./mark-rows.ts";
import { answer, mark, release } from "./mark-state.ts";
import type { Settlement } from "./store.ts";

/** What a reconcile leaves behind. */
export interface LinkSettlement {
  readonly linkId: string;
  readonly settlement: Settlement;
}

/**
 * Ends the claims of settlements, each of another link, which is locked and whose mark is given. Returns the links whose claim was another's by
 * now: they are marked again, and nothing of their settlement but its journal may be stored.
 */
export const endClaims = async (
  queries: Queries,
  settlements: readonly LinkSettlement[],
  marks: ReadonlyMap<string, LinkMark>,
  now: number,
): Promise<ReadonlySet<string>> => {
  const overtaken = new Set<string>();
  const ended = settlements.flatMap(({ linkId, settlement: { settles, failure } }) => {
    if (settles === undefined) return [];
    const one = marks.get(linkId);
    const ours = isHeld(one, settles);
    if (!ours) overtaken.add(linkId);
    if (one === undefined) return [];
    const { state } = one;
    if (!ours) return [{ ...one, state: mark(state, now, ["overtaken"]) }];
    const tryAgain = failure?.retryAt !== undefined;
    return [{ ...one, state: tryAgain ? release(state) : answer(state) }];
  });
  await saveMarks(queries, ended);
  return overtaken;
};
