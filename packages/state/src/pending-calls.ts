import { FailureError } from "@cosell/connector";
import type { Queries } from "./backend.ts";
import { pendingCallOf } from "./rows.ts";
import type { BegunCall, PendingCall, StateStore } from "./store.ts";

/** A call to be stored before it is sent. */
export type NewCall = Parameters<StateStore["beginCall"]>[0];

/**
 * Stores calls of links that are locked, or finds those that are pending for the link and step already. Returns them in
 * the order given.
 */
export const beginPendingCalls = async (
  queries: Queries,
  calls: readonly NewCall[],
  now: number,
): Promise<readonly BegunCall[]> => {
  if (calls.length === 0) return [];
  const stored = await queries
    .insertInto("pending_calls")
    .values(
      calls.map((call) => ({
        link_id: call.linkId,
        step: call.step,
        client_token: call.clientToken,
        request: JSON.stringify(call.request),
        started_at: now,
      })),
    )
    .onConflict((conflict) => conflict.columns(["link_id", "step"]).doNothing())
    .returningAll()
    .execute();
  const made = stored.map(pendingCallOf);
  const earlier =
    made.length === calls.length
      ? new Map<string, readonly PendingCall[]>()
      : await pendingCallsOf(
          queries,
          calls.map(({ linkId }) => linkId),
        );
  return calls.map(({ linkId, step }) => {
    const isIt = (call: PendingCall): boolean => call.linkId === linkId && call.step === step;
    const begun = made.find(isIt);
    const call = begun ?? earlier.get(linkId)?.find(isIt);
    if (call === undefined) throw new Error("The call that was just stored is gone.");
    return { ...call, isNew: begun !== undefined };
  });
};

/** The calls whose outcome is not known, by link, oldest first. Links without one are left out. */
export const pendingCallsOf = async (
  queries: Queries,
  linkIds: readonly string[],
): Promise<ReadonlyMap<string, readonly PendingCall[]>> => {
  const rows = await queries
    .selectFrom("pending_calls")
    .where("link_id", "in", linkIds)
    .orderBy("id")
    .selectAll()
    .execute();
  return Map.groupBy(rows.map(pendingCallOf), ({ linkId }) => linkId);
};

/**
 * Throws `conflict` (`call-pending`) while a call of a link without an opportunity may give it one: `wish` says what
 * cannot be done until then.
 */
export const refuseWhilePending = async (queries: Queries, linkId: string, wish: string): Promise<void> => {
  const call = (await pendingCallsOf(queries, [linkId])).get(linkId)?.[0];
  if (call === undefined) return;
  throw new FailureError({
    kind: "conflict",
    code: "call-pending",
    message: `${wish} yet: a call "${call.step}" is under way there, which may make an opportunity. Nothing was stored. Try again when it is done; the next sync of the record finds its outcome.`,
  });
};

/** Whose calls these are, by their ids. Throws `missing` for one that is not pending. */
export const callersOf = async (queries: Queries, ids: readonly number[]): Promise<ReadonlyMap<number, string>> => {
  if (ids.length === 0) return new Map();
  const rows = await queries.selectFrom("pending_calls").where("id", "in", ids).select(["id", "link_id"]).execute();
  const callers = new Map(rows.map((row) => [row.id, row.link_id]));
  requireAll(ids, callers);
  return callers;
};

/** Removes calls of links that are locked. Throws `missing` for one that is not pending any more. */
export const removePendingCalls = async (queries: Queries, ids: readonly number[]): Promise<void> => {
  if (ids.length === 0) return;
  const removed = await queries.deleteFrom("pending_calls").where("id", "in", ids).returning("id").execute();
  requireAll(ids, new Set(removed.map(({ id }) => id)));
};

const requireAll = (ids: readonly number[], found: { readonly has: (id: number) => boolean }): void => {
  const gone = ids.find((id) => !found.has(id));
  if (gone === undefined) return;
  throw new FailureError({
    kind: "missing",
    code: "unknown-call",
    message: `Call ${gone} is not pending: it was finished before. Nothing was stored.`,
  });
};
