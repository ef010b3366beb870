import type { LockPhase } from "./field-locks.ts";

/** How an opportunity is associated with entities of one type. */
export interface AssociationRule {
  /** AWS's `RelatedEntityType`. */
  readonly type: string;
  /** How many of them an opportunity takes. */
  readonly limit: number;
  /** The type that it excludes: an opportunity has one or the other. */
  readonly excludes?: string;
  /** Where in an opportunity's life AWS takes a new association, or ends one. */
  readonly phases: readonly LockPhase[];
  /** Says what is sold: one of these is needed for a submission and from stage Committed on. */
  readonly offering: boolean;
  readonly source: string;
  readonly unofficial: boolean;
}

const quotas = "AWS developer guide, quotas";
const fieldsCsv = "AWS sample repository, Opportunity-Fields.csv";

const whenEditable: readonly LockPhase[] = ["pending-submission", "approved"];
/** The samples' table of fields has them for updates only, and its recorded exchange adds one to an approved opportunity. */
const afterReview: readonly LockPhase[] = ["approved"];

/** Every type of entity, what AWS allows of it, and when. */
export const associationRules: readonly AssociationRule[] = [
  {
    type: "Solutions",
    limit: 10,
    phases: whenEditable,
    offering: true,
    source: `${quotas}; ${fieldsCsv}`,
    unofficial: false,
  },
  {
    type: "AwsProducts",
    limit: 20,
    phases: whenEditable,
    offering: false,
    source: `${quotas}; ${fieldsCsv}`,
    unofficial: false,
  },
  {
    type: "AwsMarketplaceOffers",
    limit: 1,
    excludes: "AwsMarketplaceOfferSets",
    phases: afterReview,
    offering: false,
    source: `${quotas}; ${fieldsCsv}: not when it is created`,
    unofficial: true,
  },
  {
    type: "AwsMarketplaceOfferSets",
    limit: 1,
    excludes: "AwsMarketplaceOffers",
    phases: afterReview,
    offering: false,
    source: `${quotas}; as for offers`,
    unofficial: true,
  },
  {
    type: "AwsMarketplaceSolutions",
    limit: 10,
    phases: whenEditable,
    offering: true,
    source: quotas,
    unofficial: false,
  },
  {
    type: "AwsMarketplaceProducts",
    limit: 10,
    phases: whenEditable,
    offering: true,
    source: quotas,
    unofficial: false,
  },
];

/** The rule of a type; `undefined` for a type that AWS does not have. */
export function associationRuleOf(type: string): AssociationRule | undefined {
  return associationRules.find((rule) => rule.type === type);
}

/** How many entities of each type AWS takes. */
export const relatedEntityLimits: Readonly<Record<string, number>> = Object.fromEntries(
  associationRules.map(({ type, limit }) => [type, limit]),
);
