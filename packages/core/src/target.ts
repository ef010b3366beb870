import type { JsonObject, JsonValue } from "@cosell/connector";

/** One member of the target's model: what a mapping may write or read, and what the target accepts there. */
export interface TargetField {
  /** Path from the root; list items carry `[]`: `Customer.Contacts[].Email`. */
  readonly path: string;
  readonly type: "string" | "integer" | "number" | "boolean" | "timestamp" | "structure" | "list" | "map";
  /** Required wherever its parent is present. */
  readonly required: boolean;
  /** The only values accepted. `open: true` says that the target itself is known to hold others. */
  readonly values?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  /** A regular expression, anchored, for flag `u`. */
  readonly pattern?: string;
  /** The pattern in words: `nine digits`. */
  readonly patternInWords?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** The member that tells one item of a list of structures from another, such as `Email` of `Customer.Contacts`. */
  readonly itemKey?: string;
  /** How two spellings of one value are compared. @defaultValue "text" */
  readonly format?: "text" | "date" | "decimal" | "email" | "timestamp";
  /** Personal or confidential: its value never stands in a message. */
  readonly sensitive: boolean;
  /** The calls that carry it: `create`, `update`, or one that goes by a call of its own. */
  readonly calls: readonly ("create" | "update" | "associate" | "assign" | "submit")[];
}

/** What the target allows for a field at this moment. `ignored`: it accepts the write and drops it silently. */
export type FieldLock =
  { readonly lock: "editable" } | { readonly lock: "locked" | "ignored"; readonly reason: string };

/** The state that decides about locks. */
export interface TargetState {
  readonly reviewStatus: string | undefined;
  readonly stage: string | undefined;
  readonly origin: string | undefined;
}

/** What decisions need from an opportunity as the target sends it. */
export interface TargetReading {
  readonly state: TargetState;
  /** It waits for its submission: `Pending Submission` at AWS. */
  readonly submittable: boolean;
  /** An update moves it to another review status by itself: `Action Required` at AWS. */
  readonly movesOnUpdate: boolean;
  /** Associated entities by type (`RelatedEntityIdentifiers`); null lists are empty. */
  readonly related: Readonly<Record<string, readonly string[]>>;
  /** E-mail of the member of `OpportunityTeam` with the title `OpportunityOwner`. */
  readonly assigneeEmail: string | undefined;
  /** `LastModifiedDate`, as it was sent. */
  readonly version: string | undefined;
}

/** One thing that stands between an opportunity and a purpose. */
export interface ReadinessIssue {
  /** The AWS path concerned. */
  readonly path: string;
  readonly code: "missing" | "invalid" | "not-allowed";
  /** What is wanted, one sentence, without the value. */
  readonly message: string;
  /** Where the rule comes from. */
  readonly source: string;
  /** Asked of some partners only, and nothing in the opportunity tells whom. @defaultValue false */
  readonly conditional?: boolean;
}

/** What readiness looks at. */
export interface ReadinessRequest {
  /** `stage`: the opportunity has the stage that it is to reach. */
  readonly purpose: "create" | "submit" | "update" | "stage";
  /** The opportunity as it would be after the write, members as in CreateOpportunity; `Submission` and `Origin` where they are known. */
  readonly opportunity: JsonObject;
  /** Associated entities by type, as they would be. */
  readonly related: Readonly<Record<string, readonly string[]>>;
  /** The day on which it is judged, `YYYY-MM-DD`. */
  readonly today: string;
}

/**
 * Everything that the pure core must know about the side that is not the CRM. Exported as a value by
 * `@cosell/partner-central`, handed in by whoever composes: core itself knows no AWS.
 */
export interface TargetModel {
  readonly name: string;
  /** Everything that an outbound rule may write, by path, in the model's order. */
  readonly writable: ReadonlyMap<string, TargetField>;
  /** Everything that an inbound rule may read, by path. */
  readonly readable: ReadonlyMap<string, TargetField>;
  /** Members of an update that must always be present, even unchanged. */
  readonly alwaysSent: readonly string[];
  /** Reads an opportunity (`GetOpportunity`) and, where it was asked for, the summary (`GetAwsOpportunitySummary`: `Origin`). */
  read(opportunity: JsonObject, summary: JsonObject | undefined): TargetReading;
  lockOf(path: string, state: TargetState): FieldLock;
  readiness(request: ReadinessRequest): readonly ReadinessIssue[];
  /** The whole body of an update: `current` as read, members that an update does not accept left out, `values` laid over (undefined removes). */
  updateBody(current: JsonObject, values: ReadonlyMap<string, JsonValue | undefined>): JsonObject;
}
