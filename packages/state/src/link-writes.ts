import { type Clock, FailureError, failureOf } from "@cosell/connector";
import type { Backend, Queries } from "./backend.ts";
import { gather } from "./gather.ts";
import { type LinkRow, requireLinks } from "./link-rows.ts";
import { linkedTwice } from "./linked-twice.ts";
import { isHeld, type LinkMark, marksOf } from "./mark-rows.ts";
import { beginPendingCalls, callersOf, type NewCall, removePendingCalls } from "./pending-calls.ts";
import { recordAll } from "./record.ts";
import { endClaims, type LinkSettlement } from "./settle.ts";
import type { BegunCall, Claim, Settlement, StateStore } from "./store.ts";

/** A write that concerns one link. */
export type LinkWrite =
  | ({ readonly kind: "settle" } & LinkSettlement)
  | { readonly kind: "begin"; readonly call: NewCall }
  | { readonly kind: "finish"; readonly id: number; readonly outcome: Parameters<StateStore["finishCall"]>[1] };

interface Results {
  readonly settle: { readonly overtaken: boolean };
  readonly begin: BegunCall;
  readonly finish: undefined;
}
type Result = Results[LinkWrite["kind"]];

/** Stores what concerns one link, atomically; resolves when it is on the disk. */
export type WriteLink = <Kind extends LinkWrite["kind"]>(
  write: Extract<LinkWrite, { kind: Kind }>,
) => Promise<Results[Kind]>;

/** Nothing would be stored. */
export const isEmpty = ({ patch, base, fieldStates, journal, failure, settles, answered }: Settlement): boolean =>
  [patch, fieldStates, failure, settles].every((member) => member === undefined) &&
  (base?.size ?? 0) + (journal?.length ?? 0) + (answered?.length ?? 0) === 0;

/**
 * Writes of many links that come together are one transaction, so that they share its journeys and its way to the disk.
 * Each is stored wholly or not at all, whatever becomes of the others: where one of them is refused, or keeps the others
 * waiting for a lock, each is tried by itself.
 */
export const gatherLinkWrites = (write: Backend["write"], clock: Clock): WriteLink => {
  const store = (writes: readonly LinkWrite[]): Promise<readonly Result[]> =>
    write((transaction) => storeLinkWrites(transaction, writes, clock.now()));
  const together = gather<LinkWrite, () => Promise<Result>>(async (writes) => {
    try {
      const results = await store(writes);
      return results.map((result) => () => Promise.resolve(result));
    } catch (error) {
      // What may have been stored after all must not be stored again.
      if (writes.length === 1 || failureOf(error)?.code === "commit-unanswered") throw error;
      return (await Promise.allSettled(writes.map((one) => store([one])))).map((settled) => () => {
        if (settled.status === "rejected") return Promise.reject(settled.reason as Error);
        return Promise.resolve(settled.value[0]);
      });
    }
  });
  return (async (one: LinkWrite) => (await together(one))()) as WriteLink;
};

const storeLinkWrites = async (
  queries: Queries,
  writes: readonly LinkWrite[],
  now: number,
): Promise<readonly Result[]> => {
  const callers = await callersOf(
    queries,
    writes.flatMap((one) => (one.kind === "finish" ? [one.id] : [])),
  );
  const linkOf = (one: LinkWrite): string => {
    if (one.kind === "settle") return one.linkId;
    return one.kind === "begin" ? one.call.linkId : (callers.get(one.id) ?? "");
  };
  const results = new Map<LinkWrite, Result>();
  // One after the other for what concerns the same link. The first part holds, and locks, every link.
  for (let left = writes; left.length > 0;) {
    const part = left.filter((one, index) => left.findIndex((other) => linkOf(other) === linkOf(one)) === index);
    for (const [one, result] of await storePart(queries, part, linkOf, now)) results.set(one, result);
    left = left.filter((one) => !results.has(one));
  }
  return writes.map((one) => results.get(one));
};

