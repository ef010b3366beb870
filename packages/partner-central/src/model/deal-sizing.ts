import type { JsonObject } from "@cosell/connector";
import { documentation, type OpportunityFacts, type ReadinessRule } from "./readiness-rule.ts";

/** Months that a contract may last. */
export const contractMonths = { least: 1, most: 144 } as const;

/** The companies of an expected spend that AWS knows, and how often each is counted. */
export const spendFrequencies: Readonly<Record<string, string>> = { AWS: "Monthly", Self: "None" };

/** The company of every row while the deal has no contract duration: AWS changes any other into it, without a word. */
export const companyWithoutDuration = "AWS";

/** The currencies that AWS takes, by the partition of its cloud. The model's list has 168. */
export const spendCurrencies: Readonly<Record<"aws" | "aws-eusc", readonly string[]>> = {
  aws: ["USD", "EUR"],
  "aws-eusc": ["EUR"],
};

/** Members that an update keeps when they are left out; an explicit null removes them. Everything else becomes null. */
export const keptWhenLeftOut: readonly { readonly path: string; readonly source: string }[] = [
  { path: "Project.ExpectedContractDuration", source: "AWS Selling API documentation, deal sizing" },
];

const spend = "Project.ExpectedCustomerSpend";
const duration = "Project.ExpectedContractDuration";
const written = ["create", "submit"] as const;

/**
 * A deal is sized by AWS's monthly spend, or by the total value of the partner's own contract (TCV): a row for `Self` with
 * frequency None, and how long the contract lasts.
 */
export const dealSizingRules: readonly ReadinessRule[] = [
  {
    path: spend,
    code: "invalid",
    purposes: written,
    when: ({ spend: rows }) => new Set(rows.map(({ CurrencyCode }) => CurrencyCode)).size > 1,
    message: "All amounts of the expected spend must be in one currency.",
    source: documentation,
  },
  {
    path: spend,
    code: "invalid",
    purposes: written,
    when: (facts) =>
      facts.spend.some(
        ({ CurrencyCode }) => typeof CurrencyCode === "string" && !currencies(facts).includes(CurrencyCode),
      ),
    message: "The expected spend must be in USD or EUR, and in EUR for AWS's European Sovereign Cloud (aws-eusc).",
    source: documentation,
  },
  {
    path: spend,
    code: "invalid",
    purposes: written,
    when: ({ spend: rows }) => rows.some(isMiscounted),
    message: "Spend at AWS is counted with frequency Monthly, the partner's own contract (Self) with frequency None.",
    source: documentation,
  },
  {
    path: spend,
    code: "not-allowed",
    purposes: written,
    when: ({ spend: rows }) => rows.some(isOwn) && rows.some(({ EstimationUrl }) => Boolean(EstimationUrl)),
    message: "A deal value of the partner's own (Self) and an estimate of the pricing calculator exclude each other.",
    source: documentation,
  },
  {
    path: spend,
    code: "invalid",
    purposes: written,
    when: ({ at, spend: rows }) => at(duration) !== undefined && rows.some((row) => frequencyOf(row) === undefined),
    message: "With a contract duration, the spend is for AWS or for Self.",
    source: documentation,
  },
  {
    path: duration,
    code: "missing",
    purposes: written,
    when: ({ at, spend: rows }) => at(duration) === undefined && rows.some(isOwn),
    message: "A deal value of the partner's own (Self) needs the contract's duration.",
    source: "Cosell: without the duration AWS silently counts the partner's own value as spend at AWS",
    unofficial: true,
  },
  {
    path: `${duration}.Value`,
    code: "invalid",
    purposes: ["create", "submit", "update", "stage"],
    when: ({ at }) => {
      const months = at(`${duration}.Value`);
      if (typeof months !== "string") return false;
      return !/^\d{1,3}$/.test(months) || Number(months) < contractMonths.least || Number(months) > contractMonths.most;
    },
    message: `The contract duration must be ${contractMonths.least} to ${contractMonths.most} months.`,
    source: documentation,
  },
];

function currencies({ at }: OpportunityFacts): readonly string[] {
  return at("Project.AwsPartition") === "aws-eusc" ? spendCurrencies["aws-eusc"] : spendCurrencies.aws;
}

/** How often the company of a row is counted; `undefined` for a company that AWS does not know. */
function frequencyOf({ TargetCompany }: JsonObject): string | undefined {
  return typeof TargetCompany === "string" && Object.hasOwn(spendFrequencies, TargetCompany)
    ? spendFrequencies[TargetCompany]
    : undefined;
}

function isMiscounted(row: JsonObject): boolean {
  const wanted = frequencyOf(row);
  return wanted !== undefined && row["Frequency"] !== undefined && row["Frequency"] !== wanted;
}

function isOwn({ TargetCompany }: JsonObject): boolean {
  return TargetCompany === "Self";
}
