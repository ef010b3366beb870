/** What a subscription is about (HubSpot, "Webhooks journal management APIs"). */
export type JournalSubscriptionType = "OBJECT" | "ASSOCIATION";

/** What an app wants to be told of one portal. */
export interface JournalSubscription {
  readonly id: number;
  readonly appId: number;
  readonly subscriptionType: JournalSubscriptionType;
  readonly portalId: number;
  /** `0-3` for deals. */
  readonly objectTypeId: string;
  /** `CREATE`, `UPDATE`, `DELETE`, `MERGE`, `RESTORE`, `ASSOCIATION_ADDED`, `ASSOCIATION_REMOVED`. */
  readonly actions: readonly string[];
  /** Properties whose changes are told. */
  readonly properties?: readonly string[];
  /** Only these records; absent or empty: all. */
  readonly objectIds?: readonly number[];
  /** Objects of the other end, of an association. */
  readonly associatedObjectTypeIds?: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** One event as a file of the journal has it. Ids are JSON numbers. */
export type JournalEvent = Readonly<Record<string, unknown>> & {
  readonly portalId: number;
  /** ISO 8601. */
  readonly occurredAt: string;
};

/** One file of the journal; it never changes. */
export interface JournalFile {
  /** A UUID. The place behind this file. */
  readonly offset: string;
  readonly journalEvents: readonly JournalEvent[];
  readonly publishedAt: string;
}

/** Everything that the journal holds. A view is a portal's id, or `app` for all portals together. */
export interface JournalDocument {
  readonly issued: number;
  readonly subscriptions: readonly JournalSubscription[];
  readonly views: Readonly<
    Record<string, { readonly waiting: readonly JournalEvent[]; readonly files: readonly JournalFile[] }>
  >;
}
