import type { JsonValue } from "@cosell/connector";
import type { Authority } from "../mapping/mapping.ts";
import type { FieldLock } from "../target.ts";
import { inboundOnly, paused } from "./case.ts";
import type { Answer } from "./observation.ts";
import type { AgreedValue, FieldChange } from "./plan.ts";

/** What is known of one AWS path that the mapping touches. */
export interface FieldCase {
  /** The value that the outbound mapping gives now. */
  readonly crm: JsonValue | undefined;
  /** The CRM holds something that the mapping cannot send: whatever it is, it is not what was agreed. */
  readonly unusable?: boolean;
  readonly aws: JsonValue | undefined;
  readonly base: AgreedValue | undefined;
  readonly same: (a: JsonValue | undefined, b: JsonValue | undefined) => boolean;
  readonly authority: Authority;
  readonly lock: FieldLock;
  /** May the sync write this path to AWS? `kept`: it might, but the rule writes it once, or only where AWS has nothing. */
  readonly outbound: boolean | "kept";
  /** Can the CRM field behind the path take AWS's value now? `no-way-back`: there is one, but its rule cannot read this value. */
  readonly inbound: boolean | "no-way-back";
  /** What a person chose, when the path was in conflict. */
  readonly answer?: Answer | undefined;
  /** AWS answered an update with this very value of the CRM, and still shows what it held before. */
  readonly notTaken?: boolean;
  /** Nothing is decided about it now. */
  readonly paused?: boolean;
}

/** What becomes of it. `accept`: both keep what they have, and that is the new base. */
export type FieldDecision =
  | { readonly kind: "unchanged" }
  | { readonly kind: "agreed" }
  | { readonly kind: "accept"; readonly why: string }
  | { readonly kind: "outbound"; readonly reason: FieldChange["reason"] }
  | { readonly kind: "inbound"; readonly reason: FieldChange["reason"] }
  | { readonly kind: "deferred"; readonly why: string }
  | { readonly kind: "conflict" }
  | {
      readonly kind: "held";
      readonly code: "direction" | "paused" | "no-way-back" | "not-taken";
      readonly why: string;
    };

/**
 * The three-way table, per field: what changed on each side since it was last agreed, and who may decide.
 * Without a base, whatever a side holds counts as changed, and what only AWS holds is never cleared.
 */
export function decideField(field: FieldCase): FieldDecision {
  const { crm, aws, base, same, unusable = false } = field;
  const crmChanged = unusable || (base === undefined ? crm !== undefined : !same(crm, base.crm));
  const awsChanged = base === undefined ? !same(aws, undefined) : !same(aws, base.aws);
  const equal = !unusable && same(crm, aws);
  if ((!crmChanged && !awsChanged) || (equal && field.paused === true)) return { kind: "unchanged" };
  if (field.paused === true) return { kind: "held", code: "paused", why: paused };
  if (equal) return { kind: "agreed" };
  if (answerFits(field)) return carriedOut(field);
  if (!awsChanged) {
    // What AWS has locked by now is sent when it opens; anything else would be dropped again and again.
    const again = field.notTaken === true && field.lock.lock === "editable";
    return again ? notTaken : send(field, "changed-in-crm");
  }
  if (!crmChanged) {
    if (field.inbound !== false) return take(field, "changed-at-aws");
    // What only AWS holds is never cleared: not at its first appearance (without a base), nor at a later change.
    const repairs = base !== undefined && !same(crm, undefined);
    if (repairs && field.outbound === true && field.authority === "crm") return send(field, "drift-repaired");
    return { kind: "accept", why: "AWS's value stands; the CRM has no field that takes it" };
  }
  switch (field.authority) {
    case "crm":
      return send(field, "crm-has-authority");
    case "aws":
      return field.inbound === false
        ? { kind: "accept", why: "AWS has authority; the CRM has no field that takes its value" }
        : take(field, "aws-has-authority");
    case "ask":
      return { kind: "conflict" };
  }
}

const notTaken: FieldDecision = {
  kind: "held",
  code: "not-taken",
  why: "AWS did not take the value: it answered the update without an error, yet shows what it held before. Set it in Partner Central, or change it in the CRM to send it anew.",
};

/** Do both sides still hold what the person saw who gave the answer? */
export function answerFits({ answer, crm, aws, same, unusable = false }: FieldCase): boolean {
  return answer !== undefined && !unusable && same(crm, answer.crm) && same(aws, answer.aws);
}

function carriedOut(field: FieldCase): FieldDecision {
  if (field.answer?.take === "crm") return send(field, "answered");
  return field.inbound === false
    ? { kind: "accept", why: "a person chose AWS's value; the CRM has no field that takes it" }
    : take(field, "answered");
}

function send(field: FieldCase, reason: FieldChange["reason"]): FieldDecision {
  if (field.outbound === "kept") return { kind: "accept", why: "the rule's `write` leaves what AWS holds" };
  if (!field.outbound) return { kind: "held", code: "direction", why: inboundOnly };
  if (field.lock.lock !== "editable") return { kind: "deferred", why: field.lock.reason };
  return { kind: "outbound", reason };
}

/** What the CRM cannot express is not lost, nor replaced by what the CRM has: a person mends the rule or the value. */
function take({ inbound }: FieldCase, reason: FieldChange["reason"]): FieldDecision {
  return inbound === "no-way-back"
    ? { kind: "held", code: "no-way-back", why: "AWS's value has no counterpart in the CRM." }
    : { kind: "inbound", reason };
}
