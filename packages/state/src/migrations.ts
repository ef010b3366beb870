import type { ColumnDefinitionBuilder, SchemaModule } from "kysely";

/** How a dialect spells a primary key that counts up by itself. */
export interface Serial {
  readonly type: "integer" | "bigserial";
  readonly define: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
}

/** One step from a schema version to the next. Never edited after a release: a change is a new step. */
export interface Migration {
  readonly name: string;
  readonly up: (schema: SchemaModule, serial: Serial) => Promise<void>;
}

const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();
const ofLink = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull().references("links.id");

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
];
