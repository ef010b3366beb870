import type { Clock } from "./clock.ts";
import type { Failure } from "./failure.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import type { Logger } from "./logger.ts";
import type { ObjectSchema } from "./schema.ts";

/** The version of this contract. A connector carries the one that it was written for. */
export const specVersion = 1;

/** What a connector can do, as data: the engine reads it, never asks for the connector's name. */
export interface Capabilities {
  readonly changes: {
    /** `poll`: asked with a cursor. `journal`: an ordered feed that the CRM keeps. */
    readonly kind: "poll" | "journal";
    /** How far behind its cursor the feed reads again, since records can appear late. Milliseconds. */
    readonly overlapMs: number;
    readonly reportsDeletes: boolean;
    readonly reportsMerges: boolean;
  };
  /** Most records in one `read`. */
  readonly readBatch: number;
  /** Most operations in one `write`. */
  readonly writeBatch: number;
  /**
   * The CRM itself refuses a write whose `ifVersion` is out of date. Without that the connector reads once more right
   * before it writes, and refuses by itself: a moment in which an edit slips through remains.
   */
  readonly optimisticLock: boolean;
  /** A repeated create with the same `idempotencyKey` cannot make a second record. */
  readonly idempotentCreate: boolean;
}

/** What a connection is given from outside: nothing in a connector is global. */
export interface ConnectorContext {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Where refreshed tokens are kept between runs. */
  readonly tokens: TokenStorage;
  /** Ends every call in flight. */
  readonly signal?: AbortSignal;
}

/** Keeps tokens that a CRM rotates. Values are secrets: stored, never printed. */
export interface TokenStorage {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
}

/** What `check` found. `ok: false` carries why. */
export type ConnectionCheck =
  | {
      readonly ok: true;
      readonly user: string;
      readonly organization: string;
      readonly detail?: string;
      /** What works and should be put right all the same, such as a wrong clock: a part of a sentence. */
      readonly warning?: string;
    }
  | { readonly ok: false; readonly failure: Failure };

/** Ask for the records that changed. */
export interface ChangesRequest {
  readonly object: string;
  /** The opaque cursor of the previous page; absent on the very first call: everything that exists, or what changed `since`. */
  readonly cursor?: string;
  /**
   * Without a cursor: what changed since this instant (ISO 8601, UTC), what was deleted or merged too; beside a cursor it
   * means nothing. A CRM that keeps no times may tell more, never less; one that no longer knows what was deleted since
   * then answers `cursorLost`.
   */
  readonly since?: string;
  /** Fields whose change matters beside the record's own, as `read` takes them: a connector that can watches the related objects too. */
  readonly fields?: readonly string[];
  /** Most changes in one page. @defaultValue 2000 */
  readonly limit?: number;
}

/** One record that changed. Carries ids only; the engine reads the record when it needs it. */
export type Change =
  | { readonly kind: "upsert"; readonly ref: string; readonly version: string }
  | { readonly kind: "delete"; readonly ref: string }
  | { readonly kind: "merge"; readonly ref: string; readonly survivor: string };

/** One page of changes. `cursorLost`: the CRM no longer knows the cursor; sweep everything, then start without one. */
export type ChangesPage =
  | { readonly cursorLost: true }
  | {
      readonly cursorLost?: false;
      readonly changes: readonly Change[];
      /** Store it only after the changes' marks are stored. */
      readonly cursor: string;
      /** Nothing more at this moment. */
      readonly caughtUp: boolean;
    };

/** Ask for records by id. */
export interface ReadRequest {
  readonly object: string;
  readonly refs: readonly string[];
  /** Paths from the record: `Name`, `Account.Name`, `OpportunityContactRoles.records[].Contact.Email`. */
  readonly fields: readonly string[];
}

/** The last change of a record, for a person who decides between two values. Never logged: a name is personal. */
export interface RecordChange {
  /** ISO 8601. */
  readonly at?: string;
  /** The name of who made it, as the CRM shows it. */
  readonly by?: string;
}

/** One record that was asked for, in the order asked. */
export type ReadResult =
  | {
      readonly status: "found";
      readonly ref: string;
      /** Nested as the paths say; a list relation is an array; absent values are null. */
      readonly record: JsonObject;
      /** Opaque; changes whenever the record itself changes. */
      readonly version: string;
      /** Who changed the record last, as far as the CRM tells it without another call per record. */
      readonly changed?: RecordChange;
      /**
       * Refs of the records that were merged into this one, directly or through others, as far as the CRM tells them.
       * A merge may not have been told yet when its survivor is read.
       */
      readonly absorbed?: readonly string[];
    }
  | { readonly status: "deleted"; readonly ref: string }
  | { readonly status: "merged"; readonly ref: string; readonly survivor: string }
  | { readonly status: "missing"; readonly ref: string };

/** Ask which records hold a value. Case does not matter, blanks at the ends neither. */
export interface FindRequest {
  readonly object: string;
  /** A path as `read` takes it, without list relations: `Name`, `Account.Website`. */
  readonly field: string;
  /** `equals`: any of these. `contains`: this text somewhere in it. */
  readonly match: { readonly equals: readonly string[] } | { readonly contains: string };
  /** Most refs in the answer. @defaultValue 50 */
  readonly limit?: number;
}

