import type { QuotaClass, QuotaLimit } from "@cosell/partner-central/model";
import type { Access } from "../partner-central-shared/signature.ts";

/** How the emulated Partner Central behaves. Plain data, so that it can be read and changed over HTTP while it runs. */
export interface PartnerCentralSettings extends Access {
  /** AWS's rates and daily limits per account, by the emulator's clock. */
  readonly quotas: boolean;
  /** Limits that AWS granted these accounts instead of its own: `{"write": {"perSecond": 100}}`. A class replaced has no daily limit but one that is named. */
  readonly grantedQuotas: Partial<Readonly<Record<QuotaClass, QuotaLimit>>>;
  /** Which error an update of a `Submitted` or `In review` opportunity gets. No source says which one AWS gives. */
  readonly errorWhenLocked: "validation" | "conflict";
  /** In the Sandbox the stage of a draft cannot be changed. AWS's documentation lets everything of a draft be changed. Unofficial. */
  readonly sandboxDraftStageIsFixed: boolean;
  /** An update without `LifeCycle.ReviewStatus` sets it to null, and the opportunity can no longer be changed. Unofficial. */
  readonly omittedReviewStatusResets: boolean;
  /** Members of which AWS drops changes without a word, beside those that its locks name: an update of them is answered as if it was made. Unofficial. */
  readonly ignoredMembers: readonly string[];
  /** What an association that exists already gets. Unofficial. */
  readonly duplicateAssociation: "conflict" | "success";
  /** Whether `AfterLastModifiedDate` and its kin include the instant itself. No source says. */
  readonly afterIsInclusive: boolean;
  /** How long a background task takes (`Start…Task`); 0 answers `COMPLETE` or `FAILED` at once. */
  readonly taskDelayMs: number;
  /** After what time an unanswered invitation expires: AWS documents 15 days, and was seen to give five years to a lead. */
  readonly invitationExpiresAfterMs: number;
  /** How long after acceptance the customer's contacts arrive: 10 to 30 minutes were seen. Unofficial. */
  readonly contactsAfterAcceptanceMs: number;
  /** Which error the answer to an invitation gets that is answered or expired already. No source says which one AWS gives. */
  readonly errorWhenAnswered: "conflict" | "validation";
  /** How exactly `EngagementLastModifiedAt` must match: to the nanosecond that AWS sends, or as far as JavaScript's `Date`. */
  readonly engagementLock: "nanoseconds" | "milliseconds";
  /**
   * An invitation of another partner to an opportunity needs a connection of type OPPORTUNITY_COLLABORATION with it
   * (Account API). AWS documents that the connection comes first; which error it gives without one, no source says.
   */
  readonly requiresConnection: boolean;
  /** What accounts are called in invitations and among members. */
  readonly companyNames: Readonly<Record<string, string>>;
  /** From `Submitted` to `In review`. */
  readonly inReviewAfterMs: number;
  /** From `Submitted` to `Approved` without anybody's doing; null waits for the admin face or the Sandbox's update. */
  readonly approveAfterMs: number | null;
  /** How fine an opportunity's `LastModifiedDate` is: AWS's answers had whole seconds until 2025, milliseconds since. */
  readonly timestamps: "milliseconds" | "seconds";
  /** An edit of AWS's own side (summary) moves the opportunity's `LastModifiedDate` too. No source says. */
  readonly summaryEditTouchesOpportunity: boolean;
  /** Texts come back with `&amp;` for `&` and `&amp;colon;` for `:`, as AWS's React sample has seen them. */
  readonly doubleEncodedEntities: boolean;
  /** Empty `PrimaryNeedsFromAws` come back as a value that AWS's own list lacks, as in AWS's recorded answers. */
  readonly valuesOutsideEnums: boolean;
  /** How long a new opportunity cannot be read. */
  readonly readAfterCreateLagMs: number;
}

/** One partner account and a second one, no quotas, tasks that end at once, a person who reviews. */
export const defaultPartnerCentralSettings: PartnerCentralSettings = {
  accounts: { AKIACOSELLPARTNERONE: "111122223333", AKIACOSELLPARTNERTWO: "444455556666" },
  defaultAccount: "111122223333",
  unlistedKeys: "default-account",
  unsigned: "plain",
  secretKeys: {},
  quotas: false,
  grantedQuotas: {},
  errorWhenLocked: "validation",
  sandboxDraftStageIsFixed: false,
  omittedReviewStatusResets: true,
  ignoredMembers: [],
  duplicateAssociation: "conflict",
  afterIsInclusive: false,
  taskDelayMs: 0,
  invitationExpiresAfterMs: 15 * 24 * 3600 * 1000,
  contactsAfterAcceptanceMs: 0,
  errorWhenAnswered: "conflict",
  engagementLock: "nanoseconds",
  requiresConnection: true,
  companyNames: { aws: "AWS", "111122223333": "Example Partner One", "444455556666": "Example Partner Two" },
  inReviewAfterMs: 60_000,
  approveAfterMs: null,
  timestamps: "milliseconds",
  summaryEditTouchesOpportunity: false,
  doubleEncodedEntities: false,
  valuesOutsideEnums: false,
  readAfterCreateLagMs: 0,
};

/** The only words that these settings take. */
export const partnerCentralChoices: Readonly<Record<string, readonly string[]>> = {
  unlistedKeys: ["default-account", "refuse"],
  unsigned: ["never", "plain", "always"],
  errorWhenLocked: ["validation", "conflict"],
  duplicateAssociation: ["conflict", "success"],
  errorWhenAnswered: ["conflict", "validation"],
  engagementLock: ["nanoseconds", "milliseconds"],
  timestamps: ["milliseconds", "seconds"],
};
