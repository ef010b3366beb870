import type { Insertable } from "kysely";
import type { Queries } from "./backend.ts";
import { forgetAnswers } from "./answers.ts";
import { batches } from "./batches.ts";
import { fieldStatesOf } from "./field-states.ts";
import type { LinkRow } from "./link-rows.ts";
import { linkedTwice } from "./linked-twice.ts";
import { patchRow, toJson } from "./rows.ts";
import type { FieldState, Settlement } from "./store.ts";
import type { LinksTable } from "./tables.ts";

/** What is recorded of one link, whose row is locked. */
export interface LinkRecord {
  readonly row: LinkRow;
  readonly settlement: Omit<Settlement, "settles">;
}

/** Stores all members of settlements but their claims, in as few statements as possible: each link once. */
export const recordAll = async (queries: Queries, records: readonly LinkRecord[], now: number): Promise<void> => {
  await recordPatches(queries, records, now);
  await recordBase(queries, records);
  await recordFieldStates(queries, records, now);
  await recordJournal(queries, records);
  await recordFailures(queries, records, now);
  await forgetAnswers(
    queries,
    records.map(({ row, settlement }) => ({ linkId: row.id, paths: settlement.answered ?? [] })),
  );
};

/** Changes members of links. Throws `conflict` for an opportunity that another record has. */
const recordPatches = async (queries: Queries, records: readonly LinkRecord[], now: number): Promise<void> => {
  const changed = records.flatMap(({ row, settlement: { patch } }) => {
    const columns = Object.entries(patch === undefined ? {} : patchRow(patch));
    const differs = columns.some(([column, value]) => row[column as keyof LinkRow] !== value);
    return differs ? [{ row, patched: { ...row, ...Object.fromEntries(columns), updated_at: now } }] : [];
  });
  await refuseLinkedTwice(
    queries,
    changed.filter(({ row, patched }) => row.opportunity_id !== patched.opportunity_id).map(({ patched }) => patched),
  );
  for (const batch of batches(changed.map(({ patched }) => patched)))
    await queries
      .insertInto("links")
      .values(batch satisfies readonly Insertable<LinksTable>[])
      .onConflict((conflict) =>
        conflict.column("position").doUpdateSet((excluded) => ({
          opportunity_id: excluded.ref("excluded.opportunity_id"),
          status: excluded.ref("excluded.status"),
          crm_version: excluded.ref("excluded.crm_version"),
          crm_hash: excluded.ref("excluded.crm_hash"),
          aws_version: excluded.ref("excluded.aws_version"),
          review_status: excluded.ref("excluded.review_status"),
          stage: excluded.ref("excluded.stage"),
          title: excluded.ref("excluded.title"),
          aws_written_from: excluded.ref("excluded.aws_written_from"),
          aws_written_at: excluded.ref("excluded.aws_written_at"),
          observed_at: excluded.ref("excluded.observed_at"),
          updated_at: excluded.ref("excluded.updated_at"),
        })),
      )
      .execute();
};

const refuseLinkedTwice = async (queries: Queries, rows: readonly LinkRow[]): Promise<void> => {
  const wanted = new Map(rows.flatMap((row) => (row.opportunity_id === null ? [] : [[row.opportunity_id, row]])));
  for (const batch of batches([...wanted.keys()])) {
    const others = await queries
      .selectFrom("links")
      .where("opportunity_id", "in", batch)
      .select(["id", "sync", "crm_ref", "opportunity_id"])
      .execute();
    for (const other of others) {
      const row = wanted.get(other.opportunity_id ?? "");
      if (row !== undefined && row.sync === other.sync && row.id !== other.id)
        throw linkedTwice(`Opportunity ${other.opportunity_id ?? ""}`, `CRM record ${other.crm_ref}`, row.crm_ref);
    }
  }
};

const recordBase = async (queries: Queries, records: readonly LinkRecord[]): Promise<void> => {
  const rows = records.flatMap(({ row, settlement }) =>
    [...(settlement.base ?? [])].map(([path, { crm, aws }]) => ({
      link_id: row.id,
      path,
      crm: toJson(crm),
      aws: toJson(aws),
    })),
  );
  for (const batch of batches(rows.filter((row) => row.crm !== null || row.aws !== null)))
    await queries
      .insertInto("base_values")
      .values(batch)
      .onConflict((conflict) =>
        conflict
          .columns(["link_id", "path"])
          .doUpdateSet((excluded) => ({
            crm: excluded.ref("excluded.crm"),
            aws: excluded.ref("excluded.aws"),
          }))
          .where((where) =>
            where.or([
              where("base_values.crm", "is distinct from", where.ref("excluded.crm")),
              where("base_values.aws", "is distinct from", where.ref("excluded.aws")),
            ]),
          ),
      )
      .execute();
  const emptied = Map.groupBy(
    rows.filter((row) => row.crm === null && row.aws === null),
    (row) => row.link_id,
  );
  for (const [linkId, paths] of emptied)
    for (const batch of batches(paths.map(({ path }) => path)))
      await queries.deleteFrom("base_values").where("link_id", "=", linkId).where("path", "in", batch).execute();
};

