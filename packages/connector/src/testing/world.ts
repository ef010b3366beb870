import type { Connection, ConnectorContext, WebhookRequest } from "../connector.ts";
import type { FailureKind } from "../failure.ts";
import type { JsonValue } from "../json.ts";

type Fields = Readonly<Record<string, JsonValue>>;

/**
 * A CRM as the conformance kit needs it: a connection under test, and the hands of a person who works in that CRM
 * without going through the connection. Made afresh for every case. What only some cases need is in {@link WorldOffers}.
 */
export interface ConformanceWorld extends WorldOffers {
  readonly connection: Connection;
  /** The object that the cases work with. */
  readonly object: string;
  /** A text field of it that can be created and updated, and that nothing else writes. */
  readonly textField: string;
  /** What a new record needs besides `textField`. */
  readonly newRecord: Fields;
  /** A well-formed id that no record has. */
  readonly missingRef: string;
  readonly create: (fields: Fields) => Promise<string>;
  readonly update: (ref: string, fields: Fields) => Promise<void>;
  readonly remove: (ref: string) => Promise<void>;
  /** Lets time pass (less than the feed's overlap), so that what happens next has a version of its own and what happened is in the feed. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What some cases need. Where a member is left out, those cases fail and name it: offer it, or write in `skips` why it cannot be. */
export interface WorldOffers {
  /**
   * Another connection to the same CRM, through this context, and at this address instead of the CRM's own. It waits
   * for an answer one second at most, so that a silent server costs no more.
   */
  readonly open?: (context: Partial<ConnectorContext>, address?: string) => Promise<Connection>;
  /** Where the CRM answers over HTTP: the kit stands in between, and loses, delays and replaces answers. */
  readonly address?: string;
  /** A connection whose credentials the CRM refuses. */
  readonly openRefused?: () => Promise<Connection>;
  /** The plain text of the secrets that the connections of this world use. */
  readonly secretValues?: readonly string[];
  /** How the CRM answers when it is asked too often, and the pause that this answer asks for, if it does. */
  readonly throttledAnswer?: RecordedAnswer & { readonly retryAfterMs?: number };
  /** Errors that the CRM or its client really gave, as they are thrown, and what they mean. */
  readonly recordedErrors?: readonly RecordedError[];
  /** A choice field of `object`, and a value that it knows. */
  readonly picklist?: { readonly field: string; readonly value: string };
  /** A value that the CRM refuses. @defaultValue a text that is too long for `textField`, where `describe` tells its length */
  readonly refusedValue?: { readonly field: string; readonly value: string };
  /** A unique field for idempotent creates. Needed when the connector says `idempotentCreate`. */
  readonly idempotencyField?: string;
  /** What time it is in the CRM, milliseconds since 1970. @defaultValue the machine's time */
  readonly now?: () => number;
  /** Lets so much time pass, or so much happen, that the CRM no longer knows an old cursor. */
  readonly loseCursor?: () => Promise<void>;
  /** A path into a related record, and how a person changes what stands there. Offered when the connector watches related records. */
  readonly related?: { readonly path: string; readonly change: (ref: string) => Promise<void> };
  /** Two records of `object` that can be merged, and how a person does it. Needed when the connector says `reportsMerges`. */
  readonly merging?: () => Promise<{
    readonly object: string;
    readonly loser: string;
    readonly survivor: string;
    readonly merge: () => Promise<void>;
  }>;
  /** Requests as the CRM sends them. Needed when the connector has a `webhook`. */
  readonly webhook?: {
    readonly config: unknown;
    /** When the requests were sent. Milliseconds since 1970. */
    readonly sentAt: number;
    readonly genuine: WebhookRequest;
    /** What `genuine` tells, in order. */
    readonly changes: readonly { readonly kind: string; readonly object: string; readonly ref: string }[];
    /** Proven like a genuine one, but with a body that nobody can read. */
    readonly malformed: WebhookRequest;
  };
}

/** One answer over HTTP, as it was recorded. */
export interface RecordedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface RecordedError {
  /** Which error it is, for the message of a failed test. */
  readonly name: string;
  readonly error: unknown;
  readonly kind: FailureKind;
  /** A record's value in it, which the failure must not repeat. */
  readonly hides?: string;
}
