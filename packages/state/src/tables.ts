import type { Generated } from "kysely";
import type { InvitationStatus } from "./inbox.ts";
import type { ConflictAnswer, FieldState, LinkStatus, MarkPriority, Pause } from "./store.ts";

/**
 * The rows as they lie in the database, the same in every dialect: times are milliseconds, structures are JSON as text,
 * `null` is absent. What each table is for stands in the README.
 */
export interface Tables {
  readonly bindings: BindingsTable;
  readonly cursors: CursorsTable;
  readonly links: LinksTable;
  readonly marks: MarksTable;
  readonly base_values: BaseValuesTable;
  readonly field_states: FieldStatesTable;
  readonly failures: FailuresTable;
  readonly pending_calls: PendingCallsTable;
  readonly journal: JournalTable;
  readonly answers: AnswersTable;
  readonly pauses: PausesTable;
  readonly invitations: InvitationsTable;
  readonly tokens: TokensTable;
  readonly schema_version: SchemaVersionTable;
}

interface BindingsTable {
  key: string;
  value: string;
}

interface CursorsTable {
  sync: string;
  source: string;
  value: string;
  updated_at: number;
}

export interface LinksTable {
  /** Rises with every new link: the order of pages. */
  position: Generated<number>;
  id: string;
  sync: string;
  crm_ref: string;
  opportunity_id: string | null;
  status: LinkStatus;
  crm_version: string | null;
  crm_hash: string | null;
  aws_version: string | null;
  review_status: string | null;
  stage: string | null;
  title: string | null;
  aws_written_from: number | null;
  aws_written_at: number | null;
  observed_at: number | null;
  /** When the latest list of all records that showed its record was begun. */
  listed_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface MarksTable {
  link_id: string;
  /** The link's own, copied: claims walk one index. */
  position: number;
  sync: string;
  /** The oldest mark that no settlement has answered; `null`: clean. */
  marked_at: number | null;
  /** The order of claims: the time of the most urgent mark plus what its priority can wait. */
  due_at: number | null;
  /** The most urgent one. */
  priority: MarkPriority | null;
  reasons: string;
  /** The first mark since the claim. */
  remarked_at: number | null;
  /** As `due_at`, of the marks since the claim alone. */
  remark_due_at: number | null;
  remark_priority: MarkPriority | null;
  remark_reasons: string;
  /** Counts claims: tells a claim from a later one of the same owner. */
  generation: number;
  claimed_by: string | null;
  claimed_until: number | null;
}

interface BaseValuesTable {
  link_id: string;
  path: string;
  crm: string | null;
  aws: string | null;
}

export interface FieldStatesTable {
  id: Generated<number>;
  link_id: string;
  path: string;
  kind: FieldState["kind"];
  code: string;
  reason: string;
  sources: string;
  detail: string;
  since: number;
}

interface FailuresTable {
  link_id: string;
  at: number;
  attempts: number;
  /** Failures in a row of whatever kind. */
  streak: number;
  retry_at: number | null;
  failure: string;
}

export interface PendingCallsTable {
  id: Generated<number>;
  link_id: string;
  step: string;
  client_token: string;
  request: string;
  started_at: number;
}

export interface JournalTable {
  id: Generated<number>;
  link_id: string;
  at: number;
  kind: string;
  summary: string;
  detail: string;
}

export interface AnswersTable {
  link_id: string;
  path: string;
  take: ConflictAnswer["take"];
  crm: string;
  aws: string;
  at: number;
}

interface PausesTable {
  scope: Pause["scope"];
  name: string;
  path: string;
  reason: string;
  at: number;
}

export interface InvitationsTable {
  sync: string;
  id: string;
  status: InvitationStatus;
  payload_type: string | null;
  title: string | null;
  customer: string | null;
  sender: string | null;
  engagement_id: string | null;
  opportunity_id: string | null;
  crm_ref: string | null;
  expires_at: number | null;
  data: string;
  duplicates: string;
  decision: string | null;
  client_token: string | null;
  alarmed_at: number | null;
  failure: string | null;
  created_at: number;
  updated_at: number;
}

interface TokensTable {
  connection: string;
  key: string;
  value: string;
}

interface SchemaVersionTable {
  version: number;
  name: string;
  /** The oldest schema version that a process must know to work with this step's tables; 0: any. */
  needs: number;
}