type NewFieldState = Omit<FieldState, "since">;

/** The new set replaces the old one; what stays the same keeps its age. */
const recordFieldStates = async (queries: Queries, records: readonly LinkRecord[], now: number): Promise<void> => {
  const wanted = records.flatMap(({ row, settlement: { fieldStates } }) =>
    fieldStates === undefined ? [] : [{ linkId: row.id, states: distinct(fieldStates) }],
  );
  if (wanted.length === 0) return;
  const before = await fieldStatesOf(
    queries,
    wanted.map(({ linkId }) => linkId),
  );
  const changed = wanted.filter(({ linkId, states }) => !sameStates(before.get(linkId) ?? [], states));
  for (const batch of batches(changed.filter(({ linkId }) => before.has(linkId)).map(({ linkId }) => linkId)))
    await queries.deleteFrom("field_states").where("link_id", "in", batch).execute();
  const rows = changed.flatMap(({ linkId, states }) => {
    const since = new Map((before.get(linkId) ?? []).map((state) => [identityOf(state), state.since]));
    return states.map((state) => ({
      link_id: linkId,
      path: state.path,
      kind: state.kind,
      code: state.code,
      reason: state.reason,
      sources: JSON.stringify(state.sources),
      detail: JSON.stringify(state.detail),
      since: since.get(identityOf(state)) ?? now,
    }));
  });
  for (const batch of batches(rows)) await queries.insertInto("field_states").values(batch).execute();
};

const identityOf = ({ path, kind, code }: NewFieldState): string => JSON.stringify([path, kind, code]);

const distinct = (states: readonly NewFieldState[]): readonly NewFieldState[] => [
  ...new Map(states.map((state) => [identityOf(state), state])).values(),
];

/** Equal in all but their age, in the same order. */
const sameStates = (before: readonly FieldState[], states: readonly NewFieldState[]): boolean => {
  const textOf = ({ path, kind, code, reason, sources, detail }: NewFieldState): string =>
    JSON.stringify([path, kind, code, reason, sources, detail]);
  return before.length === states.length && before.every((one, index) => textOf(one) === textOf(states[index] ?? one));
};

/** Adds lines to the links' journals. */
export const recordJournal = async (queries: Queries, records: readonly LinkRecord[]): Promise<void> => {
  const rows = records.flatMap(({ row, settlement }) =>
    (settlement.journal ?? []).map(({ at, kind, summary, detail }) => ({
      link_id: row.id,
      at,
      kind,
      summary,
      detail: JSON.stringify(detail),
    })),
  );
  for (const batch of batches(rows)) await queries.insertInto("journal").values(batch).execute();
};

const recordFailures = async (queries: Queries, records: readonly LinkRecord[], now: number): Promise<void> => {
  const told = records.flatMap(({ row, settlement: { failure } }) =>
    failure === undefined ? [] : [{ linkId: row.id, failed: failure }],
  );
  if (told.length === 0) return;
  const standing = await queries
    .selectFrom("failures")
    .where(
      "link_id",
      "in",
      told.map(({ linkId }) => linkId),
    )
    .select(["link_id", "attempts", "streak", "failure"])
    .execute();
  for (const batch of batches(standing.map((row) => row.link_id)))
    await queries.deleteFrom("failures").where("link_id", "in", batch).execute();
  const earlier = new Map(standing.map((row) => [row.link_id, row]));
  const rows = told.flatMap(({ linkId, failed }) => {
    if (failed === null) return [];
    const { failure, retryAt, counts = true } = failed;
    const before = earlier.get(linkId);
    const one = counts ? 1 : 0;
    const again = before !== undefined && (JSON.parse(before.failure) as typeof failure).kind === failure.kind;
    return [
      {
        link_id: linkId,
        at: now,
        attempts: (again ? before.attempts : 0) + one,
        streak: (before?.streak ?? 0) + one,
        retry_at: retryAt ?? null,
        failure: JSON.stringify(failure),
      },
    ];
  });
  for (const batch of batches(rows)) await queries.insertInto("failures").values(batch).execute();
};
