import type { JsonObject } from "../kernel/index.ts";
import type { Catalog } from "../partner-central-shared/catalog.ts";
import type { RememberedCall } from "../partner-central-shared/remembered-calls.ts";

// Instants are milliseconds since 1970 everywhere here.

/** A partner: what an account has become in one catalog. */
export interface StoredPartner {
  readonly id: string;
  readonly legalName: string;
  readonly createdAt: number;
  readonly profileId: string;
  /** As the API tells it, without `ProfileId`. */
  readonly profile: JsonObject;
  /** When a profile update task last succeeded. Null: the profile is still the one that CreatePartner made up. */
  readonly publishedAt: number | null;
  readonly visibility: string;
  readonly contact: JsonObject;
  /** E-mail domains for AWS training and certification. */
  readonly domains: readonly { readonly name: string; readonly at: number }[];
}

/** The newest profile update task of a partner. */
export interface ProfileTask {
  readonly id: string;
  readonly details: JsonObject;
  readonly startedAt: number;
  /** When it is due to end. */
  readonly endsAt: number;
  readonly status: "IN_PROGRESS" | "CANCELED" | "SUCCEEDED" | "FAILED";
  readonly endedAt: number | null;
  readonly errors: readonly JsonObject[];
}

/** The newest task of one kind for a partner's qualifications. */
export interface QualificationsTask {
  readonly id: string;
  /** The account of the other partner. */
  readonly partner: string;
  readonly startedAt: number;
  readonly endsAt: number;
  readonly status: "IN_PROGRESS" | "SUCCEEDED";
}

/** Whose invitations an account takes. */
export interface ConnectionPreferences {
  readonly accessType: string;
  readonly excluded: readonly string[];
  readonly updatedAt: number;
  /** The version for the optimistic lock: 1, 2, 3 … */
  readonly revision: number;
}

/** What one account has in one catalog. */
export interface AccountSpace {
  readonly account: string;
  readonly catalog: Catalog;
  partner: StoredPartner | null;
  profileTask: ProfileTask | null;
  /** Null: nobody has asked for them yet. */
  preferences: ConnectionPreferences | null;
  /** With whose qualifications its own are associated, and since when. */
  qualifications: { readonly primary: string; readonly since: number } | null;
  associationTask: QualificationsTask | null;
  disassociationTask: QualificationsTask | null;
  /** When it did what AWS allows a number of times a day. */
  profileTaskStarts: readonly number[];
  visibilityChanges: readonly number[];
  /** By ClientToken. */
  readonly rememberedCalls: Record<string, RememberedCall>;
  /** By ARN. */
  readonly tags: Record<string, Readonly<Record<string, string>>>;
}

/** A code that an account had sent to somebody. This is the letter: whoever plays the receiver reads it here. */
export interface SentEmailCode {
  readonly account: string;
  readonly catalog: Catalog;
  readonly email: string;
  readonly code: string;
  readonly sentAt: number;
  readonly expiresAt: number;
}

/** The two things that AWS verifies. */
export type VerificationType = "BUSINESS_VERIFICATION" | "REGISTRANT_VERIFICATION";

/** The newest verification of one type of an account. */
export interface StoredVerification {
  readonly account: string;
  readonly type: VerificationType;
  /** Of the business; null for a registrant. */
  readonly details: JsonObject | null;
  readonly status: "PENDING_CUSTOMER_ACTION" | "IN_PROGRESS" | "FAILED" | "SUCCEEDED" | "REJECTED";
  readonly reason: string | null;
  readonly startedAt: number;
  /** When it ends by itself, and how. Null: a person has to act. */
  readonly due: { readonly at: number; readonly status: StoredVerification["status"] } | null;
  readonly completedAt: number | null;
}

/** What a connection is for. */
export type ConnectionType = "OPPORTUNITY_COLLABORATION" | "SUBSIDIARY";

/** One purpose of a connection. */
export interface ConnectionPurpose {
  readonly createdAt: number;
  readonly inviterEmail: string;
  readonly inviterName: string;
  readonly status: "ACTIVE" | "CANCELED";
  readonly canceledAt: number | null;
  readonly canceledBy: string | null;
}

/** Two accounts that are connected, for one purpose or both. */
export interface StoredConnection {
  readonly id: string;
  readonly catalog: Catalog;
  readonly accounts: readonly [string, string];
  readonly updatedAt: number;
  readonly purposes: Partial<Readonly<Record<ConnectionType, ConnectionPurpose>>>;
}

/** An account asks another one to connect. */
export interface StoredConnectionInvitation {
  readonly id: string;
  readonly catalog: Catalog;
  readonly type: ConnectionType;
  readonly sender: string;
  readonly receiver: string;
  /** As the sender named the receiver. */
  readonly receiverIdentifier: string;
  readonly message: string;
  readonly inviterEmail: string;
  readonly inviterName: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly expiresAt: number;
  /** `EXPIRED` is not stored: it follows from the clock. */
  readonly status: "PENDING" | "ACCEPTED" | "REJECTED" | "CANCELED";
  readonly rejectionReason: string | null;
  readonly connectionId: string | null;
  /** Both have been told that nobody answered in time. */
  readonly expiryTold?: true;
}

/** Everything that the emulated Account API holds: one JSON document. */
export interface PartnerCentralAccountState {
  /** How many ids were given out. */
  issued: number;
  /** By account and catalog: `111122223333/Sandbox`. */
  readonly spaces: Record<string, AccountSpace>;
  /** By account and type, since verifications belong to no catalog: `111122223333/BUSINESS_VERIFICATION`. */
  readonly verifications: Record<string, StoredVerification>;
  readonly connections: Record<string, StoredConnection>;
  readonly connectionInvitations: Record<string, StoredConnectionInvitation>;
  /** The newest last. */
  emailCodes: readonly SentEmailCode[];
}

/** An Account API that nobody has used. */
export function emptyAccountState(): PartnerCentralAccountState {
  return { issued: 0, spaces: {}, verifications: {}, connections: {}, connectionInvitations: {}, emailCodes: [] };
}

/** An account's part of a catalog, made when it is first asked for. */
export function accountSpaceOf(state: PartnerCentralAccountState, account: string, catalog: Catalog): AccountSpace {
  return (state.spaces[`${account}/${catalog}`] ??= emptySpace(account, catalog));
}

/** A copy of a document that was kept, also by an emulator that could do less: what it lacks is empty. */
export function loadedAccountState(document: PartnerCentralAccountState): PartnerCentralAccountState {
  const { spaces, ...rest } = structuredClone(document);
  const entries = Object.entries(spaces).map(
    ([key, space]) => [key, { ...emptySpace(space.account, space.catalog), ...space }] as const,
  );
  return { ...emptyAccountState(), ...rest, spaces: Object.fromEntries(entries) };
}

function emptySpace(account: string, catalog: Catalog): AccountSpace {
  return {
    account,
    catalog,
    partner: null,
    profileTask: null,
    preferences: null,
    qualifications: null,
    associationTask: null,
    disassociationTask: null,
    profileTaskStarts: [],
    visibilityChanges: [],
    rememberedCalls: {},
    tags: {},
  };
}
