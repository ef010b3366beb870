import type { JsonObject, JsonValue } from "@cosell/connector";

/** A place in a source file. Line and column count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing that `check` found. */
export interface Finding extends Position {
  readonly severity: "error" | "warning";
  /** Stable and readable: `unknown-key`, `unknown-source-field`, `value-outside-list`. */
  readonly code: string;
  readonly message: string;
  /** What was probably meant. */
  readonly suggestion?: string;
}

/** Where a target's value comes from. */
export interface RuleOrigin {
  readonly rule: Position;
  /** Every CRM path that the rule may read for its value. */
  readonly sources: readonly string[];
  /** When the value is sent: at creation only, or only where AWS has none. @defaultValue "always" */
  readonly write?: "always" | "once" | "if-empty";
}

/** A value that could not be mapped. Never an exception, never silent. */
export interface MappingIssue {
  /** `error` leaves the target without a value; `warning` says that a value was changed to fit. */
  readonly severity: "error" | "warning";
  /** `missing`, `not-in-table`, `bad-date`, `too-long`, `outside-list` … */
  readonly code: string;
  /** One sentence for the CRM's user: what is wrong and what to do. Contains the value only where the target is not sensitive. */
  readonly message: string;
  /** AWS path (outbound) or CRM field (inbound). */
  readonly target: string;
  readonly sources: readonly string[];
  readonly rule: Position;
}

/** What an outbound run gives. Values are JSON; absent is absent, never null. */
export interface OutboundResult {
  /** Members of Create/UpdateOpportunity. */
  readonly payload: JsonObject;
  /** Associated entities by type (`Solutions`, `AwsProducts` …). A type that no rule maps is absent; one that is mapped and empty is `[]`. */
  readonly related: Readonly<Record<string, readonly string[]>>;
  /** Who the opportunity is assigned to, members of AssignOpportunity's `Assignee`. */
  readonly assignee?: JsonObject;
  /** Present when the mapping says that the deal shall be submitted: `InvolvementType`, `Visibility`. */
  readonly submission?: JsonObject;
  readonly issues: readonly MappingIssue[];
  /** The CRM path that gave each leaf its value, by AWS path; absent for constants and defaults. */
  readonly usedSources: Readonly<Record<string, string>>;
}

/** What inbound rules read: the opportunity and the summary as AWS gave them, and what the engine knows of the link. */
export interface InboundSource {
  readonly opportunity: JsonObject;
  readonly summary?: JsonObject;
  /** `status`, `lastFailure`, `deferredFields`, `opportunityId`. */
  readonly link: JsonObject;
  /** The engagement invitation that brought the opportunity, as `GetEngagementInvitation` gives it, where there was one. */
  readonly invitation?: JsonObject;
}

/** What the rules of an invitation mapping read. What is absent is not known yet: rules about it say nothing. */
export interface InvitationSource extends Partial<InboundSource> {
  readonly invitation: JsonObject;
}

/** What one inbound rule gives. `skip`: its `when` does not hold, or it has nothing to say about this value. */
export type InboundResult =
  | { readonly kind: "value"; readonly value: JsonValue }
  | { readonly kind: "skip" }
  | { readonly kind: "issue"; readonly issue: MappingIssue };

/** One compiled rule of the inbound half. */
export interface InboundRule<Source = InboundSource> {
  /** The CRM field it writes. */
  readonly field: string;
  /** The AWS paths it reads: `LifeCycle.Stage`, `Summary.LifeCycle.Stage`, `Invitation.PayloadType`, `Link.status`. */
  readonly paths: readonly string[];
  readonly write: "always" | "once" | "if-empty";
  readonly rule: Position;
  run(source: Source): InboundResult;
}

export type Authority = "crm" | "aws" | "ask";

/** A mapping, compiled once, run for every record. Pure; mutates nothing. */
export interface CompiledMapping {
  readonly id: string;
  readonly crm: { readonly connector: string; readonly object: string };
  /** The CRM field that keeps AWS's id. */
  readonly link: { readonly opportunityId: string };
  /** Every CRM path that the mapping reads, as a connector's `read` takes them (`X.records[].Contact.Email`): match, link, outbound, and the inbound fields for comparison. */
  readonly sourceFields: readonly string[];
  /** Outbound targets by AWS path. Paths inside lists are under the list: `Customer.Contacts`. */
  readonly outbound: ReadonlyMap<string, RuleOrigin>;
  readonly inbound: readonly InboundRule[];
  /** Identifies the mapping's content: it changes when any rule changes. */
  readonly hash: string;
  /** Does the record take part? */
  matches(record: JsonObject): boolean;
  run(record: JsonObject): OutboundResult;
  authorityOf(path: string): Authority;
  /** Rule and sources of any path that AWS may name, also inside lists (`Customer.Contacts[0].Email`, `customer.contacts.0.email`). */
  originOf(path: string): RuleOrigin | undefined;
}

/** A mapping of `kind: invitation`, compiled: what record an invitation becomes in the CRM. Pure; mutates nothing. */
export interface InvitationMapping {
  readonly kind: "invitation";
  readonly id: string;
  /** The object that is created: a lead, an opportunity, a deal. */
  readonly crm: { readonly connector: string; readonly object: string };
  /** Identifies the mapping's content: it changes when any rule changes. */
  readonly hash: string;
  /** Does an invitation, as `GetEngagementInvitation` gives it, become a record at all? */
  matches(invitation: JsonObject): boolean;
  readonly inbound: readonly InboundRule<InvitationSource>[];
}
