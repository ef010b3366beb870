import type { Connection } from "../connector.ts";
import type { JsonValue } from "../json.ts";

type Fields = Readonly<Record<string, JsonValue>>;

/**
 * A CRM as the conformance kit needs it: a connection under test, and the hands of a person who works in that CRM
 * without going through the connection. Made afresh for every case.
 */
export interface ConformanceWorld {
  readonly connection: Connection;
  /** The object that the cases work with. */
  readonly object: string;
  /** A text field of it that can be created and updated, and that nothing else writes. */
  readonly textField: string;
  /** What a new record needs besides `textField`. */
  readonly newRecord: Fields;
  /** A well-formed id that no record has. */
  readonly missingRef: string;
  /** A unique field for idempotent creates. Needed when the connector says `idempotentCreate`. */
  readonly idempotencyField?: string;
  /** A path into a related record, and how a person changes what stands there. Needed when the connector watches related records. */
  readonly related?: { readonly path: string; readonly change: (ref: string) => Promise<void> };
  /** Two records of `object` that can be merged, and how a person does it. Needed when the connector says `reportsMerges` and the CRM can merge some object. */
  readonly merging?: () => Promise<{
    readonly object: string;
    readonly loser: string;
    readonly survivor: string;
    readonly merge: () => Promise<void>;
  }>;
  readonly create: (fields: Fields) => Promise<string>;
  readonly update: (ref: string, fields: Fields) => Promise<void>;
  readonly remove: (ref: string) => Promise<void>;
  /** Lets time pass, so that what happens next has a version of its own and what happened is in the feed. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
}
