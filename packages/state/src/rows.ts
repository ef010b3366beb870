import type { Selectable } from "kysely";
import type { JsonValue } from "@cosell/connector";
import type { FieldState, JournalEntry, Link, LinkPatch, PendingCall } from "./store.ts";
import type { FieldStatesTable, JournalTable, LinksTable, PendingCallsTable } from "./tables.ts";

/** `undefined` is no JSON: it is the column's `null`, and JSON's null is the text `null`. */
export const toJson = (value: JsonValue | undefined): string | null =>
  value === undefined ? null : JSON.stringify(value);

/** The reverse of {@link toJson}. The caller knows the shape: it wrote it. */
export const fromJson = (text: string | null): JsonValue | undefined =>
  text === null ? undefined : (JSON.parse(text) as JsonValue);

export const linkOf = (row: Selectable<LinksTable>): Link => ({
  id: row.id,
  sync: row.sync,
  crmRef: row.crm_ref,
  opportunityId: row.opportunity_id ?? undefined,
  status: row.status,
  crmVersion: row.crm_version ?? undefined,
  crmHash: row.crm_hash ?? undefined,
  awsVersion: row.aws_version ?? undefined,
  reviewStatus: row.review_status ?? undefined,
  stage: row.stage ?? undefined,
  title: row.title ?? undefined,
  awsWrittenFrom: row.aws_written_from ?? undefined,
  awsWrittenAt: row.aws_written_at ?? undefined,
  observedAt: row.observed_at ?? undefined,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const patchColumns = {
  opportunityId: "opportunity_id",
  status: "status",
  crmVersion: "crm_version",
  crmHash: "crm_hash",
  awsVersion: "aws_version",
  reviewStatus: "review_status",
  stage: "stage",
  title: "title",
  awsWrittenFrom: "aws_written_from",
  awsWrittenAt: "aws_written_at",
  observedAt: "observed_at",
} as const satisfies Readonly<Record<keyof LinkPatch, keyof LinksTable>>;

/** The columns that a patch changes: an absent member is left out, an undefined one becomes `null`. */
export const patchRow = (patch: LinkPatch): Partial<Selectable<LinksTable>> =>
  Object.fromEntries(
    Object.entries(patchColumns)
      .filter(([member]) => member in patch)
      .map(([member, column]) => [column, patch[member as keyof LinkPatch] ?? null]),
  );

export const journalEntryOf = (row: Selectable<JournalTable>): JournalEntry => ({
  id: row.id,
  linkId: row.link_id,
  at: row.at,
  kind: row.kind,
  summary: row.summary,
  detail: JSON.parse(row.detail) as JournalEntry["detail"],
});

export const pendingCallOf = (row: Selectable<PendingCallsTable>): PendingCall => ({
  id: row.id,
  linkId: row.link_id,
  step: row.step,
  clientToken: row.client_token,
  request: JSON.parse(row.request) as PendingCall["request"],
  startedAt: row.started_at,
});

export const fieldStateOf = (row: Selectable<FieldStatesTable>): FieldState => ({
  path: row.path,
  kind: row.kind,
  reason: row.reason,
  code: row.code,
  sources: JSON.parse(row.sources) as FieldState["sources"],
  detail: JSON.parse(row.detail) as FieldState["detail"],
  since: row.since,
});
