import type { Failure, JsonObject, JsonValue, TokenStorage } from "@cosell/connector";
import type { InboxInvitation, InvitationPatch, InvitationStatus } from "./inbox.ts";
import type { Claim, ClaimableLink, ClaimedLink, Mark, MarkPriority } from "./queue.ts";
import type { ReasonCount, StateCounts, StateInfo } from "./report.ts";

export type * from "./queue.ts";
export type * from "./report.ts";

/** Where a link stands. `orphaned`: its CRM record is gone; `lost`: AWS no longer shows the opportunity. */
export type LinkStatus = "new" | "linked" | "orphaned" | "lost" | "ignored";

/** One CRM record joined, or to be joined, to one opportunity. */
export interface Link {
  readonly id: string;
  readonly sync: string;
  /** Canonical id of the CRM record. Unique in a sync. */
  readonly crmRef: string;
  /** Unique in a sync. */
  readonly opportunityId: string | undefined;
  readonly status: LinkStatus;
  /** The CRM record's version when it was last reconciled. */
  readonly crmVersion: string | undefined;
  /** Hash of the mapped values when it was last reconciled: an equal one is an echo. */
  readonly crmHash: string | undefined;
  /** `LastModifiedDate` as AWS gave it, when it was last reconciled. */
  readonly awsVersion: string | undefined;
  readonly reviewStatus: string | undefined;
  readonly stage: string | undefined;
  /** Name for people: the deal's title. */
  readonly title: string | undefined;
  /**
   * AWS's own stamps of what the latest reconcile that wrote there wrote first and last, milliseconds: an event of a time
   * between them is our own write come back.
   */
  readonly awsWrittenFrom: number | undefined;
  readonly awsWrittenAt: number | undefined;
  /** When AWS's side was last read whole, with its summary: the sweep takes the oldest first. Milliseconds. */
  readonly observedAt: number | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Members of a link that reconciling changes. `undefined` clears, an absent member leaves as it is. */
export type LinkPatch = Partial<Omit<Link, "id" | "sync" | "crmRef" | "createdAt" | "updatedAt">>;

/** The last agreed value of a path, as each side holds it. They differ only in spelling or where no inverse exists. */
export interface BaseValue {
  readonly crm: JsonValue | undefined;
  readonly aws: JsonValue | undefined;
}

/** What keeps a field, or the whole link (`path: ""`), from being agreed. */
export interface FieldState {
  readonly path: string;
  readonly kind: "deferred" | "conflict" | "held";
  /** One sentence for a person. */
  readonly reason: string;
  /** Groups equal reasons: `missing:LifeCycle.TargetCloseDate`. */
  readonly code: string;
  /** The CRM fields concerned. */
  readonly sources: readonly string[];
  readonly detail: JsonObject;
  /** Since when, milliseconds; kept while path, kind and code stay the same. */
  readonly since: number;
}

/** One line of the journal. */
export interface JournalEntry {
  readonly id: number;
  readonly linkId: string;
  readonly at: number;
  /** `observed`, `planned`, `create`, `update`, `crm-write`, `deferred`, `conflict`, `failed` … */
  readonly kind: string;
  /** One sentence. */
  readonly summary: string;
  /** Before and after per field, and why. */
  readonly detail: JsonObject;
}

export type NewJournalEntry = Omit<JournalEntry, "id" | "linkId">;

/** A call that must not be made twice by accident: stored before it is sent. */
export interface PendingCall {
  readonly id: number;
  readonly linkId: string;
  /** `create`, `submit` … One pending call per link and step. */
  readonly step: string;
  readonly clientToken: string;
  readonly request: JsonObject;
  readonly startedAt: number;
}

/** What a call is after {@link StateStore.beginCall}. */
export interface BegunCall extends PendingCall {
  /** Just stored: nobody can have sent it. Else an earlier send may have arrived, with the token and request told here. */
  readonly isNew: boolean;
}

/** A failure that stands until the link is reconciled again. */
export interface LinkFailure {
  readonly linkId: string;
  readonly crmRef: string;
  readonly opportunityId: string | undefined;
  readonly title: string | undefined;
  readonly at: number;
  /** Attempts in a row that ended in this kind. */
  readonly attempts: number;
  /** Not before this time; `undefined`: parked until something changes or a person replays it. */
  readonly retryAt: number | undefined;
  readonly failure: Failure;
}

/** A person's choice in a conflict: it holds for the two values that were seen, and for no others. */
export interface ConflictAnswer {
  readonly path: string;
  readonly take: "crm" | "aws";
  /** What the CRM and AWS held when it was given; null: nothing. */
  readonly crm: JsonValue;
  readonly aws: JsonValue;
  readonly at: number;
}

/** Something that is to stand still until it is resumed. */
export interface Pause {
  readonly scope: "connection" | "sync";
  /** Its name in the configuration. */
  readonly name: string;
  /** One AWS path of the sync; empty: all of it. */
  readonly path: string;
  /** One sentence. */
  readonly reason: string;
  readonly at: number;
}

/** A field, or a whole deal, that is not agreed, with its link. */
export interface UnsettledField {
  readonly link: Link;
  readonly state: FieldState;
}

/** One line of an export: a table's name and a row of it. */
export interface StateLine {
  readonly table: string;
  readonly row: JsonObject;
}

/** Everything one reconcile leaves behind; stored in one transaction. */
export interface Settlement {
  readonly patch?: LinkPatch;
  /** Base values to store; an entry with both sides undefined removes it. */
  readonly base?: ReadonlyMap<string, BaseValue>;
  /** The complete set of what is not agreed now; replaces the earlier one. Absent: leave as it is. */
  readonly fieldStates?: readonly Omit<FieldState, "since">[];
  readonly journal?: readonly NewJournalEntry[];
  /** `null` clears a failure, absent leaves it. A failure without `retryAt` is parked. */
  readonly failure?: {
    readonly failure: Failure;
    readonly retryAt: number | undefined;
    /** Does it count as an attempt? What the link is not to blame for does not. @defaultValue true */
    readonly counts?: boolean;
  } | null;
  /**
   * Clears the mark of the claim if nothing marked it since; `retryAt` of a failure keeps it claimable later. When the
   * claim is another's by now, only the journal is stored and the link is marked again: what an overtaken reconcile
   * knows may be older than what is stored.
   */
  readonly settles?: { readonly owner: string; readonly generation: number };
  /** Throws `conflict` (`claim-lost`) when this claim of the link is another's by now; then nothing is stored. */
  readonly claim?: Claim;
  /** Paths whose answers were carried out, or no longer fit: they are forgotten. */
  readonly answered?: readonly string[];
}

export interface LinkFilter {
  readonly sync?: string;
  readonly status?: LinkStatus;
  readonly linked?: boolean;
  /** Those that were there when a list of all records was begun then (milliseconds), and that it did not show: see `intake`. */
  readonly notListedSince?: number;
}

/**
 * What must survive. One writer at a time per link (claims); every method is atomic and durable when it resolves.
 * Throws `FailureError` only: `config` for a file that is no state file, is damaged or is from a newer version,
 * `transient` for a full disk or a lock that does not end, each saying which file and what to do.
 */
export interface StateStore {
  /** Ties the state to what it describes (catalog, CRM org …). Throws `config`, naming both values, if it was made for another. */
  bind(key: string, value: string): Promise<void>;

