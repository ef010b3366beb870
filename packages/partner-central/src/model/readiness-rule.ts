import type { JsonObject, JsonValue } from "@cosell/connector";
import type { ReadinessIssue, ReadinessRequest } from "@cosell/core";
import { associationRules } from "./associations.ts";
import { itemsAt, presentAt } from "./opportunity-facts.ts";

/** AWS's own words. */
export const documentation = "AWS Selling API documentation";
/** AWS's table of the fields of an opportunity. */
export const fieldsCsv = "AWS sample repository, Opportunity-Fields.csv";

/** One rule of AWS beyond the shape of the input. */
export interface ReadinessRule {
  readonly path: string;
  readonly code: ReadinessIssue["code"];
  /** The purposes that it stands in the way of. */
  readonly purposes: readonly ReadinessRequest["purpose"][];
  /** Whether the opportunity breaks it. */
  readonly when: (facts: OpportunityFacts) => boolean;
  readonly message: string;
  readonly source: string;
  readonly unofficial?: boolean;
  /** AWS asks for it of some partners only, and nothing in the opportunity tells whom. */
  readonly conditional?: boolean;
}

/** What the rules look at. */
export interface OpportunityFacts {
  readonly request: ReadinessRequest;
  /** The value at a path; `undefined` for absent, null and empty. */
  readonly at: (path: string) => JsonValue | undefined;
  readonly spend: readonly JsonObject[];
  /** A project of national security: AWS keeps the customer's name and address out. */
  readonly secret: boolean;
  readonly country: string | undefined;
  /** Something that says what is sold. */
  readonly offering: boolean;
}

/** Reads once what several rules need. */
export function factsOf(request: ReadinessRequest): OpportunityFacts {
  const at = (path: string): JsonValue | undefined => presentAt(request.opportunity, path);
  const country = at("Customer.Account.Address.CountryCode");
  return {
    request,
    at,
    spend: itemsAt(request.opportunity, "Project.ExpectedCustomerSpend"),
    secret: at("NationalSecurity") === "Yes",
    country: typeof country === "string" ? country : undefined,
    offering: associationRules.some(({ type, offering }) => offering && (request.related[type]?.length ?? 0) > 0),
  };
}

/** A member that a submission must have. */
export function needed(
  path: string,
  message: string,
  unless: (facts: OpportunityFacts) => boolean = () => false,
): ReadinessRule {
  return {
    path,
    code: "missing",
    purposes: ["submit"],
    when: (facts) => facts.at(path) === undefined && !unless(facts),
    message,
    source: `${documentation}; ${fieldsCsv}`,
  };
}

/** A member that only has a place beside another one. */
export function onlyWith(
  path: string,
  message: string,
  holds: (facts: OpportunityFacts) => boolean,
  source: string,
): ReadinessRule {
  return {
    path,
    code: "not-allowed",
    purposes: ["create", "submit"],
    when: (facts) => facts.at(path) !== undefined && !holds(facts),
    message,
    source,
  };
}
