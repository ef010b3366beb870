import { hasReached } from "./opportunity-facts.ts";
import { documentation, fieldsCsv, type OpportunityFacts, type ReadinessRule } from "./readiness-rule.ts";

/** What an opportunity must have in a stage. */
export interface StageRequirement {
  readonly path: string;
  /** The first stage that asks for it; the open stages after it and Launched ask as well. Closed Lost asks alone. */
  readonly from: "Qualified" | "Committed" | "Launched" | "Closed Lost";
  /** Only opportunities that AWS, or another partner, has passed on: they arrive approved and are never submitted. */
  readonly referredOnly: boolean;
  /** Asked of some partners only, and nothing in the opportunity tells whom: what to tell the others. */
  readonly only?: string;
  readonly message: string;
  /** Whether it is fulfilled. @defaultValue the path has a value */
  readonly fulfilled?: (facts: OpportunityFacts) => boolean;
  readonly source: string;
  readonly unofficial: boolean;
}

const referral = { from: "Qualified", referredOnly: true, source: documentation, unofficial: false } as const;
const launch = { from: "Launched", referredOnly: false, source: fieldsCsv, unofficial: false } as const;
const specialPrograms = "partners in AWS's special programs";

/** Every stage's own requirements, beside what a submission needs. */
export const stageRequirements: readonly StageRequirement[] = [
  {
    ...referral,
    path: "Project.CustomerUseCase",
    message: "From stage Qualified on, a referral by AWS must have a use case.",
  },
  {
    ...referral,
    path: "Project.DeliveryModels",
    message: "From stage Qualified on, a referral by AWS must have a delivery model.",
  },
  {
    ...referral,
    path: "RelatedEntityIdentifiers.Solutions",
    message:
      "From stage Qualified on, a referral by AWS must have a solution, a Marketplace solution or product, or Project.OtherSolutionDescription.",
    fulfilled: ({ at, offering }) => offering || at("Project.OtherSolutionDescription") !== undefined,
  },
  {
    ...referral,
    path: "PrimaryNeedsFromAws",
    message: "From stage Qualified on, a referral must say what is needed from AWS.",
  },
  {
    ...referral,
    path: "LifeCycle.TargetCloseDate",
    message: "From stage Qualified on, a referral by AWS must have a target close date.",
  },
  {
    ...referral,
    path: "Project.ExpectedCustomerSpend",
    message: "From stage Qualified on, a referral by AWS must have an expected spend.",
  },
  {
    ...referral,
    path: "Marketing.Source",
    message: "From stage Qualified on, a referral must say whether marketing led to it.",
  },
  {
    ...referral,
    path: "Marketing.AwsFundingUsed",
    message: "From stage Qualified on, a referral that marketing led to must say whether AWS funded it.",
    fulfilled: ({ at }) =>
      at("Marketing.Source") !== "Marketing Activity" || at("Marketing.AwsFundingUsed") !== undefined,
  },
  {
    path: "RelatedEntityIdentifiers.Solutions",
    from: "Committed",
    referredOnly: false,
    message: "From stage Committed on, a solution, a Marketplace solution or a Marketplace product is needed.",
    fulfilled: ({ offering }) => offering,
    source: `${documentation}; ${fieldsCsv}`,
    unofficial: false,
  },
  {
    ...launch,
    path: "Customer.Account.AwsAccountId",
    only: "consulting partners",
    message: "At the launch, consulting partners must name the customer's AWS account.",
  },
  ...["Value", "EffectiveDate", "ExpirationDate", "DeliveryModel"].map((member) => ({
    ...launch,
    path: `SoftwareRevenue.${member}`,
    only: specialPrograms,
    message: "At the launch, partners in AWS's special programs must tell the software revenue.",
  })),
  {
    path: "LifeCycle.ClosedLostReason",
    from: "Closed Lost",
    referredOnly: false,
    message: "A lost opportunity must say why it was lost.",
    source: `${documentation}; ${fieldsCsv}`,
    unofficial: false,
  },
];

/** The same as rules. For the purpose `stage` an unknown origin counts as a referral: the partner's own submission asked for all of it. */
export const stageRules: readonly ReadinessRule[] = stageRequirements.map(
  ({ path, from, referredOnly, only, message, fulfilled, source, unofficial }): ReadinessRule => ({
    path,
    code: "missing",
    purposes:
      only !== undefined
        ? ["stage"]
        : from === "Closed Lost"
          ? ["create", "submit", "update", "stage"]
          : ["update", "stage"],
    when: (facts) =>
      isAsked(facts, from) &&
      (!referredOnly || isReferred(facts)) &&
      !(fulfilled?.(facts) ?? facts.at(path) !== undefined),
    message,
    source,
    ...(unofficial && { unofficial }),
    ...(only !== undefined && { conditional: true }),
  }),
);

function isAsked({ at }: OpportunityFacts, from: StageRequirement["from"]): boolean {
  const stage = at("LifeCycle.Stage");
  if (from === "Closed Lost" || from === "Launched") return stage === from;
  return hasReached(stage, from);
}

function isReferred({ at, request }: OpportunityFacts): boolean {
  const origin = at("Origin");
  return origin === "AWS Referral" || (request.purpose === "stage" && origin === undefined);
}