  link(id: string): Promise<Link | undefined>;
  linkByCrmRef(sync: string, crmRef: string): Promise<Link | undefined>;
  linkByOpportunity(sync: string, opportunityId: string): Promise<Link | undefined>;
  /** All links, oldest first, without holding them in memory. */
  links(filter?: LinkFilter): AsyncIterable<Link>;

  /**
   * Stores marks and the source's cursor in one transaction; repeated marks coalesce. An undefined cursor leaves the
   * stored one as it is. `listed`: records that a list of all of them has shown, and when that list was begun,
   * milliseconds. Returns how many links are newly dirty.
   */
  intake(
    sync: string,
    source: string,
    marks: readonly Mark[],
    cursor: string | undefined,
    listed?: { readonly refs: readonly string[]; readonly at: number },
  ): Promise<number>;
  cursor(sync: string, source: string): Promise<string | undefined>;
  /**
   * Claims up to `limit` dirty links whose time has come, most urgent first, then oldest mark, for `leaseMs`; an expired
   * lease is free again. Leases run by the server's time where machines share one, else by this process's.
   */
  claim(
    sync: string,
    owner: string,
    options: {
      readonly limit: number;
      readonly leaseMs: number;
      /** Only these records. */
      readonly crmRefs?: readonly string[];
      /** Only these links. */
      readonly linkIds?: readonly string[];
    },
  ): Promise<readonly ClaimedLink[]>;
  /** What `claim` would take now, in its order, without taking it: for handing links out to many workers. */
  claimable(sync: string, options: { readonly limit: number }): Promise<readonly ClaimableLink[]>;
  /** Who holds claims now, with the links of each: for finding those whose process has died. */
  claimOwners(sync: string): Promise<readonly { readonly owner: string; readonly linkIds: readonly string[] }[]>;
  /** Has nobody else taken the link since this claim? Its lease may have ended. */
  holdsClaim(claim: Claim): Promise<boolean>;
  /** Prolongs claims in long work. */
  renew(owner: string, linkIds: readonly string[], leaseMs: number): Promise<void>;
  /** Gives claims back untouched. */
  release(owner: string, linkIds: readonly string[]): Promise<void>;
  /** Throws `missing` for an unknown link, `conflict` for an opportunity that another link of the sync has; then nothing is stored. */
  settle(linkId: string, settlement: Settlement): Promise<void>;
  /** Links whose mark no settlement has answered, claimed or not; oldest link first. A parked failure is not among them. */
  dirtyLinks(sync: string): AsyncIterable<Link>;

