import { isJsonObject, type JsonObject } from "../../kernel/index.ts";
import { once, required, type Call } from "../call.ts";
import { conflict, notFound } from "../refusal.ts";
import type { StoredVerification, VerificationType } from "../state.ts";
import { completionPageMs, verificationAnswer, verificationKey } from "../verification.ts";

/**
 * StartVerification: of the business, or of the registrant. No details at all mean the registrant, whose verification has
 * none; no source says what AWS does then.
 */
export function startVerification(call: Call): JsonObject {
  return once(call, () => {
    const { space, state, now } = call;
    const given = isJsonObject(call.input.VerificationDetails) ? call.input.VerificationDetails : {};
    const business = given.BusinessVerificationDetails;
    const type = isJsonObject(business) ? "BUSINESS_VERIFICATION" : "REGISTRANT_VERIFICATION";
    const key = verificationKey(space.account, type);
    assertMayStart(state.verifications[key], now);
    const verification: StoredVerification = {
      account: space.account,
      type,
      details: isJsonObject(business) ? business : null,
      status: type === "BUSINESS_VERIFICATION" ? "IN_PROGRESS" : "PENDING_CUSTOMER_ACTION",
      reason: null,
      startedAt: now,
      due: dueOf(call, type),
      completedAt: null,
    };
    state.verifications[key] = verification;
    return verificationAnswer(verification);
  });
}

/** GetVerification: the newest of the type. */
export function getVerification(call: Call): JsonObject {
  const type = required(call, "VerificationType") as VerificationType;
  const verification = call.state.verifications[verificationKey(call.space.account, type)];
  if (verification === undefined) {
    throw notFound("VERIFICATION_NOT_FOUND", `The account has not started a ${type}.`);
  }
  return verificationAnswer(verification);
}

function dueOf({ settings, now }: Call, type: VerificationType): StoredVerification["due"] {
  if (type === "BUSINESS_VERIFICATION") {
    return { at: now + settings.verificationDelayMs, status: settings.businessVerification };
  }
  const { registrantCompletesAfterMs: after } = settings;
  return after === null ? null : { at: now + after, status: "SUCCEEDED" };
}

/** Again after a failure, or when the page for the registrant has expired. */
function assertMayStart(earlier: StoredVerification | undefined, now: number): void {
  switch (earlier?.status) {
    case "SUCCEEDED":
      throw conflict("ACCOUNT_ALREADY_VERIFIED", "The account has this verification already.");
    case "PENDING_CUSTOMER_ACTION":
      if (earlier.startedAt + completionPageMs <= now) return;
      throw conflict("VERIFICATION_ALREADY_IN_PROGRESS", "The verification waits for the registrant.");
    case "IN_PROGRESS":
      throw conflict("VERIFICATION_ALREADY_IN_PROGRESS", "The verification is in progress.");
    case "FAILED":
    case "REJECTED":
    case undefined:
      return;
  }
}
