import type { JsonObject } from "@cosell/connector";
import type { AgreedValue } from "./plan.ts";

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
  /** The day it is, `YYYY-MM-DD`. */
  readonly today: string;
}