  /** Marks known links by their ids. Returns how many are newly dirty. */
  markLinks(linkIds: readonly string[], reason: string, priority?: MarkPriority): Promise<number>;
  /**
   * Linked, clean links without a standing failure whose AWS side was last read whole (or, while it never was, which were
   * made) before `before`, the longest ago first: what a sweep looks at next. Links in one of `seldom.stages` are due
   * before `seldom.before` instead.
   */
  leastObserved(
    sync: string,
    options: {
      readonly before: number;
      readonly seldom?: { readonly stages: readonly string[]; readonly before: number };
      readonly limit: number;
    },
  ): Promise<readonly Link[]>;
  /**
   * Joins a record and an opportunity that both exist: makes the link or completes the one that the record has, and
   * marks it, all in one transaction: nobody reconciles it without the base values that are given. A link that has the
   * opportunity already keeps its own. Throws `conflict` when either is joined to another already, or a call under way
   * may give the record an opportunity (`call-pending`); then nothing is stored.
   */
  join(
    sync: string,
    both: {
      readonly crmRef: string;
      readonly opportunityId: string;
      readonly title?: string;
      readonly base?: ReadonlyMap<string, BaseValue>;
    },
    journal?: readonly NewJournalEntry[],
  ): Promise<Link>;
  /**
   * A CRM record was merged into another: the link moves to the survivor, whose own link (without an opportunity)
   * gives way. Throws `conflict` when the survivor has an opportunity of its own; then nothing is stored.
   */
  moveLink(linkId: string, survivorRef: string, journal?: readonly NewJournalEntry[]): Promise<Link>;

  baseValues(linkId: string): Promise<ReadonlyMap<string, BaseValue>>;
  fieldStates(linkId: string): Promise<readonly FieldState[]>;
  /** The most frequent reasons for fields and links that are not agreed, most links first. */
  reasons(sync: string | undefined, limit: number): Promise<readonly ReasonCount[]>;
  /** Everything of one kind that is not agreed, oldest link first. */
  unsettled(filter: {
    readonly sync?: string;
    readonly kind: FieldState["kind"];
    readonly path?: string;
    readonly linkId?: string;
  }): AsyncIterable<UnsettledField>;
  /** Stores choices for conflicts that stand, and marks the link. Returns the paths that were in conflict; others are left alone. */
  answer(
    linkId: string,
    choices: readonly { readonly path: string; readonly take: "crm" | "aws" }[],
  ): Promise<readonly string[]>;
  answers(linkId: string): Promise<readonly ConflictAnswer[]>;

