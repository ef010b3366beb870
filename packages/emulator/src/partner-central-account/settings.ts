/** How the emulated Account API behaves. Whose calls they are, and quotas, it shares with the Selling API's settings. */
export interface PartnerCentralAccountSettings {
  /** The same seed gives the same e-mail verification codes. */
  readonly seed: number;
  /** How long an e-mail verification code is good for. No source says. */
  readonly emailCodeExpiresAfterMs: number;
  /** Where CreatePartner wants both verifications first. That it does somewhere follows from AWS's codes; where, no source says. */
  readonly partnerNeedsVerification: "never" | "production" | "always";
  /** What becomes of a business verification. */
  readonly businessVerification: "SUCCEEDED" | "FAILED" | "REJECTED";
  /** How long a business verification takes. */
  readonly verificationDelayMs: number;
  /** After what time the registrant has completed the verification of his identity; null waits for an edit of the admin face. */
  readonly registrantCompletesAfterMs: number | null;
  /** How long a task for a profile or for qualifications takes. A start always answers `IN_PROGRESS`. */
  readonly taskDelayMs: number;
  /** Both sides of a connection invitation need a profile that a profile update task has published: AWS says so of the Sandbox. */
  readonly connectionsNeedProfile: boolean;
  /** After what time an unanswered connection invitation expires. No source says. */
  readonly connectionInvitationExpiresAfterMs: number;
}

/** Sandbox partners need no verification; tasks and business verifications end at once; a registrant waits for a person. */
export const defaultPartnerCentralAccountSettings: PartnerCentralAccountSettings = {
  seed: 1,
  emailCodeExpiresAfterMs: 15 * 60_000,
  partnerNeedsVerification: "production",
  businessVerification: "SUCCEEDED",
  verificationDelayMs: 0,
  registrantCompletesAfterMs: null,
  taskDelayMs: 0,
  connectionsNeedProfile: true,
  connectionInvitationExpiresAfterMs: 15 * 24 * 3600 * 1000,
};

/** The only words that these settings take. */
export const partnerCentralAccountChoices: Readonly<Record<string, readonly string[]>> = {
  partnerNeedsVerification: ["never", "production", "always"],
  businessVerification: ["SUCCEEDED", "FAILED", "REJECTED"],
};
