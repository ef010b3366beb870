import type { JsonObject } from "../../kernel/index.ts";
import { textAt } from "../../partner-central-shared/paths.ts";
import type { Call } from "../call.ts";
import { assertCode, sameAddress } from "../email-code.ts";
import { ownPartner, partnerHead } from "../partner.ts";

/** GetAllianceLeadContact. */
export function getAllianceLeadContact(call: Call): JsonObject {
  const partner = ownPartner(call);
  return { ...partnerHead(call.space, partner), AllianceLeadContact: partner.contact };
}

/** PutAllianceLeadContact. Another e-mail address needs the code that was sent to it. */
export function putAllianceLeadContact(call: Call): JsonObject {
  const partner = ownPartner(call);
  const contact = call.input.AllianceLeadContact as JsonObject;
  const email = textAt(contact, "Email") ?? "";
  const code = textAt(call.input, "EmailVerificationCode");
  if (code !== undefined || !sameAddress(email, textAt(partner.contact, "Email") ?? "")) assertCode(call, email, code);
  call.space.partner = { ...partner, contact };
  return getAllianceLeadContact(call);
}
