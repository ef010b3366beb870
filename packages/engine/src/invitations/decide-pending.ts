import type { JsonValue } from "@cosell/connector";
import { type Invited, keep } from "./invited.ts";
import { ruleFor } from "./rule.ts";
import { rejectionReasons } from "./settings.ts";

/** What a person or a rule chose. */
export interface Decision {
  readonly take: "accept" | "reject";
  readonly by: "operator" | "rule" | "crm";
  readonly reason: string;
}

/** Stores a decision: the calls that carry it out follow. */
export async function storeDecision(invited: Invited, decision: Decision): Promise<void> {
  const status = decision.take === "accept" ? "accepting" : "rejecting";
  const at = invited.options.clock.now();
  await keep(invited, { status, decision: { ...decision, at }, failure: undefined });
}

/** What the rules of the configuration say of an invitation that waits; a rule that asks leaves it to a person. */
export async function decideByRule(invited: Invited): Promise<void> {
  const { invitation, settings } = invited;
  const hasDuplicates = invitation.duplicates.length > 0;
  const rule = ruleFor(invitation.data, hasDuplicates, settings.rules);
  if (rule === undefined || rule.take === "ask") return;
  // Told to accept in spite of what looks alike: then it is a deal of its own.
  if (rule.take === "accept" && hasDuplicates) await keep(invited, { duplicates: [] });
  const reason = rule.reason ?? (rule.take === "reject" ? "Other" : "A rule of the configuration.");
  await storeDecision(invited, { take: rule.take, by: "rule", reason });
}

/** What a seller chose in the CRM. `value` is that of the decision field. A value that means nothing decides nothing. */
export async function decideByField(invited: Invited, value: JsonValue | undefined): Promise<void> {
  const { settings, invitation } = invited;
  const field = settings.decisionField;
  if (field === undefined || value === "" || (typeof value !== "string" && typeof value !== "boolean")) return;
  const said = String(value).trim().toLowerCase();
  const rejects = Object.entries(field.reject).find(([word]) => word.toLowerCase() === said);
  if (rejects !== undefined) {
    const reason = rejectionReasons.includes(rejects[1]) ? rejects[1] : "Other";
    await storeDecision(invited, { take: "reject", by: "crm", reason });
  } else if (field.accept.some((word) => String(word).toLowerCase() === said)) {
    // The seller has its record in hand: what looks alike was seen there.
    if (invitation.duplicates.length > 0) await keep(invited, { duplicates: [] });
    await storeDecision(invited, { take: "accept", by: "crm", reason: `${field.field} in the CRM.` });
  }
}
