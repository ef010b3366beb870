import type { JsonObject } from "../kernel/index.ts";
import type { Place } from "./call.ts";
import { sizedDeal } from "./deal-sizing.ts";
import { newOpportunityId } from "../partner-central-shared/identifiers.ts";
import { textAt } from "../partner-central-shared/paths.ts";
import type { StoredOpportunity } from "./state.ts";
import { stampAfter } from "../partner-central-shared/timestamps.ts";

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

/** A draft, made of what CreateOpportunity takes. It belongs to nobody's list yet. */
export function newOpportunity({ now, settings, state, space }: Place, input: JsonObject): StoredOpportunity {
  const body = sizedDeal(Object.fromEntries(described.map((member) => [member, input[member] ?? null])));
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
