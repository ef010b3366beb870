import type { JsonValue } from "@cosell/connector";
import type { Authority } from "../mapping/mapping.ts";
import type { FieldLock } from "../target.ts";
import type { AgreedValue, FieldChange } from "./plan.ts";

/** What is known of one AWS path that the mapping touches. */
export interface FieldCase {
  /** The value that the outbound mapping gives now. */
  readonly crm: JsonValue | undefined;
  readonly aws: JsonValue | undefined;
  readonly base: AgreedValue | undefined;
  readonly same: (a: JsonValue | undefined, b: JsonValue | undefined) => boolean;
  readonly authority: Authority;
  readonly lock: FieldLock;
  /** May the sync write this path to AWS? `kept`: it might, but the rule writes it once, or only where AWS has nothing. */
  readonly outbound: boolean | "kept";
  /** The CRM field behind the path can take AWS's value now. */
  readonly inbound: boolean;
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
  | { readonly kind: "held"; readonly why: string };

/**
 * The three-way table, per field: what changed on each side since it was last agreed, and who may decide.
 * Without a base, whatever a side holds counts as changed, and what only AWS holds is never cleared.
 */
export function decideField(field: FieldCase): FieldDecision {
  const { crm, aws, base, same } = field;
  const crmChanged = base === undefined ? crm !== undefined : !same(crm, base.crm);
  const awsChanged = base === undefined ? !same(aws, undefined) : !same(aws, base.aws);
  if (!crmChanged && !awsChanged) return { kind: "unchanged" };
  if (same(crm, aws)) return { kind: "agreed" };
  if (!awsChanged) return send(field, "changed-in-crm");
  if (!crmChanged) {
    if (field.inbound) return { kind: "inbound", reason: "changed-at-aws" };
    if (base !== undefined && field.outbound === true && field.authority === "crm")
      return send(field, "drift-repaired");
    return { kind: "accept", why: "AWS's value stands; the CRM has no field that takes it" };
  }
  switch (field.authority) {
    case "crm":
      return send(field, "crm-has-authority");
    case "aws":
      return field.inbound
        ? { kind: "inbound", reason: "aws-has-authority" }
        : { kind: "accept", why: "AWS has authority; the CRM has no field that takes its value" };
    case "ask":
      return { kind: "conflict" };
  }
}

function send(field: FieldCase, reason: FieldChange["reason"]): FieldDecision {
  if (field.outbound === "kept") return { kind: "accept", why: "the rule's `write` leaves what AWS holds" };
  if (!field.outbound) return { kind: "held", why: "this sync does not write to AWS (direction: inbound)" };
  if (field.lock.lock !== "editable") return { kind: "deferred", why: field.lock.reason };
  return { kind: "outbound", reason };
}
