import type { JsonObject } from "../../kernel/index.ts";
import { once, type Call } from "../call.ts";
import { accountArn, newOpportunityId } from "../identifiers.ts";
import { referOpportunity } from "../invitation.ts";
import { textAt } from "../paths.ts";
import { invalidBusiness } from "../refusal.ts";
import { readinessErrors } from "../review.ts";
import type { StoredOpportunity } from "../state.ts";
import { tagsOf } from "./tags.ts";
import { stampAfter, timestamp } from "../timestamps.ts";

/** The members that describe a new opportunity. */
const described = [
  "PrimaryNeedsFromAws",
  "NationalSecurity",
  "PartnerOpportunityIdentifier",
  "Customer",
  "Project",
  "OpportunityType",
  "Marketing",
  "SoftwareRevenue",
  "LifeCycle",
];

/** CreateOpportunity: a draft, or in the Sandbox, with `Origin: AWS Referral`, an invitation that plays AWS's referral. */
export function createOpportunity(call: Call): JsonObject {
  return once(call, () => {
    const opportunity = newOpportunity(call);
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

function newOpportunity({ input, now, settings, state, space }: Call): StoredOpportunity {
  const body = Object.fromEntries(described.map((member) => [member, input[member] ?? null]));
  const lifeCycle = (body.LifeCycle ?? {}) as JsonObject;
  const team = Array.isArray(input.OpportunityTeam) ? (input.OpportunityTeam as readonly JsonObject[]) : [];
  return {
    id: newOpportunityId(state),
    createdAt: now,
    modifiedAt: stampAfter(0, now, settings),
    origin: textAt(input, "Origin") ?? "Partner Referral",
    body: {
      ...body,
      LifeCycle: {
        ...lifeCycle,
        Stage: lifeCycle.Stage ?? "Prospect",
        ReviewStatus: "Pending Submission",
        ReviewComments: null,
        ReviewStatusReason: null,
      },
      OpportunityTeam: [ownerOf(space.account), ...team],
    },
    related: {},
    aws: {},
  };
}

/** Every opportunity belongs to a person from the start: the account's alliance lead until somebody is assigned. */
function ownerOf(account: string): JsonObject {
  return {
    BusinessTitle: "OpportunityOwner",
    Email: `alliance-lead-${account}@example.com`,
    FirstName: "Alliance",
    LastName: "Lead",
    Phone: null,
  };
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
}
