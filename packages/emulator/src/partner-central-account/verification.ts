import type { JsonObject } from "../kernel/index.ts";
import { timestamp } from "../partner-central-shared/timestamps.ts";
import type { PartnerCentralAccountState, StoredVerification, VerificationType } from "./state.ts";

/** How long the page on which a registrant identifies himself can be used. */
export const completionPageMs = 7 * 24 * 3600 * 1000;

/** Where an account's verification of one type is kept. */
export function verificationKey(account: string, type: VerificationType): string {
  return `${account}/${type}`;
}

/** A verification as GetVerification tells it. */
export function verificationAnswer(verification: StoredVerification): JsonObject {
  const { account, type, details, status, reason, startedAt, completedAt } = verification;
  const page = {
    CompletionUrl: `https://verification.example.com/${account}`,
    CompletionUrlExpiresAt: timestamp(startedAt + completionPageMs),
  };
  return {
    VerificationType: type,
    VerificationStatus: status,
    VerificationStatusReason: reason,
    VerificationResponseDetails:
      details === null
        ? { RegistrantVerificationResponse: page }
        : { BusinessVerificationResponse: { BusinessVerificationDetails: details } },
    StartedAt: timestamp(startedAt),
    CompletedAt: completedAt === null ? null : timestamp(completedAt),
  };
}

/** Ends the verifications that are due. */
export function settleVerifications(state: PartnerCentralAccountState, now: number): void {
  for (const [key, verification] of Object.entries(state.verifications)) {
    const { due } = verification;
    if (due === null || due.at > now) continue;
    state.verifications[key] = { ...verification, status: due.status, completedAt: due.at, due: null };
  }
}
