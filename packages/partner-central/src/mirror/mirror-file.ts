import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import { FailureError } from "@cosell/connector";
import type { MirrorStore } from "./mirror.ts";

/** Columns that SQL finds beside `id`, `last_modified`, `document` and `summary`, by their path in the document or the summary. */
export const mirrorColumns: Readonly<Record<string, { readonly of: "document" | "summary"; readonly path: string }>> = {
  title: { of: "document", path: "Project.Title" },
  company: { of: "document", path: "Customer.Account.CompanyName" },
  industry: { of: "document", path: "Customer.Account.Industry" },
  country: { of: "document", path: "Customer.Account.Address.CountryCode" },
  stage: { of: "document", path: "LifeCycle.Stage" },
  review_status: { of: "document", path: "LifeCycle.ReviewStatus" },
  review_comments: { of: "document", path: "LifeCycle.ReviewComments" },
  target_close_date: { of: "document", path: "LifeCycle.TargetCloseDate" },
  closed_lost_reason: { of: "document", path: "LifeCycle.ClosedLostReason" },
  opportunity_type: { of: "document", path: "OpportunityType" },
  partner_identifier: { of: "document", path: "PartnerOpportunityIdentifier" },
  created: { of: "document", path: "CreatedDate" },
  aws_stage: { of: "summary", path: "LifeCycle.Stage" },
  aws_close_date: { of: "summary", path: "LifeCycle.TargetCloseDate" },
  aws_next_steps: { of: "summary", path: "LifeCycle.NextSteps" },
  origin: { of: "summary", path: "Origin" },
};

/** A mirror in an SQLite file, which any SQLite tool can read. */
export interface MirrorFile extends MirrorStore {
  /**
   * Rows of one SELECT over the table `opportunities`. The file is opened read-only for it: nothing can be changed.
   * Throws `config` for what SQLite does not take, saying what it says.
   */
  query(sql: string, parameters?: readonly string[]): Iterable<Readonly<Record<string, SQLOutputValue>>>;
  /** What the columns of such rows are called, also when there are none. Throws as `query`. */
  columns(sql: string): readonly string[];
  close(): void;
}

/** The file's header says what it is ("CSLM"). */
const applicationId = 0x43534c4d;

const generated = Object.entries(mirrorColumns)
  .map(([name, { of, path }]) => `${name} text generated always as (json_extract(${of}, '$.${path}')) virtual`)
  .join(",\n  ");

const schema = `create table if not exists opportunities (
  id text primary key,
  last_modified text not null,
  document text not null,
  summary text,
  read_at integer not null,
  gone_at integer,
  ${generated}
) without rowid;
create table if not exists cursor (name text primary key, value text not null) without rowid;
pragma application_id = ${applicationId}`;

/**
 * Opens the mirror in a file, or makes it, readable by its owner only: it holds the account's deals. Throws `config` for
 * a file that is something else, or a folder that may not be written.
 */
export function openMirror(path: string): MirrorFile {
  const database = explained(path, () => openFile(path));
  const reader = explained(path, () => new DatabaseSync(path, { readOnly: true }));
  const upsert = database.prepare(
    `insert into opportunities (id, last_modified, document, summary, read_at) values (?, ?, ?, ?, ?)
     on conflict (id) do update set last_modified = excluded.last_modified, document = excluded.document,
       summary = coalesce(excluded.summary, summary), read_at = excluded.read_at, gone_at = null`,
  );
  const leave = database.prepare("update opportunities set gone_at = ? where id = ? and gone_at is null");
  const remember = database.prepare(
    "insert into cursor (name, value) values ('last_modified', ?) on conflict (name) do update set value = excluded.value",
  );
  return {
    cursor() {
      const row = database.prepare("select value from cursor where name = 'last_modified'").get();
      return row === undefined ? undefined : String(row["value"]);
    },
    versions() {
      const rows = database.prepare("select id, last_modified from opportunities where gone_at is null").all();
      return new Map(rows.map((row) => [String(row["id"]), String(row["last_modified"])]));
    },
    put({ opportunities, gone, at, cursor }) {
      database.exec("begin immediate");
      try {
        for (const { id, lastModified, document, summary } of opportunities) {
          upsert.run(id, lastModified, JSON.stringify(document), summary ? JSON.stringify(summary) : null, at);
        }
        for (const id of gone) leave.run(at, id);
        if (cursor !== undefined) remember.run(cursor);
        database.exec("commit");
      } catch (error) {
        database.exec("rollback");
        throw error;
      }
    },
    *query(sql, parameters = []) {
      try {
        yield* reader.prepare(sql).iterate(...parameters);
      } catch (error) {
        throw unanswerable(error);
      }
    },
    columns(sql) {
      try {
        return reader
          .prepare(sql)
          .columns()
          .map(({ name }) => name);
      } catch (error) {
        throw unanswerable(error);
      }
    },
    close() {
      reader.close();
      database.close();
    },
  };
}

function unanswerable(error: unknown): FailureError {
  const columns = ["id", "last_modified", "document", "summary", "gone_at", ...Object.keys(mirrorColumns)];
  return new FailureError({
    kind: "config",
    code: "mirror-query",
    message: `The mirror cannot answer this query: ${(error as Error).message}. It has one table, opportunities, with the columns ${columns.join(", ")}.`,
  });
}

function openFile(path: string): DatabaseSync {
  const isNew = !existsSync(path);
  mkdirSync(dirname(path), { recursive: true });
  closeSync(openSync(path, "a", 0o600));
  if (isNew) chmodSync(path, 0o600);
  const database = new DatabaseSync(path, { timeout: 5000 });
  const id = Number(database.prepare("pragma application_id").get()?.["application_id"]);
  const tables = Number(database.prepare("select count(*) as count from sqlite_master").get()?.["count"]);
  if (id !== applicationId && (id !== 0 || tables > 0)) {
    database.close();
    throw new FailureError({ kind: "config", code: "mirror-file", message: `${path} is another program's database.` });
  }
  database.exec(`pragma journal_mode = wal; ${schema}`);
  return database;
}

function explained<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof FailureError) throw error;
    const message = `The mirror ${path} cannot be opened: ${(error as Error).message}. Name another file, or remove it: the next run makes it anew.`;
    throw new FailureError({ kind: "config", code: "mirror-file", message });
  }
}
