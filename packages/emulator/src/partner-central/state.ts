import type { JsonObject, JsonValue } from "../kernel/index.ts";
import type { Catalog } from "../partner-central-shared/catalog.ts";
import type { RememberedCall } from "../partner-central-shared/remembered-calls.ts";
import { seededSolutions } from "./solutions.ts";

export { catalogs, type Catalog } from "../partner-central-shared/catalog.ts";

/** One opportunity. Instants are milliseconds since 1970. */
export interface StoredOpportunity {
  readonly id: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly origin: string;
  /** The members that the partner writes, as they were sent; `LifeCycle` with AWS's review is always there. */
  readonly body: JsonObject & { readonly LifeCycle: JsonObject };
  /** Associated entities by type. */
  readonly related: Readonly<Record<string, readonly string[]>>;
  /** The last time it went to AWS's review. */
  readonly submittedAt?: number;
  /** The customer's contacts, while they are still to come: after an acceptance AWS gives them later than the rest. */
  readonly contactsDue?: { readonly at: number; readonly contacts: JsonValue };
  /** What AWS adds on its side: members of the summary (`InvolvementType`, `OpportunityTeam`, `LifeCycle`, `Insights` …). */
  readonly aws: JsonObject;
}

/** What a background task does. With `-task` it is the kind in the task's ARN. */
export type TaskKind =
  "engagement-from-opportunity" | "engagement-by-accepting-invitation" | "opportunity-from-engagement";

/** One run of a background task. */
export interface EngagementTask {
  readonly id: string;
  readonly kind: TaskKind;
  /** With nanoseconds, as AWS sends it. */
  readonly startTime: string;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
  /** Of the call that started it. */
  readonly input: JsonObject;
  readonly status: "IN_PROGRESS" | "COMPLETE" | "FAILED";
  readonly message: string | null;
  readonly reasonCode: string | null;
  /** What it works on and what it makes. Null: not yet, or nothing of the kind. */
  readonly opportunityId: string | null;
  readonly engagementId: string | null;
  readonly invitationId: string | null;
  readonly contextId: string | null;
  readonly jobId: string | null;
}

/** Something that an engagement is about. */
export interface EngagementContext {
  readonly Id: string;
  readonly Type: string;
  readonly Payload: JsonObject;
}

/** A room in which partners and AWS work together. Accounts are 12 digits, or `aws`. */
export interface StoredEngagement {
  readonly id: string;
  readonly catalog: Catalog;
  readonly title: string | null;
  readonly description: string | null;
  readonly createdBy: string;
  /** With nanoseconds, as AWS sends it. */
  readonly createdAt: string;
  readonly modifiedBy: string;
  /** With nanoseconds: the version for the optimistic lock. */
  readonly modifiedAt: string;
  readonly members: readonly string[];
  readonly contexts: readonly EngagementContext[];
  /** How many contexts it ever had. */
  readonly contextsIssued: number;
  /** The opportunities in it, and whose they are. */
  readonly resources: readonly { readonly id: string; readonly owner: string }[];
}

/** An opportunity as it once was, for the members of an engagement. */
export interface StoredSnapshot {
  readonly arn: string;
  readonly catalog: Catalog;
  readonly engagementId: string;
  readonly resourceId: string;
  readonly template: string;
  /** 1, 2, 3 … of the same opportunity, engagement and template. */
  readonly revision: number;
  readonly createdBy: string;
  /** With nanoseconds. */
  readonly createdAt: string;
  /** The version of the opportunity that it shows: milliseconds since 1970. */
  readonly resourceModifiedAt: number;
  readonly payload: JsonObject;
}

/** Takes a snapshot whenever the opportunity has changed. */
export interface SnapshotJob {
  readonly id: string;
  readonly engagementId: string;
  readonly resourceId: string;
  readonly template: string;
  /** With nanoseconds. */
  readonly createdAt: string;
  readonly status: "Running" | "Stopped";
  /** With nanoseconds. Null: it has taken no snapshot yet. */
  readonly lastRunAt: string | null;
  readonly lastFailure: string | null;
}

/** What a prospecting task has found about one engagement. */
export interface ProspectedEngagement {
  readonly id: string;
  readonly status: "IN_PROGRESS" | "COMPLETED" | "FAILED";
  /** Of the context with the result. */
  readonly contextId: string | null;
  readonly reasonCode: string | null;
  readonly message: string | null;
}

