import type { Tables } from "./tables.ts";

/** What a column holds: a text, JSON as text, or a whole number; with `?` it may be null. */
export type ColumnKind = "text" | "text?" | "json" | "json?" | "number" | "number?";

/** A table of an export. */
export interface ExportedTable {
  readonly name: keyof Tables;
  readonly columns: Readonly<Record<string, ColumnKind>>;
  /** Its key; rows are read in this order. */
  readonly key: readonly string[];
  /** The column that the database counts up by itself. */
  readonly counter?: string;
}

type Columns<Table> = { readonly [Column in keyof Table]-?: ColumnKind };

const table = <Name extends keyof Tables>(
  name: Name,
  columns: Columns<Tables[Name]>,
  key: readonly (keyof Tables[Name] & string)[],
  counter?: keyof Tables[Name] & string,
): ExportedTable => ({ name, columns, key, ...(counter === undefined ? {} : { counter }) });

/** Every table in an order in which their references hold: `schema_version` first, it says how to read the others. */
export const exportedTables: readonly ExportedTable[] = [
  table("schema_version", { version: "number", name: "text", needs: "number" }, ["version"]),
  table("bindings", { key: "text", value: "text" }, ["key"]),
  table("cursors", { sync: "text", source: "text", value: "text", updated_at: "number" }, ["sync", "source"]),
  table(
    "links",
    {
      position: "number",
      id: "text",
      sync: "text",
      crm_ref: "text",
      opportunity_id: "text?",
      status: "text",
      crm_version: "text?",
      crm_hash: "text?",
      aws_version: "text?",
      review_status: "text?",
      stage: "text?",
      title: "text?",
      aws_written_from: "number?",
      aws_written_at: "number?",
      observed_at: "number?",
      listed_at: "number?",
      created_at: "number",
      updated_at: "number",
    },
    ["position"],
    "position",
  ),
  table(
    "marks",
    {
      link_id: "text",
      position: "number",
      sync: "text",
      marked_at: "number?",
      due_at: "number?",
      priority: "text?",
      reasons: "json",
      remarked_at: "number?",
      remark_due_at: "number?",
      remark_priority: "text?",
      remark_reasons: "json",
      generation: "number",
      claimed_by: "text?",
      claimed_until: "number?",
    },
    ["link_id"],
  ),
  table("base_values", { link_id: "text", path: "text", crm: "json?", aws: "json?" }, ["link_id", "path"]),
  table(
    "field_states",
    {
      id: "number",
      link_id: "text",
      path: "text",
      kind: "text",
      code: "text",
      reason: "text",
      sources: "json",
      detail: "json",
      since: "number",
    },
    ["id"],
    "id",
  ),
  table(
    "failures",
    { link_id: "text", at: "number", attempts: "number", streak: "number", retry_at: "number?", failure: "json" },
    ["link_id"],
  ),
  table(
    "pending_calls",
    { id: "number", link_id: "text", step: "text", client_token: "text", request: "json", started_at: "number" },
    ["id"],
    "id",
  ),
  table(
    "journal",
    { id: "number", link_id: "text", at: "number", kind: "text", summary: "text", detail: "json" },
    ["id"],
    "id",
  ),
  table("answers", { link_id: "text", path: "text", take: "text", crm: "json", aws: "json", at: "number" }, [
    "link_id",
    "path",
  ]),
  table("pauses", { scope: "text", name: "text", path: "text", reason: "text", at: "number" }, [
    "scope",
    "name",
    "path",
  ]),
  table(
    "invitations",
    {
      sync: "text",
      id: "text",
      status: "text",
      payload_type: "text?",
      title: "text?",
      customer: "text?",
      sender: "text?",
      engagement_id: "text?",
      opportunity_id: "text?",
      crm_ref: "text?",
      expires_at: "number?",
      data: "json",
      duplicates: "json",
      decision: "json?",
      client_token: "text?",
      alarmed_at: "number?",
      failure: "json?",
      created_at: "number",
      updated_at: "number",
    },
    ["sync", "id"],
  ),
  table("tokens", { connection: "text", key: "text", value: "text" }, ["connection", "key"]),
];