/** One record to write. */
export type WriteOperation =
  | {
      readonly kind: "update";
      readonly object: string;
      readonly ref: string;
      readonly fields: Readonly<Record<string, JsonValue>>;
      /** The version that was read: the write fails with `conflict` if the record changed since (see `optimisticLock`). */
      readonly ifVersion?: string;
    }
  | {
      readonly kind: "create";
      readonly object: string;
      readonly fields: Readonly<Record<string, JsonValue>>;
      /** A field of the CRM that must be unique, with its value: the same create twice finds the first one's record. */
      readonly idempotencyKey?: { readonly field: string; readonly value: string };
    };

/** What became of one operation, in the order given. `version` where the CRM tells it. */
export type WriteResult =
  | { readonly ok: true; readonly ref: string; readonly version?: string }
  | { readonly ok: false; readonly failure: Failure };

/** How much of a CRM's own budget is used. */
export interface ConnectionQuota {
  readonly used: number;
  readonly limit: number;
  readonly period: "day" | "rolling-day" | "ten-seconds";
}

/** One configured CRM org. Every method throws `FailureError` only. */
export interface Connection {
  /** Tries the credentials and tells who we are. Never throws for refused credentials. */
  check(): Promise<ConnectionCheck>;
  describe(object: string): Promise<ObjectSchema>;
  changes(request: ChangesRequest): Promise<ChangesPage>;
  read(request: ReadRequest): Promise<readonly ReadResult[]>;
  /** Ids of the records that hold a value, as the CRM has it now; its search may lag some seconds behind. */
  find(request: FindRequest): Promise<readonly string[]>;
  write(operations: readonly WriteOperation[]): Promise<readonly WriteResult[]>;
  /** `undefined` until the CRM has told. */
  quota(): Promise<ConnectionQuota | undefined>;
  /** The canonical form of a record id, so that two spellings of one id are equal. Throws `invalid` for what is no id. */
  canonicalRef(ref: string): string;
  /** The address at which a person opens the record, where the CRM has one. */
  recordUrl?(object: string, ref: string): string;
  close(): Promise<void>;
}

/**
 * What a mapping gives a function beside the value, by name, as text; an argument without a name is `value`. Absent are
 * those that the mapping leaves out, and those that it reads from a record which has none.
 */
export type MappingFunctionArguments = Readonly<Record<string, string | undefined>>;

/** A named function that a connector adds to the mapping language's steps. Pure: it changes nothing that it is given. */
export interface MappingFunction {
  readonly takes: "string" | "number" | "boolean" | "any";
  readonly gives: "string" | "number" | "boolean" | "list";
  /** Its arguments by name; `value` alone is written without a name: `{ shorten: 80 }`. @defaultValue none */
  readonly arguments?: Readonly<Record<string, "required" | "optional">>;
  /**
   * Why it cannot work with these arguments, as a sentence that ends with a full stop. Asked once, when a mapping that
   * writes them out is checked; arguments that are read from a record are not known then.
   */
  readonly refuseArguments?: (given: MappingFunctionArguments) => string | undefined;
  /** The value as it stands at that step. What it throws becomes an issue; `null` means that there is no value. */
  readonly run: (value: JsonValue, given: MappingFunctionArguments) => JsonValue;
}

/** One HTTP request that claims to come from a CRM, as it arrived. */
export interface WebhookRequest {
  readonly method: string;
  /** The address that the CRM called, as it sees it: behind a proxy not the one that the process hears. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** What a CRM told of by itself. `object` as in the CRM; a change of a related object names that one. */
export type WebhookChange = Change & { readonly object: string };

/** What became of a webhook request. */
export type WebhookOutcome =
  | {
      readonly ok: true;
      /** What the request says, each with an id by which a repetition is known, where the CRM gives one. */
      readonly changes: readonly (WebhookChange & { readonly id?: string })[];
    }
  | {
      readonly ok: false;
      /** `forged`: not from this CRM. `stale`: outside the window in which it may arrive. `malformed`: cannot be read. */
      readonly why: "forged" | "stale" | "malformed";
    };

/** How a CRM that calls us is believed and understood. */
export interface ConnectorWebhook<Config> {
  /** Whether the proof covers the body too. A password in a header does not: who holds it may send any body. @defaultValue true */
  readonly provesBody?: boolean;
  /** Pure but for hashing: checks the proof in constant time, then reads. Never throws. */
  receive(request: WebhookRequest, config: Config, now: number): WebhookOutcome;
}

/** A CRM plugin. */
export interface Connector<Config = unknown> {
  readonly specVersion: typeof specVersion;
  /** As `connector:` in the configuration and in mappings names it. */
  readonly name: string;
  /** Checks and completes the configuration of one connection. Any Standard Schema, such as zod's. */
  readonly config: StandardSchema<Config>;
  /** Names of configuration members that are secrets. The loader wraps them in `Secret` before `config` sees them. */
  readonly secrets: readonly string[];
  /** Names of configuration members that are paths. The loader makes them absolute, counted from the configuration file. */
  readonly paths?: readonly string[];
  readonly capabilities: Capabilities;
  /** By name: the connector's own and a dot first (`acme.initials`), so that editors know it from a misspelt step. */
  readonly functions?: Readonly<Record<string, MappingFunction>>;
  /** Where the CRM can tell of changes by itself: a wake-up, never the only way to learn of them. */
  readonly webhook?: ConnectorWebhook<Config>;
  connect(config: Config, context: ConnectorContext): Promise<Connection>;
  /** What an error of the CRM or of its client means. Total: anything unknown is `bug`. */
  classify(error: unknown): Failure;
}

/** The part of Standard Schema v1 (standardschema.dev) that Cosell uses, so that this package needs no dependency. */
export interface StandardSchema<Output> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
  };
}

export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string;
        readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
      }[];
    };
