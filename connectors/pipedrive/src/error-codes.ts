import type { FailureKind } from "@cosell/connector";

/** What an answer of Pipedrive means, and the sentence for people. */
export interface ErrorMeaning {
  readonly kind: Exclude<FailureKind, "merged" | "unknown-outcome">;
  readonly says: string;
}

/**
 * Pipedrive's status codes (Pipedrive, "HTTP status codes"). A row here is the only place that decides what one means. The
 * texts beside them are Pipedrive's own and stay out of messages, since they may repeat values.
 */
const statuses: Readonly<Record<number, ErrorMeaning>> = {
  400: { kind: "invalid", says: "Pipedrive cannot read the call." },
  401: {
    kind: "auth",
    says: "Pipedrive does not accept the token: the user may have made a new one, or the app was uninstalled.",
  },
  402: { kind: "permission", says: "The company's Pipedrive account is not open: its payment is due." },
  403: {
    kind: "permission",
    says: "Pipedrive forbids this to the user: check its permission set ('Use API') and the app's scopes.",
  },
  404: { kind: "missing", says: "Pipedrive does not know this record or address." },
  409: { kind: "conflict", says: "The record changed meanwhile." },
  410: { kind: "missing", says: "Pipedrive no longer has this record or address." },
  415: { kind: "permission", says: "The company has not switched this feature on." },
  422: { kind: "invalid", says: "Pipedrive cannot make sense of the call." },
  429: { kind: "throttled", says: "Pipedrive asks for a pause." },
};

/** Codes beside the status that say more than it does. */
const codes: readonly { readonly when: RegExp; readonly meaning: ErrorMeaning }[] = [
  {
    when: /^feature_capping/,
    meaning: { kind: "permission", says: "The company's plan allows no more records of this kind." },
  },
  { when: /^ERR_NOT_FOUND$/, meaning: { kind: "missing", says: "Pipedrive does not know this record or address." } },
];

/** What a status and a code mean; `undefined` for what no table knows. */
export function meaningOf(status: number | undefined, code: string): ErrorMeaning | undefined {
  const special = codes.find(({ when }) => when.test(code))?.meaning;
  if (special) return special;
  if (status !== undefined && status >= 500) return { kind: "transient", says: "Pipedrive is not available." };
  return status === undefined ? undefined : statuses[status];
}

/** Pipedrive's complaints about a value, by their fixed words, in ours. */
const complaints: readonly { readonly when: RegExp; readonly says: string }[] = [
  { when: /required|non-?empty title/i, says: "must have a value" },
  { when: /unrecogni[sz]ed|unknown|unexpected|not allowed/i, says: "does not exist" },
  { when: /read-?only/i, says: "cannot be written" },
  { when: /characters|too long|too big|max(imum)? length/i, says: "takes no text of this length" },
  { when: /not found|not accessible/i, says: "names a record or user that is gone, or that the user may not see" },
  { when: /option/i, says: "takes only its own options" },
  { when: /only be set if/i, says: "cannot be set while the deal has another status" },
  { when: /integer|number|boolean|string|object|array|date/i, says: "takes a value of another type" },
];

export function complaintOf(text: string): string {
  return complaints.find(({ when }) => when.test(text))?.says ?? "has a value that Pipedrive refuses";
}
