import type { JsonValue } from "@cosell/connector";
import { associationRules } from "./associations.ts";
import { dealSizingRules } from "./deal-sizing.ts";
import { hasReached, isOpen } from "./opportunity-facts.ts";
import { countriesWithoutPostalCode, isPostalCode } from "./postal-codes.ts";
import {
  documentation,
  fieldsCsv,
  needed,
  onlyWith,
  type OpportunityFacts,
  type ReadinessRule,
} from "./readiness-rule.ts";
import { stageRules } from "./stage-requirements.ts";
import { customerUseCases, usStates } from "./value-lists.ts";

const postalCsv = "AWS sample repository, PostalCodeValidations.csv";
const always = ["create", "submit", "update", "stage"] as const;

const account = "Customer.Account";
const address = `${account}.Address`;
const spendPath = "Project.ExpectedCustomerSpend";
const closeDate = "LifeCycle.TargetCloseDate";
const stage = "LifeCycle.Stage";

const noNeed = "Do Not Need Support from AWS Sales Rep";

const isAssociated = (entities: readonly string[] | undefined): boolean => (entities?.length ?? 0) > 0;
const isMarketing = ({ at }: OpportunityFacts): boolean => at("Marketing.Source") !== "None";
const isText = (value: JsonValue | undefined, test: (text: string) => boolean): boolean =>
  typeof value === "string" && test(value);
const isPast = ({ at, request }: OpportunityFacts): boolean => isText(at(closeDate), (date) => date < request.today);

