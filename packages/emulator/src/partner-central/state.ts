import type { JsonObject } from "../kernel/index.ts";
import { seededSolutions } from "./solutions.ts";

/** AWS's two catalogs: production and the one to try things in. */
export const catalogs = ["AWS", "Sandbox"] as const;
export type Catalog = (typeof catalogs)[number];

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
  /** What AWS adds on its side: members of the summary (`InvolvementType`, `OpportunityTeam`, `LifeCycle`, `Insights` …). */
  readonly aws: JsonObject;
}

/** One run of StartEngagementFromOpportunityTask. */
export interface EngagementTask {
  readonly id: string;
  readonly opportunityId: string;
  /** With nanoseconds, as AWS sends it. */
  readonly startTime: string;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
  readonly submission: JsonObject;
  readonly status: "IN_PROGRESS" | "COMPLETE" | "FAILED";
  readonly message: string | null;
  readonly reasonCode: string | null;
  /** Set when it is complete. */
  readonly engagementId: string | null;
  readonly invitationId: string | null;
  readonly jobId: string | null;
}

/** One solution of a partner, as ListSolutions tells it. */
export interface Solution {
  readonly Id: string;
  readonly Name: string;
  readonly Status: "Active" | "Inactive" | "Draft";
  readonly Category: string;
  readonly CreatedDate: string;
}

/** An answer that is given again when the same ClientToken comes with the same input. */
export interface RememberedCall {
  readonly operation: string;
  /** Of the input. */
  readonly digest: string;
  readonly answer: JsonObject;
}

/** What one partner account has in one catalog. */
export interface Space {
  readonly account: string;
  readonly catalog: Catalog;
  readonly opportunities: Record<string, StoredOpportunity>;
  readonly solutions: Record<string, Solution>;
  readonly tasks: Record<string, EngagementTask>;
  /** As GetEngagementInvitation tells them. */
  readonly invitations: Record<string, JsonObject>;
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
}

/** A Partner Central that nobody has used. */
export function emptyState(): PartnerCentralState {
  return { issued: 0, spaces: {} };
}

/** An account's part of a catalog, made with the seeded solutions when it is first asked for. */
export function spaceOf(state: PartnerCentralState, account: string, catalog: Catalog): Space {
  return (state.spaces[`${account}/${catalog}`] ??= {
    account,
    catalog,
    opportunities: {},
    solutions: Object.fromEntries(seededSolutions.map((solution) => [solution.Id, solution])),
    tasks: {},
    invitations: {},
    rememberedCalls: {},
    tags: {},
  });
}