/** One run of StartProspectingFromEngagementTask. */
export interface ProspectingTask {
  readonly id: string;
  readonly name: string;
  /** With nanoseconds. */
  readonly startTime: string;
  /** Null while it runs. */
  readonly endTime: string | null;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
  readonly engagements: readonly ProspectedEngagement[];
}

/** An account invites another one to an engagement. */
export interface StoredInvitation {
  readonly id: string;
  readonly catalog: Catalog;
  readonly engagementId: string;
  readonly sender: string;
  readonly receiver: string;
  readonly receiverAlias: string | null;
  readonly message: string | null;
  /** With nanoseconds. */
  readonly invitedAt: string;
  /** With nanoseconds. */
  readonly expiresAt: string;
  /** `EXPIRED` is not stored: it follows from the clock. */
  readonly status: "PENDING" | "ACCEPTED" | "REJECTED";
  readonly rejectionReason: string | null;
  readonly payloadType: "OpportunityInvitation" | "LeadInvitation";
  readonly payload: JsonObject;
  /** The whole opportunity that it offers; what the payload leaves out is hidden until acceptance. Null: only the payload. */
  readonly offered: StoredOpportunity | null;
  /** The sender's opportunity that it submits to AWS: AWS's review of that one answers the invitation. */
  readonly submits: string | null;
  /** The event of its expiry is sent. */
  readonly expiryTold?: true;
}

/** One solution of a partner, as ListSolutions tells it. */
export interface Solution {
  readonly Id: string;
  readonly Name: string;
  readonly Status: "Active" | "Inactive" | "Draft";
  readonly Category: string;
  readonly CreatedDate: string;
  /** The AWS Marketplace solution that it is linked to. Absent: none. */
  readonly AwsMarketplaceSolutionArn?: string;
}

/** What one partner account has in one catalog. */
export interface Space {
  readonly account: string;
  readonly catalog: Catalog;
  readonly opportunities: Record<string, StoredOpportunity>;
  readonly solutions: Record<string, Solution>;
  readonly tasks: Record<string, EngagementTask>;
  readonly jobs: Record<string, SnapshotJob>;
  readonly prospectingTasks: Record<string, ProspectingTask>;
  /** The ARN of the role that snapshot jobs run as. Null: PutSellingSystemSettings has named none. */
  jobRole: string | null;
  /** By ClientToken. */
  readonly rememberedCalls: Record<string, RememberedCall>;
  /** By ARN. */
  readonly tags: Record<string, Readonly<Record<string, string>>>;
}

/** Everything that the emulated Partner Central holds: one JSON document. */
export interface PartnerCentralState {
  /** How many ids were given out. */
  issued: number;
  /** By account and catalog: `111122223333/Sandbox`. */
  readonly spaces: Record<string, Space>;
  /** Of all accounts and catalogs, since accounts share them. */
  readonly engagements: Record<string, StoredEngagement>;
  readonly invitations: Record<string, StoredInvitation>;
  /** By ARN. */
  readonly snapshots: Record<string, StoredSnapshot>;
}

/** A Partner Central that nobody has used. */
export function emptyState(): PartnerCentralState {
  return { issued: 0, spaces: {}, engagements: {}, invitations: {}, snapshots: {} };
}

/** An account's part of a catalog, made with the seeded solutions when it is first asked for. */
export function spaceOf(state: PartnerCentralState, account: string, catalog: Catalog): Space {
  return (state.spaces[`${account}/${catalog}`] ??= emptySpace(account, catalog));
}

/** A copy of a document that was kept, also by an emulator that could do less: what it lacks is empty. */
export function loadedState(document: PartnerCentralState): PartnerCentralState {
  const { spaces, ...rest } = structuredClone(document);
  const whole = (space: Space): Space => ({ ...emptySpace(space.account, space.catalog), ...space });
  const entries = Object.entries(spaces).map(([key, space]) => [key, whole(space)] as const);
  return { ...emptyState(), ...rest, spaces: Object.fromEntries(entries) };
}

function emptySpace(account: string, catalog: Catalog): Space {
  return {
    account,
    catalog,
    opportunities: {},
    solutions: Object.fromEntries(seededSolutions.map((solution) => [solution.Id, solution])),
    tasks: {},
    jobs: {},
    prospectingTasks: {},
    jobRole: null,
    rememberedCalls: {},
    tags: {},
  };
}