  /**
   * Stores a pause; one of the same thing gives way with its reason, or stands as it was (`unlessPaused`). Returns
   * whether it is new: of many that store it at the same time, one is told so.
   */
  pause(pause: Omit<Pause, "at">, options?: { readonly unlessPaused?: boolean }): Promise<boolean>;
  /** Returns whether there was such a pause. */
  resume(pause: Pick<Pause, "scope" | "name" | "path">): Promise<boolean>;
  pauses(): Promise<readonly Pause[]>;

  /** Stores invitations as found (new ones become `pending`) and the source's cursor in one transaction. Returns how many are new. */
  takeInvitations(
    sync: string,
    found: readonly (Pick<InboxInvitation, "id"> & InvitationPatch)[],
    cursor?: { readonly source: string; readonly value: string },
  ): Promise<number>;
  invitation(sync: string, id: string): Promise<InboxInvitation | undefined>;
  /** Soonest to expire first. */
  invitations(
    sync: string,
    filter?: { readonly status?: readonly InvitationStatus[] },
  ): Promise<readonly InboxInvitation[]>;
  /** Throws `missing` for one that is not in the inbox. */
  updateInvitation(sync: string, id: string, patch: InvitationPatch): Promise<void>;

  /** All failures that stand, oldest link first. */
  failures(sync?: string): AsyncIterable<LinkFailure>;
  /** Makes failed links claimable now, those of `linkIds` only if it is given. Returns how many. */
  replay(sync: string | undefined, linkIds?: readonly string[]): Promise<number>;

  /**
   * Stores a call before it is sent, or returns the one already pending for the step. Throws `conflict` for a call that
   * makes an opportunity when the link has one by now, and for one whose `claim` is another's by now (`claim-lost`); then
   * nothing is stored.
   */
  beginCall(call: {
    readonly linkId: string;
    readonly step: string;
    readonly clientToken: string;
    readonly request: JsonObject;
    /** @defaultValue false */
    readonly makesOpportunity?: boolean;
    readonly claim?: Claim;
  }): Promise<BegunCall>;
  pendingCalls(linkId: string): Promise<readonly PendingCall[]>;
  /**
   * The outcome is known: it is pending no more; patch and journal in the same transaction. Throws `missing` when it is
   * not pending, `conflict` when the link has another opportunity than the patch names or the `claim` is another's by now
   * (`claim-lost`); then nothing is stored.
   */
  finishCall(id: number, settlement?: Pick<Settlement, "patch" | "journal" | "base" | "claim">): Promise<void>;

  /** The newest `limit` entries (all, without one), oldest first. */
  journal(linkId: string, options?: { readonly limit?: number }): Promise<readonly JournalEntry[]>;
  /** One line of the journal, by its id. */
  journalEntry(id: number): Promise<JournalEntry | undefined>;
  /** Removes lines older than `before`, but for the newest `keepPerLink` of each link. Returns how many. */
  pruneJournal(options: { readonly before: number; readonly keepPerLink: number }): Promise<number>;
  counts(sync?: string): Promise<StateCounts>;
  info(): Promise<StateInfo>;
  /**
   * Stores nothing, and throws what every write would throw now: `config` (`newer-state`) when a newer version has changed
   * the tables, `transient` while the server is away or only reads.
   */
  checkWritable(): Promise<void>;
  /** Everything, tokens too, table by table, as of one moment. */
  exportLines(): AsyncIterable<StateLine>;
  /** Fills an empty state from an export of this or an earlier schema. Throws `config` when the state is not empty or a line does not fit; then nothing is stored. */
  importLines(lines: AsyncIterable<StateLine>): Promise<{ readonly rows: number }>;
  /** Where connectors keep tokens that the CRM rotates. */
  tokens(connection: string): TokenStorage;
  close(): Promise<void>;
}
