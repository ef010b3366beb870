/**
 * One thing that is wrong with one value, in the user's terms. Used by refusals of a CRM or of AWS, and by the mapping.
 */
export interface FailureIssue {
  /** What is wrong and what is wanted, one sentence, without the value. */
  readonly message: string;
  /** The other side's own code, such as `INVALID_ENUM_VALUE` or `STRING_TOO_LONG`. */
  readonly code?: string;
  /** The field as the side that refused it names it: an AWS path or a CRM field. */
  readonly target?: string;
  /** The CRM fields that the value came from. */
  readonly sources?: readonly string[];
  /** Where the rule stands: `file:line:col`. */
  readonly rule?: string;
}

interface FailureBase {
  /** One sentence for a person: what failed and what to do. Never a payload, a header or a secret. */
  readonly message: string;
  /** The other side's own code or name of the error. */
  readonly code?: string;
  /** The other side's request id, for its support. */
  readonly requestId?: string;
}

/**
 * Everything that can go wrong outside, as one closed union. What each kind does to the work in hand is decided in one
 * place; nobody decides by status code.
 *
 * - `config` the configuration is wrong: a person changes it.
 * - `auth` credentials refused or expired for good: pause the connection.
 * - `permission` the user may not: a person grants it.
 * - `invalid` the other side refuses the values: never retry unchanged.
 * - `missing` the record or object is gone, or never was.
 * - `merged` the record was merged away; `survivor` says into which.
 * - `conflict` it changed meanwhile: observe again and decide again.
 * - `throttled` too fast: wait `retryAfterMs`, costs no attempt.
 * - `quota` a longer budget is used up: wait until `resetAt`.
 * - `transient` it may work next time: the server failed before doing anything.
 * - `unknown-outcome` a write without an answer: look before repeating it.
 * - `aborted` we stopped it ourselves.
 * - `bug` none of the above: ours to mend.
 */
export type Failure =
  | (FailureBase & { readonly kind: "config" | "auth" | "permission" | "missing" | "conflict" | "aborted" | "bug" })
  | (FailureBase & { readonly kind: "invalid"; readonly issues: readonly FailureIssue[] })
  | (FailureBase & { readonly kind: "merged"; readonly survivor: string })
  | (FailureBase & { readonly kind: "throttled"; readonly retryAfterMs?: number })
  | (FailureBase & { readonly kind: "quota"; readonly resetAt?: number })
  | (FailureBase & { readonly kind: "transient" | "unknown-outcome" });

export type FailureKind = Failure["kind"];

const marker = Symbol.for("cosell.failure");

/** A {@link Failure} that is thrown. Recognise it with {@link failureOf}, never with `instanceof`. */
export class FailureError extends Error {
  override readonly name = "FailureError";
  readonly failure: Failure;
  readonly [marker] = true;

  constructor(failure: Failure, options?: { readonly cause?: unknown }) {
    super(failure.message, options);
    this.failure = failure;
  }
}

/** The failure that an error carries, also across two copies of this package; `undefined` for any other error. */
export function failureOf(error: unknown): Failure | undefined {
  return typeof error === "object" && error !== null && marker in error
    ? (error as unknown as FailureError).failure
    : undefined;
}
