import { FailureError } from "@cosell/connector";
import type { Queries } from "./backend.ts";
import { requireLink } from "./link-rows.ts";
import { recordSettlement } from "./record.ts";
import { linkOf, pendingCallOf } from "./rows.ts";
import type { PendingCall, Settlement, StateStore } from "./store.ts";

/** Stores the call, or finds the one that is pending for the link and step already. */
export const beginPendingCall = async (
  queries: Queries,
  call: Parameters<StateStore["beginCall"]>[0],
  now: number,
): Promise<PendingCall> => {
  await requireLink(queries, call.linkId);
  const begun = await queries
    .insertInto("pending_calls")
    .values({
      link_id: call.linkId,
      step: call.step,
      client_token: call.clientToken,
      request: JSON.stringify(call.request),
      started_at: now,
    })
    .onConflict((conflict) => conflict.columns(["link_id", "step"]).doNothing())
    .returningAll()
    .executeTakeFirst();
  const row =
    begun ??
    (await queries
      .selectFrom("pending_calls")
      .where("link_id", "=", call.linkId)
      .where("step", "=", call.step)
      .selectAll()
      .executeTakeFirstOrThrow());
  return pendingCallOf(row);
};

/** The calls of a link whose outcome is not known, oldest first. */
export const pendingCallsOf = async (queries: Queries, linkId: string): Promise<readonly PendingCall[]> => {
  const rows = await queries
    .selectFrom("pending_calls")
    .where("link_id", "=", linkId)
    .orderBy("id")
    .selectAll()
    .execute();
  return rows.map(pendingCallOf);
};

/** Removes the call and stores its outcome. */
export const finishPendingCall = async (
  queries: Queries,
  id: number,
  outcome: Pick<Settlement, "patch" | "journal" | "base">,
  now: number,
): Promise<void> => {
  const row = await queries
    .selectFrom("links")
    .innerJoin("pending_calls", "pending_calls.link_id", "links.id")
    .where("pending_calls.id", "=", id)
    .selectAll("links")
    .forNoKeyUpdate("links")
    .executeTakeFirst();
  if (row === undefined) throw notPending(id);
  const link = linkOf(row);
  const finished = await queries.deleteFrom("pending_calls").where("id", "=", id).returning("id").executeTakeFirst();
  if (finished === undefined) throw notPending(id);
  await recordSettlement({ queries, link, now }, outcome);
};

const notPending = (id: number): FailureError =>
  new FailureError({
    kind: "missing",
    code: "unknown-call",
    message: `Call ${id} is not pending: it was finished before. Nothing was stored.`,
  });
