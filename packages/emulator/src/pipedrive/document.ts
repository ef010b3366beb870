import type { JsonObject } from "../kernel/index.ts";

/** One record as API v2 carries it: instants are RFC 3339 in whole seconds, links are ids. */
export type PipedriveRecord = JsonObject & {
  readonly id: number;
  readonly add_time: string;
  readonly update_time: string;
  readonly is_deleted: boolean;
  /** By the 40-character keys of the company's own fields. */
  readonly custom_fields: JsonObject;
};

/** A person who works in the company. */
export interface PipedriveUser {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly active: boolean;
}

/** Everything that one company holds. */
export interface CompanyDocument {
  /** By object: `deals`, `persons`, `organizations`. */
  readonly records: Readonly<Record<string, readonly PipedriveRecord[]>>;
  readonly users: readonly PipedriveUser[];
}

/** Everything that the server holds, by company id. */
export interface PipedriveDocument {
  readonly companies: Readonly<Record<string, CompanyDocument>>;
}
