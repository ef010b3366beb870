import type { InvitationRule } from "@cosell/engine";

/**
 * What becomes of a referral. `joined`, `separate`: the CRM has the customer already; a person joins it to the deal that
 * is there, or lets it be one of its own. `unticked`: its record is made early, and the seller does not want it.
 */
export type Fate =
  | "by-rule"
  | "by-command"
  | "ticked"
  | "unticked"
  | "rejected-by-rule"
  | "rejected-by-command"
  | "expired"
  | "joined"
  | "separate";

/** Of every forty referrals. */
const ofForty: Readonly<Record<Fate, number>> = {
  "by-rule": 12,
  "by-command": 8,
  ticked: 5,
  unticked: 2,
  "rejected-by-rule": 4,
  "rejected-by-command": 2,
  expired: 2,
  joined: 3,
  separate: 2,
};

/** The customer's country says what the company does with a referral. */
export const countryOf: Readonly<Record<Fate, string>> = {
  "by-rule": "US",
  "by-command": "CA",
  ticked: "JP",
  unticked: "JP",
  "rejected-by-rule": "DE",
  "rejected-by-command": "FR",
  expired: "GB",
  joined: "US",
  separate: "US",
};

const country = "Invitation.Payload.OpportunityInvitation.Customer.CountryCode";

/** The rules of the configuration. */
export const invitationRules: readonly InvitationRule[] = [
  { when: { [country]: { in: ["DE"] } }, take: "reject", reason: "Unable to support" },
  { when: { [country]: { in: ["US"] } }, take: "accept" },
];

/** The fates of so many referrals, in the proportions of forty; each occurs. */
export function fatesOf(count: number): readonly Fate[] {
  const all = (Object.entries(ofForty) as [Fate, number][]).flatMap(([fate, times]) =>
    Array.from({ length: times }, () => fate),
  );
  const even = Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)] ?? "by-rule");
  const missing = (Object.keys(ofForty) as Fate[]).filter((fate) => !even.includes(fate));
  return [...missing, ...even].slice(0, count);
}
