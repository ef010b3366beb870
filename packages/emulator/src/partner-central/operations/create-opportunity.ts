import { announce } from "../../events/announce.ts";
import type { JsonObject } from "../../kernel/index.ts";
import { once, type Call } from "../call.ts";
import { accountArn } from "../../partner-central-shared/identifiers.ts";
import { newOpportunity } from "../new-opportunity.ts";
import { textAt } from "../../partner-central-shared/paths.ts";
import { referOpportunity } from "../referral.ts";
import { invalidBusiness } from "../refusal.ts";
import { readinessErrors } from "../review.ts";
import type { StoredOpportunity } from "../state.ts";
import { tagsOf } from "../../partner-central-shared/tags.ts";
import { timestamp } from "../../partner-central-shared/timestamps.ts";

/** CreateOpportunity: a draft, or in the Sandbox, with `Origin: AWS Referral`, an invitation that plays AWS's referral. */
export function createOpportunity(call: Call): JsonObject {
  return once(call, () => {
    const opportunity = newOpportunity(call, call.input);
    const errors = readinessErrors(opportunity, "create", call.now);
    if (opportunity.origin === "AWS Referral" && call.space.catalog !== "Sandbox") {
      errors.push({
        FieldName: "Origin",
        Code: "ACTION_NOT_PERMITTED",
        Message: "A partner creates Partner Referral only; the catalog Sandbox plays a referral by AWS.",
      });
    }
    if (errors.length > 0) throw invalidBusiness("The opportunity breaks rules for new opportunities.", errors);
    keep(call, opportunity);
    return {
      Id: opportunity.id,
      LastModifiedDate: timestamp(opportunity.modifiedAt),
      PartnerOpportunityIdentifier: textAt(call.input, "PartnerOpportunityIdentifier") ?? null,
    };
  });
}

function keep(call: Call, opportunity: StoredOpportunity): void {
  const { space, input } = call;
  if (opportunity.origin === "AWS Referral") {
    referOpportunity(call, opportunity);
    return;
  }
  space.opportunities[opportunity.id] = opportunity;
  const arn = accountArn(space.account, space.catalog, "opportunity", opportunity.id);
  if (Array.isArray(input.Tags)) space.tags[arn] = tagsOf(input.Tags);
  announce(call, "create-opportunity", { opportunity: { id: opportunity.id, account: space.account } });
}
