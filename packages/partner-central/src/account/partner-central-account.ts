import type { CallCounts, CallOptions, Catalog } from "../partner-central.ts";
import type { AccountAnswer, AccountInput, AccountItem, AccountList, AccountOperation } from "./operations.ts";

/**
 * Partner Central Account: the partner itself, its profile and its connections. Every call passes the quota gate, is made
 * once (no retry inside), and throws `FailureError` only, with AWS's `Reason` as its code. Answers are the JSON that AWS
 * sent: unknown members, nulls and every digit of an instant kept.
 */
export interface PartnerCentralAccount {
  readonly catalog: Catalog;
  readonly calls: CallCounts;
  /** One operation, with the types of its input and answer. `Catalog` is filled in where the operation has one. */
  call<Name extends AccountOperation>(
    operation: Name,
    input: AccountInput<Name>,
    options?: CallOptions,
  ): Promise<AccountAnswer<Name>>;
  /** A list page by page, until AWS names no next one. */
  pages<Name extends AccountList>(
    operation: Name,
    input: Omit<AccountInput<Name>, "NextToken">,
    options?: CallOptions,
  ): AsyncIterable<readonly AccountItem<Name>[]>;
  close(): void;
}
