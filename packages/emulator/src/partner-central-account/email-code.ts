import { randomText, seededRandomness } from "../kernel/index.ts";
import type { Place } from "./call.ts";
import { invalidField } from "./refusal.ts";

/** Sends a code: puts it where the admin face shows it. The same seed and the same calls give the same codes. */
export function sendCode({ state, space, settings, now }: Place, email: string): void {
  state.issued += 1;
  const code = randomText(seededRandomness(settings.seed * 1_000_003 + state.issued), 6, "0123456789");
  const { account, catalog } = space;
  const expiresAt = now + settings.emailCodeExpiresAfterMs;
  state.emailCodes = [...state.emailCodes, { account, catalog, email, code, sentAt: now, expiresAt }];
}

/** Throws unless this is the newest code that the account had sent to the address, and it is not too old. */
export function assertCode({ state, space, now }: Place, email: string, code: string | undefined): void {
  const newest = state.emailCodes.findLast(
    (sent) => sent.account === space.account && sent.catalog === space.catalog && sameAddress(sent.email, email),
  );
  if (code === undefined) {
    throw invalidField(
      "EmailVerificationCode",
      "REQUIRED_FIELD_MISSING",
      "The e-mail address needs a verification code.",
    );
  }
  if (newest?.code !== code || newest.expiresAt <= now) {
    throw invalidField(
      "EmailVerificationCode",
      "INVALID_VALUE",
      "The code is not the one that was last sent to this e-mail address, or it has expired.",
    );
  }
}

/** AWS's addresses may have capitals, which mail servers do not tell apart. */
export function sameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
