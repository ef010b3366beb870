import type { JsonValue } from "@cosell/connector";
import type { DealValue } from "./crm.ts";
import type { DemoWorld } from "./world.ts";

/** One value that a person wrote in the story, and where it must turn up. */
export interface Edit {
  readonly side: "crm" | "aws";
  readonly crmRef: string;
  readonly opportunityId: string;
  /** The value's place at AWS, and in the CRM. */
  readonly awsPath: string;
  readonly crmValue: DealValue;
  /** What the other side must hold in the end. */
  readonly expected: JsonValue;
}

/** A deal that both sides know. */
export interface SharedDeal {
  readonly crmRef: string;
  readonly opportunityId: string;
}

/** A way in which a person changes a deal. The number makes values differ from deal to deal. */
type Change = (world: DemoWorld, deal: SharedDeal, number: number) => readonly Edit[];

interface Pair {
  readonly awsPath: string;
  readonly crmValue: DealValue;
}

/** A value, or how it is made from the deal's number. */
type Making = (number: number, crm: DemoWorld["crm"]) => string | number;

const nextSteps: Pair = { awsPath: "LifeCycle.NextSteps", crmValue: "nextSteps" };
const spend: Pair = { awsPath: "Project.ExpectedCustomerSpend.0.Amount", crmValue: "monthlySpend" };
const stage: Pair = { awsPath: "LifeCycle.Stage", crmValue: "stage" };
const comments: Pair = { awsPath: "Project.AdditionalComments", crmValue: "comments" };
const problem: Pair = { awsPath: "Project.CustomerBusinessProblem", crmValue: "problem" };
const closeDate: Pair = { awsPath: "LifeCycle.TargetCloseDate", crmValue: "closeDate" };

/** A seller writes `value` in the CRM; AWS must come to hold `expected`. */
const inCrm =
  (pair: Pair, value: Making, expected: Making = value): Change =>
  ({ crm }, deal, number) => {
    crm.edit(deal.crmRef, { [pair.crmValue]: value(number, crm) });
    return [{ side: "crm", ...deal, ...pair, expected: expected(number, crm) }];
  };

/** Somebody writes `value` in Partner Central; the CRM must come to hold `expected`. */
const atAws =
  (pair: Pair, value: (n: number) => string, expected: Making = value): Change =>
  ({ crm, partnerCentral }, deal, number) => {
    partnerCentral.edit({ object: "Opportunity", id: deal.opportunityId, fields: { [pair.awsPath]: value(number) } });
    return [{ side: "aws", ...deal, ...pair, expected: expected(number, crm) }];
  };

const awsSellerMovesStage: Change = ({ partnerCentral }, deal) => {
  const stageOfAws = "Technical Validation";
  partnerCentral.edit({
    object: "AwsOpportunitySummary",
    id: deal.opportunityId,
    fields: { "LifeCycle.Stage": stageOfAws },
  });
  const pair: Pair = { awsPath: "Summary.LifeCycle.Stage", crmValue: "sellerStage" };
  return [{ side: "aws", ...deal, ...pair, expected: stageOfAws }];
};

const bothWriteNextSteps: Change = (world, deal, number) => [
  ...inCrm(nextSteps, (n) => `Seller: send the proposal, round ${n}`)(world, deal, number),
  ...atAws(nextSteps, (n) => `AWS: book a workshop, round ${n}`)(world, deal, number),
];

const day = (number: number): string => new Date(Date.UTC(2027, 2, 1 + (number % 60))).toISOString().slice(0, 10);

/** What happens to deals that AWS approved, one after the other and round again. */
export const changesOfApproved: readonly Change[] = [
  inCrm(nextSteps, (n) => `Agree on the architecture review, step ${n}`),
  atAws(closeDate, day),
  inCrm(spend, (n) => 4000 + n),
  awsSellerMovesStage,
  inCrm(
    stage,
    (_, crm) => crm.stages.committed,
    () => "Committed",
  ),
  atAws(nextSteps, (n) => `AWS: prepare the funding request, item ${n}`),
  inCrm(problem, (n) => `The customer wants to leave its own data centre, wave ${n} of the programme.`),
  atAws(
    stage,
    () => "Business Validation",
    (_, crm) => crm.stages.businessValidation,
  ),
  inCrm(comments, (n) => `The customer prefers mornings, note ${n}`),
  bothWriteNextSteps,
];

/** What a seller changes while AWS reviews: nothing may be written then, all of it must arrive later. */
export const changesUnderReview: readonly Change[] = [
  inCrm(nextSteps, (n) => `Wait for AWS, then call the sponsor, call ${n}`),
  inCrm(spend, (n) => 9000 + n),
];
