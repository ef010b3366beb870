import type { JsonObject } from "../../kernel/index.ts";
import { required, type Call } from "../call.ts";
import { sendCode } from "../email-code.ts";

/** SendEmailVerificationCode. The code is in the state that the admin face shows: `emailCodes`. */
export function sendEmailVerificationCode(call: Call): JsonObject {
  sendCode(call, required(call, "Email"));
  return {};
}
