import type { Queries } from "./backend.ts";
import { forgetAnswers } from "./answers.ts";
import { batches } from "./batches.ts";
import { findLink } from "./link-rows.ts";
import { linkedTwice } from "./linked-twice.ts";
import { patchRow, toJson } from "./rows.ts";
import type { BaseValue, Link, LinkPatch, NewJournalEntry, Settlement } from "./store.ts";

/** Where and when something is recorded. */
export interface Recording {
  readonly queries: Queries;
  readonly link: Link;
  readonly now: number;
}

/** Stores all members of a settlement but its claim. */
export const recordSettlement = async (
  recording: Recording,
  { patch, base, fieldStates, journal, failure, answered }: Omit<Settlement, "settles">,
): Promise<void> => {
  if (patch !== undefined) await recordPatch(recording, patch);
  if (base !== undefined) await recordBase(recording, base);
  if (fieldStates !== undefined) await recordFieldStates(recording, fieldStates);
  if (journal !== undefined) await recordJournal(recording, journal);
  if (failure !== undefined) await recordFailure(recording, failure);
  if (answered !== undefined) await forgetAnswers(recording, answered);
};

/** Changes members of the link. Throws `conflict` for an opportunity that another record has. */
export const recordPatch = async ({ queries, link, now }: Recording, patch: LinkPatch): Promise<void> => {
  const row = patchRow(patch);
  if (Object.keys(row).length === 0) return;
  if (patch.opportunityId !== undefined) {
    const other = await findLink(queries, { sync: link.sync, opportunity_id: patch.opportunityId });
    if (other !== undefined && other.id !== link.id)
      throw linkedTwice(`Opportunity ${patch.opportunityId}`, `CRM record ${other.crmRef}`, link.crmRef);
  }
  await queries
    .updateTable("links")
    .set({ ...row, updated_at: now })
    .where("id", "=", link.id)
    .execute();
};

const recordBase = async ({ queries, link }: Recording, base: ReadonlyMap<string, BaseValue>): Promise<void> => {
  const rows = [...base].map(([path, { crm, aws }]) => ({
    link_id: link.id,
    path,
    crm: toJson(crm),
    aws: toJson(aws),
  }));
  for (const batch of batches(rows.filter((row) => row.crm !== null || row.aws !== null)))
    await queries
      .insertInto("base_values")
      .values(batch)
      .onConflict((conflict) =>
        conflict.columns(["link_id", "path"]).doUpdateSet((excluded) => ({
          crm: excluded.ref("excluded.crm"),
          aws: excluded.ref("excluded.aws"),
        })),
      )
      .execute();
  for (const batch of batches(rows.filter((row) => row.crm === null && row.aws === null)))
    await queries
      .deleteFrom("base_values")
      .where("link_id", "=", link.id)
      .where(
        "path",
        "in",
        batch.map((row) => row.path),
      )
      .execute();
};

/** The new set replaces the old one; what stays the same keeps its age. */
const recordFieldStates = async (
  { queries, link, now }: Recording,
  states: NonNullable<Settlement["fieldStates"]>,
): Promise<void> => {
  const before = await queries
    .deleteFrom("field_states")
    .where("link_id", "=", link.id)
    .returning(["path", "kind", "code", "since"])
    .execute();
  const identity = (state: Pick<(typeof before)[number], "path" | "kind" | "code">): string =>
    JSON.stringify([state.path, state.kind, state.code]);
  const since = new Map(before.map((state) => [identity(state), state.since]));
  const distinct = new Map(states.map((state) => [identity(state), state]));
  const rows = [...distinct].map(([key, state]) => ({
    link_id: link.id,
    path: state.path,
    kind: state.kind,
    code: state.code,
    reason: state.reason,
    sources: JSON.stringify(state.sources),
    detail: JSON.stringify(state.detail),
    since: since.get(key) ?? now,
  }));
  for (const batch of batches(rows)) await queries.insertInto("field_states").values(batch).execute();
};

/** Adds lines to the link's journal. */
export const recordJournal = async (
  { queries, link }: Recording,
  entries: readonly NewJournalEntry[],
): Promise<void> => {
  const rows = entries.map(({ at, kind, summary, detail }) => ({
    link_id: link.id,
    at,
    kind,
    summary,
    detail: JSON.stringify(detail),
  }));
  for (const batch of batches(rows)) await queries.insertInto("journal").values(batch).execute();
};

const recordFailure = async (
  { queries, link, now }: Recording,
  failed: NonNullable<Settlement["failure"]> | null,
): Promise<void> => {
  const before = await queries
    .deleteFrom("failures")
    .where("link_id", "=", link.id)
    .returning(["attempts", "streak", "failure"])
    .executeTakeFirst();
  if (failed === null) return;
  const { failure, retryAt, counts = true } = failed;
  const one = counts ? 1 : 0;
  const again = before !== undefined && (JSON.parse(before.failure) as typeof failure).kind === failure.kind;
  await queries
    .insertInto("failures")
    .values({
      link_id: link.id,
      at: now,
      attempts: (again ? before.attempts : 0) + one,
      streak: (before?.streak ?? 0) + one,
      retry_at: retryAt ?? null,
      failure: JSON.stringify(failure),
    })
    .execute();
};
