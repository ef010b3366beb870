import type { JsonObject } from "../../kernel/index.ts";
import { newId } from "../../partner-central-shared/identifiers.ts";
import { pageOf } from "../../partner-central-shared/paging.ts";
import { textAt } from "../../partner-central-shared/paths.ts";
import { tagsOf } from "../../partner-central-shared/tags.ts";
import { once, required, type Call } from "../call.ts";
import { assertCode } from "../email-code.ts";
import { ownPartner, partnerAnswer, partnerArn, partnerSummary } from "../partner.ts";
import { conflict, invalidBusiness, type BusinessError } from "../refusal.ts";
import type { StoredPartner } from "../state.ts";
import { verificationKey } from "../verification.ts";

/** CreatePartner: one for an account and catalog. */
export function createPartner(call: Call): JsonObject {
  return once(call, () => {
    const { space, state, now, input } = call;
    if (space.partner !== null)
      throw conflict("DUPLICATE_PARTNER", "The account has a partner in this catalog already.");
    const contact = input.AllianceLeadContact as JsonObject;
    assertCode(call, textAt(contact, "Email") ?? "", textAt(input, "EmailVerificationCode"));
    const missing = missingVerifications(call);
    if (missing.length > 0) throw invalidBusiness(...missing);
    const partner: StoredPartner = {
      id: newId(state, "partner"),
      legalName: required(call, "LegalName"),
      createdAt: now,
      profileId: newId(state, "pprofile"),
      profile: firstProfile(call, contact),
      publishedAt: null,
      visibility: "PRIVATE",
      contact,
      domains: [],
    };
    space.partner = partner;
    const tags = tagsOf(input.Tags);
    if (Object.keys(tags).length > 0) space.tags[partnerArn(space, partner)] = tags;
    return { ...partnerAnswer(space, partner), AllianceLeadContact: contact };
  });
}

/** GetPartner, by id or ARN. */
export function getPartner(call: Call): JsonObject {
  return partnerAnswer(call.space, ownPartner(call));
}

/** ListPartners: the account's own. Whether AWS lists others too, no source says. */
export function listPartners(call: Call): JsonObject {
  const { partner } = call.space;
  const { items, NextToken } = pageOf(call, partner === null ? [] : [partnerSummary(call.space, partner)], 50);
  return { PartnerSummaryList: items, NextToken };
}

/** What AWS's model requires of a profile and CreatePartner does not ask for, until the first profile update. */
function firstProfile(call: Call, contact: JsonObject): JsonObject {
  const legalName = required(call, "LegalName");
  const domain = (textAt(contact, "Email") ?? "").replace(/^.*@/, "");
  return {
    DisplayName: legalName,
    Description: legalName,
    WebsiteUrl: `https://${domain}`,
    LogoUrl: `https://${domain}/logo.png`,
    PrimarySolutionType: required(call, "PrimarySolutionType"),
    IndustrySegments: ["OTHER"],
    TranslationSourceLocale: "en-US",
  };
}

function missingVerifications(call: Call): readonly BusinessError[] {
  const { space, state, settings } = call;
  const { partnerNeedsVerification: where } = settings;
  if (where === "never" || (where === "production" && space.catalog === "Sandbox")) return [];
  const business = state.verifications[verificationKey(space.account, "BUSINESS_VERIFICATION")];
  const registrant = state.verifications[verificationKey(space.account, "REGISTRANT_VERIFICATION")];
  const errors: BusinessError[] = [];
  if (business?.status !== "SUCCEEDED") {
    const Message = "The business has to be verified first: StartVerification with BusinessVerificationDetails.";
    errors.push({ Code: "INCOMPATIBLE_KNOW_YOUR_BUSINESS_STATUS", Message });
  } else if (textAt(business.details ?? {}, "LegalName") !== required(call, "LegalName")) {
    errors.push({ Code: "INCOMPATIBLE_LEGAL_NAME", Message: "The legal name is not the one that was verified." });
  }
  if (registrant?.status !== "SUCCEEDED") {
    const Message = "The registrant has to be verified first: StartVerification with RegistrantVerificationDetails.";
    errors.push({ Code: "INCOMPATIBLE_IDENTITY_VERIFICATION_STATUS", Message });
  }
  return errors;
}
