import type { InvitationMapping } from "@cosell/core";
import { closedLists } from "@cosell/partner-central/model";

/** One mapping of invitations, and when it makes its record. */
export interface InvitationRecord {
  readonly mapping: InvitationMapping;
  /**
   * `received`: as soon as the invitation is here, so that sellers decide in their CRM; such a mapping must write
   * `Invitation.Id` to a field. `accepted`: once there is an opportunity.
   */
  readonly create: "received" | "accepted";
  /** Path on the record that names the deal which a lead became, such as Salesforce's `ConvertedOpportunityId`. */
  readonly becomes?: string;
}

/** What a value of an invitation must be. Texts are compared without regard to case; of several values one is enough. */
export type InvitationTest =
  | { readonly in: readonly (string | number | boolean)[] }
  | { readonly notIn: readonly (string | number | boolean)[] }
  | { readonly contains: string }
  | { readonly atLeast: number }
  | { readonly atMost: number }
  | { readonly exists: boolean };

/** One rule: the first that holds decides, and an invitation that none decides waits for a person. */
export interface InvitationRule {
  /** Tests by path (`Invitation.SenderCompanyName`); all must hold. */
  readonly when: Readonly<Record<string, InvitationTest>>;
  readonly take: "accept" | "reject" | "ask";
  /** For AWS, when it rejects; for the journal otherwise. */
  readonly reason?: string;
  /**
   * `none`: the rule holds only while the CRM has no deal that may be the same. `any`: it holds in any case, and an
   * acceptance makes a new record. @defaultValue "none" for an acceptance, "any" otherwise
   */
  readonly duplicates?: "none" | "any";
}

/** How sellers decide in their CRM: a field on the record that a pending invitation has. */
export interface DecisionField {
  readonly field: string;
  /** Values that accept: `true`, `Accept`. */
  readonly accept: readonly (string | boolean)[];
  /** Values that reject, each with AWS's reason. */
  readonly reject: Readonly<Record<string, string>>;
}

/** What a sync does with the invitations that its partner account receives. */
export interface InvitationSettings {
  readonly records: readonly InvitationRecord[];
  /** `all` is one rule without a condition; `manual` none. */
  readonly rules: readonly InvitationRule[];
  readonly decisionField?: DecisionField;
  /** How long before its expiry a person is told of an invitation that waits. Milliseconds; each once. */
  readonly alarmMs: readonly number[];
}

/** AWS's five reasons, the only ones that it takes. */
export const rejectionReasons: readonly string[] =
  closedLists.find(({ path }) => path === "RejectionReason")?.values ?? [];