/** AWS's rules, in the order in which people fill in an opportunity. */
export const readinessRules: readonly ReadinessRule[] = [
  needed(`${account}.CompanyName`, "The customer's company name is needed.", ({ secret }) => secret),
  needed(`${account}.Industry`, "The customer's industry is needed."),
  {
    path: `${account}.OtherIndustry`,
    code: "missing",
    purposes: ["submit"],
    when: ({ at }) => at(`${account}.Industry`) === "Other" && at(`${account}.OtherIndustry`) === undefined,
    message: "With industry Other, the industry must be named.",
    source: fieldsCsv,
  },
  needed(`${account}.WebsiteUrl`, "The customer's web address is needed.", ({ secret }) => secret),
  needed(`${address}.CountryCode`, "The customer's country is needed."),
  needed(
    `${address}.PostalCode`,
    "The customer's postal code is needed.",
    ({ country, secret }) => secret || (country !== undefined && countriesWithoutPostalCode.has(country)),
  ),
  {
    path: `${address}.PostalCode`,
    code: "invalid",
    purposes: ["create", "submit"],
    when: ({ at, country }) =>
      country !== undefined && isText(at(`${address}.PostalCode`), (code) => !isPostalCode(country, code)),
    message: "The postal code does not have the form of the customer's country.",
    source: postalCsv,
  },
  needed(
    `${address}.StateOrRegion`,
    "The state of a customer in the United States is needed.",
    ({ country, secret }) => secret || country !== "US",
  ),
  {
    path: `${address}.StateOrRegion`,
    code: "invalid",
    purposes: ["create", "submit"],
    when: ({ at, country }) =>
      country === "US" && isText(at(`${address}.StateOrRegion`), (state) => !usStates.includes(state)),
    message: "The state must be the full name as AWS lists it, such as California or Dist. of Columbia.",
    source: documentation,
  },
  {
    path: "NationalSecurity",
    code: "not-allowed",
    purposes: ["create", "submit"],
    when: ({ at, secret }) => secret && at(`${account}.Industry`) !== "Government",
    message: "National security is for customers in the industry Government only.",
    source: documentation,
  },
  needed("Project.Title", "A title is needed."),
  needed("Project.CustomerBusinessProblem", "The customer's business problem is needed, in 20 to 2000 characters."),
  needed("Project.CustomerUseCase", `The use case is needed, one of AWS's ${customerUseCases.length}.`),
  needed("Project.DeliveryModels", "At least one delivery model is needed."),
  needed("Project.SalesActivities", "At least one sales activity is needed."),
  needed("PrimaryNeedsFromAws", "What is needed from AWS is not said; a co-sell opportunity must say it.", ({ at }) =>
    isText(at("Submission.InvolvementType"), (involvement) => involvement !== "Co-Sell"),
  ),
  {
    path: "PrimaryNeedsFromAws",
    code: "not-allowed",
    purposes: ["create", "submit"],
    when: ({ at, secret }) => {
      const needs = at("PrimaryNeedsFromAws");
      return Array.isArray(needs) && needs.includes(noNeed) && (needs.length > 1 || secret);
    },
    message: `"${noNeed}" stands alone, and not with a project of national security.`,
    source: fieldsCsv,
  },
  needed("Marketing.Source", "Whether the opportunity comes from a marketing activity must be said (else None)."),
  {
    path: "Marketing.AwsFundingUsed",
    code: "missing",
    purposes: ["submit"],
    when: ({ at }) => at("Marketing.Source") === "Marketing Activity" && at("Marketing.AwsFundingUsed") === undefined,
    message: "Whether the marketing activity was funded by AWS must be said.",
    source: fieldsCsv,
  },
  ...["CampaignName", "UseCases", "Channels", "AwsFundingUsed"].map((member) =>
    onlyWith(
      `Marketing.${member}`,
      "It is for opportunities that come from a marketing activity.",
      isMarketing,
      fieldsCsv,
    ),
  ),
  needed(spendPath, "The customer's expected monthly spend at AWS is needed."),
  {
    path: spendPath,
    code: "invalid",
    purposes: ["submit"],
    when: ({ spend }) =>
      spend.length > 0 &&
      !spend.some(({ Amount, EstimationUrl }) => Number(Amount) > 0 || isText(EstimationUrl, Boolean)),
    message: "The expected spend must be more than 0, or an estimate of AWS's pricing calculator must be named.",
    source: fieldsCsv,
  },
  ...dealSizingRules,
  {
    path: "Project.OtherCompetitorNames",
    code: "missing",
    purposes: ["submit"],
    when: ({ at }) => at("Project.CompetitorName") === "*Other" && at("Project.OtherCompetitorNames") === undefined,
    message: "With competitor *Other, the competitor must be named.",
    source: fieldsCsv,
  },
  onlyWith(
    "Project.OtherCompetitorNames",
    "It is for the competitor *Other only.",
    ({ at }) => at("Project.CompetitorName") === "*Other",
    documentation,
  ),
  {
    path: "Project.RelatedOpportunityIdentifier",
    code: "missing",
    purposes: ["submit"],
    when: ({ at }) =>
      at("OpportunityType") === "Flat Renewal" && at("Project.RelatedOpportunityIdentifier") === undefined,
    message: "A flat renewal must name the opportunity that it renews.",
    source: fieldsCsv,
  },
  {
    path: "RelatedEntityIdentifiers.Solutions",
    code: "missing",
    purposes: ["submit"],
    when: ({ at, offering }) => !offering && at("Project.OtherSolutionDescription") === undefined,
    message:
      "A solution, a Marketplace solution or a Marketplace product is needed, or Project.OtherSolutionDescription.",
    source: documentation,
  },
  ...associationRules.map(({ type, limit, source }): ReadinessRule => ({
    path: `RelatedEntityIdentifiers.${type}`,
    code: "not-allowed",
    purposes: always,
    when: ({ request }) => (request.related[type]?.length ?? 0) > limit,
    message: `At most ${limit} can be associated.`,
    source,
  })),
  {
    path: "RelatedEntityIdentifiers.AwsMarketplaceOfferSets",
    code: "not-allowed",
    purposes: always,
    when: ({ request: { related } }) =>
      associationRules.some(
        ({ type, excludes }) =>
          excludes !== undefined && isAssociated(related[type]) && isAssociated(related[excludes]),
      ),
    message: "A private offer and an offer set exclude each other.",
    source: "AWS developer guide, quotas",
  },
  {
    path: stage,
    code: "invalid",
    purposes: ["submit"],
    when: ({ at }) => at(stage) !== undefined && at(stage) !== "Closed Lost" && !hasReached(at(stage), "Qualified"),
    message: "The stage must be Qualified or later.",
    source: "Cosell: a prospect is not worth a review. AWS's recorded exchanges submit prospects too",
    unofficial: true,
  },
  needed(closeDate, "The target close date is needed."),
  {
    path: closeDate,
    code: "invalid",
    purposes: ["submit"],
    when: isPast,
    message: "The target close date must not be in the past.",
    source: documentation,
  },
  {
    path: closeDate,
    code: "invalid",
    purposes: ["create"],
    when: (facts) => isOpen(facts.at(stage)) && isPast(facts),
    message: "The target close date must not be in the past.",
    source: documentation,
  },
  {
    path: closeDate,
    code: "invalid",
    purposes: ["update"],
    when: (facts) => isOpen(facts.at(stage)) && facts.at("LifeCycle.ReviewStatus") !== "Approved" && isPast(facts),
    message: "The target close date of an open opportunity must not be in the past.",
    source: documentation,
  },
  ...stageRules,
];
