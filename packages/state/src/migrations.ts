import type { JsonObject, JsonValue } from "@cosell/connector";
import { type ColumnDefinitionBuilder, type SchemaModule, sql } from "kysely";
import type { Queries } from "./backend.ts";

/** How a dialect spells a primary key that counts up by itself. */
export interface Serial {
  readonly type: "integer" | "bigserial";
  readonly define: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
}

/** One step from a schema version to the next. Never edited after a release: a change is a new step. */
export interface Migration {
  readonly name: string;
  /** `queries` is for the rows that are there already, as they are at this step: by `sql` text, not by today's table types. */
  readonly up: (schema: SchemaModule, serial: Serial, queries: Queries) => Promise<void>;
  /** Processes that do not know the step work on beside it: it only adds what they can leave alone. @defaultValue false */
  readonly olderMayWork?: boolean;
  /** What `up` does to rows, for a row of an export that was made before the step. @defaultValue nothing */
  readonly bringForward?: (table: string, row: JsonObject) => JsonObject;
}

const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();
const ofLink = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull().references("links.id");

/** What a mark of normal priority could wait when the step `two-way` was released. */
const normalPatienceMs = 3 * 24 * 60 * 60 * 1000;

/** All steps; a database at version `n` has taken the first `n`. */
export const migrations: readonly Migration[] = [
  {
    name: "first-tables",
    up: async (schema, serial) => {
      await schema
        .createTable("bindings")
        .addColumn("key", "text", (column) => column.primaryKey().notNull())
        .addColumn("value", "text", required)
        .execute();
      await schema
        .createTable("cursors")
        .addColumn("sync", "text", required)
        .addColumn("source", "text", required)
        .addColumn("value", "text", required)
        .addColumn("updated_at", "bigint", required)
        .addPrimaryKeyConstraint("cursors_key", ["sync", "source"])
        .execute();
      await schema
        .createTable("links")
        .addColumn("position", serial.type, serial.define)
        .addColumn("id", "text", (column) => column.notNull().unique())
        .addColumn("sync", "text", required)
        .addColumn("crm_ref", "text", required)
        .addColumn("opportunity_id", "text")
        .addColumn("status", "text", required)
        .addColumn("crm_version", "text")
        .addColumn("crm_hash", "text")
        .addColumn("aws_version", "text")
        .addColumn("review_status", "text")
        .addColumn("stage", "text")
        .addColumn("title", "text")
        .addColumn("created_at", "bigint", required)
        .addColumn("updated_at", "bigint", required)
        .addUniqueConstraint("links_crm_ref", ["sync", "crm_ref"])
        .addUniqueConstraint("links_opportunity", ["sync", "opportunity_id"])
        .execute();
      await schema.createIndex("links_order").on("links").columns(["sync", "position"]).execute();
      await schema
        .createTable("marks")
        .addColumn("link_id", "text", (column) => ofLink(column).primaryKey())
        .addColumn("position", "bigint", required)
        .addColumn("sync", "text", required)
        .addColumn("marked_at", "bigint")
        .addColumn("reasons", "text", required)
        .addColumn("remarked_at", "bigint")
        .addColumn("remark_reasons", "text", required)
        .addColumn("generation", "bigint", required)
        .addColumn("claimed_by", "text")
        .addColumn("claimed_until", "bigint")
        .execute();
      await schema
        .createIndex("marks_dirty")
        .on("marks")
        .columns(["sync", "marked_at", "position"])
        .where("marked_at", "is not", null)
        .execute();
      await schema
        .createTable("base_values")
        .addColumn("link_id", "text", ofLink)
        .addColumn("path", "text", required)
        .addColumn("crm", "text")
        .addColumn("aws", "text")
        .addPrimaryKeyConstraint("base_values_key", ["link_id", "path"])
        .execute();
      await schema
        .createTable("field_states")
        .addColumn("id", serial.type, serial.define)
        .addColumn("link_id", "text", ofLink)
        .addColumn("path", "text", required)
        .addColumn("kind", "text", required)
        .addColumn("code", "text", required)
        .addColumn("reason", "text", required)
        .addColumn("sources", "text", required)
        .addColumn("detail", "text", required)
        .addColumn("since", "bigint", required)
        .addUniqueConstraint("field_states_key", ["link_id", "path", "kind", "code"])
        .execute();
      await schema
        .createTable("failures")
        .addColumn("link_id", "text", (column) => ofLink(column).primaryKey())
        .addColumn("at", "bigint", required)
        .addColumn("attempts", "bigint", required)
        .addColumn("retry_at", "bigint")
        .addColumn("failure", "text", required)
        .execute();
      await schema
        .createTable("pending_calls")
        .addColumn("id", serial.type, serial.define)
        .addColumn("link_id", "text", ofLink)
        .addColumn("step", "text", required)
        .addColumn("client_token", "text", required)
        .addColumn("request", "text", required)
        .addColumn("started_at", "bigint", required)
        .addUniqueConstraint("pending_calls_step", ["link_id", "step"])
        .execute();
      await schema
        .createTable("journal")
        .addColumn("id", serial.type, serial.define)
        .addColumn("link_id", "text", ofLink)
        .addColumn("at", "bigint", required)
        .addColumn("kind", "text", required)
        .addColumn("summary", "text", required)
        .addColumn("detail", "text", required)
        .execute();
      await schema.createIndex("journal_of_link").on("journal").columns(["link_id", "id"]).execute();
      await schema
        .createTable("tokens")
        .addColumn("connection", "text", required)
        .addColumn("key", "text", required)
        .addColumn("value", "text", required)
        .addPrimaryKeyConstraint("tokens_key", ["connection", "key"])
        .execute();
    },
  },
  {
    name: "two-way",
    up: async (schema, _serial, queries) => {
      await schema
        .alterTable("schema_version")
        .addColumn("needs", "bigint", (column) => required(column).defaultTo(0))
        .execute();
      await schema.alterTable("links").addColumn("aws_written_at", "bigint").execute();
      await schema.alterTable("links").addColumn("observed_at", "bigint").execute();
      await schema.createIndex("links_observed").on("links").columns(["sync", "status", "observed_at"]).execute();
      for (const mark of ["", "re"]) {
        const [at, due, priority] = [`${mark}marked_at`, `${mark && "remark_"}due_at`, `${mark && "remark_"}priority`];
        await schema.alterTable("marks").addColumn(due, "bigint").execute();
        await schema.alterTable("marks").addColumn(priority, "text").execute();
        await sql`update marks set ${sql.ref(due)} = ${sql.ref(at)} + ${sql.lit(normalPatienceMs)}, ${sql.ref(priority)} = 'normal' where ${sql.ref(at)} is not null`.execute(
          queries,
        );
      }
      await schema
        .alterTable("failures")
        .addColumn("streak", "bigint", (column) => required(column).defaultTo(0))
        .execute();
      await sql`update failures set streak = attempts`.execute(queries);
      await schema.dropIndex("marks_dirty").execute();
      await schema
        .createIndex("marks_due")
        .on("marks")
        .columns(["sync", "due_at", "position"])
        .where("due_at", "is not", null)
        .execute();
      await schema
        .createTable("answers")
        .addColumn("link_id", "text", ofLink)
        .addColumn("path", "text", required)
        .addColumn("take", "text", required)
        .addColumn("crm", "text", required)
        .addColumn("aws", "text", required)
        .addColumn("at", "bigint", required)
        .addPrimaryKeyConstraint("answers_key", ["link_id", "path"])
        .execute();
      await schema
        .createTable("pauses")
        .addColumn("scope", "text", required)
        .addColumn("name", "text", required)
        .addColumn("path", "text", required)
        .addColumn("reason", "text", required)
        .addColumn("at", "bigint", required)
        .addPrimaryKeyConstraint("pauses_key", ["scope", "name", "path"])
        .execute();
      await schema
        .createTable("invitations")
        .addColumn("sync", "text", required)
        .addColumn("id", "text", required)
        .addColumn("status", "text", required)
        .addColumn("payload_type", "text")
        .addColumn("title", "text")
        .addColumn("customer", "text")
        .addColumn("sender", "text")
        .addColumn("engagement_id", "text")
        .addColumn("opportunity_id", "text")
        .addColumn("crm_ref", "text")
        .addColumn("expires_at", "bigint")
        .addColumn("data", "text", required)
        .addColumn("duplicates", "text", required)
        .addColumn("decision", "text")
        .addColumn("client_token", "text")
        .addColumn("alarmed_at", "bigint")
        .addColumn("failure", "text")
        .addColumn("created_at", "bigint", required)
        .addColumn("updated_at", "bigint", required)
        .addPrimaryKeyConstraint("invitations_key", ["sync", "id"])
        .execute();
      await schema.createIndex("field_states_of_kind").on("field_states").columns(["kind", "link_id"]).execute();
    },
    bringForward: (table, row) => {
      const { marked_at: marked = null, remarked_at: remarked = null, attempts = 0 } = row;
      const due = (at: JsonValue): JsonValue => (typeof at === "number" ? at + normalPatienceMs : null);
      const normal = (at: JsonValue): JsonValue => (at === null ? null : "normal");
      switch (table) {
        case "schema_version":
          return { ...row, needs: 0 };
        case "links":
          return { ...row, aws_written_at: null, observed_at: null };
        case "failures":
          return { ...row, streak: attempts };
        case "marks":
          return {
            ...row,
            due_at: due(marked),
            priority: normal(marked),
            remark_due_at: due(remarked),
            remark_priority: normal(remarked),
          };
        default:
          return row;
      }
    },
  },
  {
    name: "first-of-our-writes",
    // A process that does not know it leaves it as it was: then more events pass for our own, as they did before.
    olderMayWork: true,
    up: async (schema, _serial, queries) => {
      await schema.alterTable("links").addColumn("aws_written_from", "bigint").execute();
      await sql`update links set aws_written_from = aws_written_at`.execute(queries);
    },
    bringForward: (table, row) =>
      table === "links" ? { ...row, aws_written_from: row["aws_written_at"] ?? null } : row,
  },
  {
    name: "listed-records",
    // A process that does not know it notes nothing: a record that it alone was shown is looked at once more.
    olderMayWork: true,
    up: async (schema) => {
      await schema.alterTable("links").addColumn("listed_at", "bigint").execute();
    },
    bringForward: (table, row) => (table === "links" ? { ...row, listed_at: null } : row),
  },
];
