import type { JsonObject } from "@cosell/connector";

/** The catalog that every call names. A Sandbox call never touches production. */
export type Catalog = "AWS" | "Sandbox";

/** What a call may be told. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Who goes first when calls wait for quota. @defaultValue "normal" */
  readonly priority?: "urgent" | "normal" | "background";
}

/** How many calls were made, by quota class. */
export interface CallCounts {
  readonly reads: number;
  readonly writes: number;
}

/**
 * Partner Central Selling, as the sync needs it. Every call passes the quota gate, is made once (no retry inside), and
 * throws `FailureError` only. Answers are the JSON that AWS sent: unknown members, nulls and nanoseconds kept,
 * HTML entities decoded. Requests go out as given: nulls and unknown members too.
 */
export interface PartnerCentral {
  readonly catalog: Catalog;
  readonly calls: CallCounts;
  /** Any operation by name; the named methods below are this with types. `Catalog` is filled in. */
  call(operation: string, input: JsonObject, options?: CallOptions): Promise<JsonObject>;
  createOpportunity(
    input: JsonObject & { readonly ClientToken: string },
    options?: CallOptions,
  ): Promise<{ readonly Id: string; readonly LastModifiedDate: string | undefined }>;
  /** `missing` when AWS does not know the id, or no longer shows it to us. */
  getOpportunity(id: string, options?: CallOptions): Promise<JsonObject>;
  /** `body` carries `LastModifiedDate` as it was read: stale gives `conflict`. */
  updateOpportunity(
    id: string,
    body: JsonObject,
    options?: CallOptions,
  ): Promise<{ readonly LastModifiedDate: string }>;
  associateOpportunity(id: string, entityType: string, entityId: string, options?: CallOptions): Promise<void>;
  disassociateOpportunity(id: string, entityType: string, entityId: string, options?: CallOptions): Promise<void>;
  assignOpportunity(id: string, assignee: JsonObject, options?: CallOptions): Promise<void>;
  getAwsOpportunitySummary(id: string, options?: CallOptions): Promise<JsonObject>;
  startEngagementFromOpportunityTask(
    input: { readonly Identifier: string; readonly ClientToken: string; readonly AwsSubmission: JsonObject },
    options?: CallOptions,
  ): Promise<JsonObject>;
  /** The newest task of the opportunity. */
  engagementTask(opportunityId: string, options?: CallOptions): Promise<JsonObject | undefined>;
  /** Summaries page by page, ascending by LastModifiedDate, from `after` on (AWS's own timestamp, inclusive or not is not known: overlap). */
  listOpportunities(filter: { readonly after?: string }, options?: CallOptions): AsyncIterable<readonly JsonObject[]>;
  listSolutions(options?: CallOptions): AsyncIterable<readonly JsonObject[]>;
  close(): void;
}
