import type { JsonObject } from "../../kernel/index.ts";
import { textAt } from "../../partner-central-shared/paths.ts";
import { once, required, type Call } from "../call.ts";
import { assertCode, sameAddress } from "../email-code.ts";
import { ownPartner } from "../partner.ts";
import { invalidBusiness, invalidField, notFound, quotaExceeded } from "../refusal.ts";

/** Source: the model's list of a partner's domains. */
const mostDomains = 100;

/** Domains where anybody has an address: none of them is a company's. AWS's own list is not known. */
const publicDomains = ["aol.com", "gmail.com", "gmx.com", "hotmail.com", "icloud.com", "outlook.com", "yahoo.com"];

/** AssociateAwsTrainingCertificationEmailDomain: the domain of an address to which a code was sent. */
export function associateEmailDomain(call: Call): JsonObject {
  return once(call, () => {
    const partner = ownPartner(call);
    const email = required(call, "Email");
    assertCode(call, email, textAt(call.input, "EmailVerificationCode"));
    const name = email.slice(email.lastIndexOf("@") + 1).toLowerCase();
    if (publicDomains.includes(name)) {
      throw invalidBusiness({
        Code: "INCOMPATIBLE_DOMAIN",
        Message: `${name} is open to anybody, so it is no company's.`,
      });
    }
    if (partner.domains.some((domain) => domain.name === name)) {
      throw invalidField("Email", "INVALID_VALUE", "The domain is associated already.");
    }
    if (partner.domains.length >= mostDomains) {
      throw quotaExceeded("LIMIT_EXCEEDED_NUMBER_OF_DOMAIN", `A partner has up to ${mostDomains} domains.`);
    }
    call.space.partner = { ...partner, domains: [...partner.domains, { name, at: call.now }] };
    return {};
  });
}

/** DisassociateAwsTrainingCertificationEmailDomain. */
export function disassociateEmailDomain(call: Call): JsonObject {
  return once(call, () => {
    const partner = ownPartner(call);
    const name = required(call, "DomainName");
    const domains = partner.domains.filter((domain) => !sameAddress(domain.name, name));
    if (domains.length === partner.domains.length) {
      throw notFound("PARTNER_DOMAIN_NOT_FOUND", `The domain ${name} is not associated with the partner.`);
    }
    call.space.partner = { ...partner, domains };
    return {};
  });
}
