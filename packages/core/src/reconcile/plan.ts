import type { JsonObject, JsonValue } from "@cosell/connector";
import type { Position } from "../mapping/mapping.ts";

/** One value that a step changes, and why. */
export interface FieldChange {
  /** AWS path for a step at AWS, CRM field for a step in the CRM. */
  readonly path: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  /** Why this side is written. */
  readonly reason:
    | "new"
    | "changed-in-crm"
    | "changed-at-aws"
    | "crm-has-authority"
    | "aws-has-authority"
    | "drift-repaired"
    | "answered"
    | "undone"
    | "mirror";
  /** CRM fields (outbound) or AWS paths (inbound) that the value came from. */
  readonly sources: readonly string[];
  readonly rule: Position | undefined;
  /** Its values never stand in a message or a log. */
  readonly sensitive: boolean;
}

/** Calls at AWS, by quota class. */
export interface CallCost {
  readonly reads: number;
  readonly writes: number;
}

/** One thing to do, as data. Applied in the order given. */
export type PlanStep =
  | {
      readonly kind: "create";
      readonly payload: JsonObject;
      readonly changes: readonly FieldChange[];
      readonly cost: CallCost;
    }
  | {
      readonly kind: "update";
      readonly opportunityId: string;
      /** The whole body: an update is a PUT. */
      readonly body: JsonObject;
      readonly changes: readonly FieldChange[];
      readonly cost: CallCost;
    }
  | {
      readonly kind: "associate" | "disassociate";
      readonly entityType: string;
      readonly entityId: string;
      readonly change: FieldChange;
      readonly cost: CallCost;
    }
  | { readonly kind: "assign"; readonly assignee: JsonObject; readonly change: FieldChange; readonly cost: CallCost }
  | { readonly kind: "submit"; readonly submission: JsonObject; readonly cost: CallCost }
  | {
      readonly kind: "write-crm";
      readonly fields: Readonly<Record<string, JsonValue>>;
      readonly changes: readonly FieldChange[];
      readonly cost: CallCost;
    };

export type PlanStepKind = PlanStep["kind"];

/** Why a field, or the whole deal (`path: ""`), is not agreed. */
export interface Unsettled {
  readonly path: string;
  /** `deferred` AWS has it locked now · `conflict` a person must choose · `held` not fit to send. */
  readonly kind: "deferred" | "conflict" | "held";
  /** Groups equal reasons: `missing:Project.CustomerBusinessProblem`. */
  readonly code: string;
  /** One sentence in CRM terms. */
  readonly reason: string;
  readonly sources: readonly string[];
  readonly rule: Position | undefined;
  /** Both values of a deferred or conflicting field (`crm`, `aws`): for people to choose from, never for a log. */
  readonly detail: JsonObject;
}

/** A value that both sides hold, each in its own spelling. */
export interface AgreedValue {
  readonly crm: JsonValue | undefined;
  readonly aws: JsonValue | undefined;
}

/** What reconciling a link means now. Pure data: printable, comparable. */
export interface Plan {
  readonly crmRef: string;
  readonly opportunityId: string | undefined;
  /** Name for people. */
  readonly title: string | undefined;
  /** Empty: nothing to do. */
  readonly steps: readonly PlanStep[];
  readonly unsettled: readonly Unsettled[];
  /** Base values that hold once every step is applied; what a step does not touch is agreed at once. */
  readonly agreed: ReadonlyMap<string, AgreedValue>;
  /** AWS must be read again after the steps: they change more there than they say. */
  readonly readBack: boolean;
  /** Paths whose answers this plan carries out, or that no longer fit: the engine forgets them. */
  readonly answered: readonly string[];
  /** Things that a person should know and that stop nothing. */
  readonly notes: readonly string[];
  readonly cost: CallCost;
}