/** Stores writes of which each concerns another link. */
const storePart = async (
  queries: Queries,
  writes: readonly LinkWrite[],
  linkOf: (one: LinkWrite) => string,
  now: number,
): Promise<ReadonlyMap<LinkWrite, Result>> => {
  const rows = await requireLinks(queries, writes.map(linkOf));
  const underClaims = writes.filter((one) => claimOf(one) !== undefined || settlesOf(one) !== undefined);
  const marks = await marksByLink(queries, underClaims.map(linkOf));
  refuseLost(underClaims, marks, rows);
  const settled = writes.filter((one) => one.kind === "settle");
  const begun = writes.filter((one) => one.kind === "begin");
  const finished = writes.filter((one) => one.kind === "finish");
  refuseSecond(begun, rows);
  const calls = await beginPendingCalls(
    queries,
    begun.map(({ call }) => call),
    now,
  );
  refuseReplacing(finished, linkOf, rows);
  await removePendingCalls(
    queries,
    finished.map(({ id }) => id),
  );
  const overtaken = await endClaims(queries, settled, marks, now);
  const record = (one: LinkWrite, settlement: Settlement) => {
    const row = rows.get(linkOf(one));
    return row === undefined ? [] : [{ row, settlement }];
  };
  await recordAll(
    queries,
    [
      ...settled.flatMap((one) => {
        const { settlement } = one;
        return record(one, overtaken.has(one.linkId) ? { journal: settlement.journal ?? [] } : settlement);
      }),
      ...finished.flatMap((one) => record(one, one.outcome ?? {})),
    ],
    now,
  );
  return new Map<LinkWrite, Result>([
    ...settled.map((one) => [one, { overtaken: overtaken.has(one.linkId) }] as const),
    ...begun.map((one, index) => [one, calls[index]] as const),
    ...finished.map((one) => [one, undefined] as const),
  ]);
};

const claimOf = (one: LinkWrite): Claim | undefined => {
  if (one.kind === "settle") return one.settlement.claim;
  return one.kind === "begin" ? one.call.claim : one.outcome?.claim;
};

const settlesOf = (one: LinkWrite): Settlement["settles"] =>
  one.kind === "settle" ? one.settlement.settles : undefined;

const marksByLink = async (queries: Queries, linkIds: readonly string[]): Promise<ReadonlyMap<string, LinkMark>> => {
  const marks = linkIds.length === 0 ? [] : await marksOf(queries, linkIds);
  return new Map(marks.map((mark) => [mark.linkId, mark]));
};

/** Who works under a claim stores nothing once another has taken the link over. */
const refuseLost = (
  writes: readonly LinkWrite[],
  marks: ReadonlyMap<string, LinkMark>,
  rows: ReadonlyMap<string, LinkRow>,
): void => {
  for (const one of writes) {
    const claim = claimOf(one);
    if (claim === undefined || isHeld(marks.get(claim.linkId), claim)) continue;
    throw new FailureError({
      kind: "conflict",
      code: "claim-lost",
      message: `CRM record ${rows.get(claim.linkId)?.crm_ref ?? claim.linkId} has been taken over by another process, since this one held it for longer than it may without a word. This step was not stored; the other one goes on with the record.`,
    });
  }
};

/** No opportunity is made for a link that has one. */
const refuseSecond = (
  begun: readonly Extract<LinkWrite, { kind: "begin" }>[],
  rows: ReadonlyMap<string, LinkRow>,
): void => {
  for (const { call } of begun) {
    const row = rows.get(call.linkId);
    if (call.makesOpportunity === true && row !== undefined && row.opportunity_id !== null)
      throw linkedTwice(`CRM record ${row.crm_ref}`, `opportunity ${row.opportunity_id}`, "a new one");
  }
};

/** A call's outcome gives a link its opportunity; it never takes one away. */
const refuseReplacing = (
  finished: readonly Extract<LinkWrite, { kind: "finish" }>[],
  linkOf: (one: LinkWrite) => string,
  rows: ReadonlyMap<string, LinkRow>,
): void => {
  for (const one of finished) {
    const wanted = one.outcome?.patch?.opportunityId;
    const row = rows.get(linkOf(one));
    if (wanted === undefined || row === undefined || row.opportunity_id === null) continue;
    if (row.opportunity_id !== wanted)
      throw linkedTwice(`CRM record ${row.crm_ref}`, `opportunity ${row.opportunity_id}`, wanted);
  }
};
