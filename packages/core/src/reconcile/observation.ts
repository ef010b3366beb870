import type { JsonObject, JsonValue } from "@cosell/connector";
import type { AgreedValue } from "./plan.ts";

/** A person's choice in a conflict. It stands only while both sides hold what the person saw; null: nothing. */
export interface Answer {
  readonly take: "crm" | "aws";
  readonly crm: JsonValue;
  readonly aws: JsonValue;
}

/** What both sides hold at one moment. All that `decide` knows. */
export interface Observation {
  /** Canonical id of the CRM record. */
  readonly crmRef: string;
  readonly crm:
    | { readonly status: "present"; readonly record: JsonObject; readonly version: string }
    | { readonly status: "deleted" | "missing" };
  /** The link's opportunity; absent while there is none. */
  readonly opportunityId: string | undefined;
  /** `GetOpportunity`, as AWS sent it; absent while there is none, or when AWS no longer shows it. */
  readonly opportunity: JsonObject | undefined;
  /** `GetAwsOpportunitySummary`, when it was asked for. */
  readonly summary: JsonObject | undefined;
  /** Last agreed values, by path. */
  readonly base: ReadonlyMap<string, AgreedValue>;
  readonly direction: "both" | "outbound" | "inbound";
  /** What people chose in conflicts, by path. */
  readonly answers?: ReadonlyMap<string, Answer>;
  /** AWS paths about which nothing is decided now: neither side is written there, and what was agreed stays. */
  readonly paused?: ReadonlySet<string>;
  /** The day it is, `YYYY-MM-DD`. */
  readonly today: string;
}
