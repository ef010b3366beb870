import { changesOfApproved, changesUnderReview, type Edit, type SharedDeal } from "./edits.ts";
import type { DemoWorld } from "./world.ts";

const hour = 3_600_000;
const reviewHours = 30;
const underReview: readonly string[] = ["Submitted", "In review"];
const reviewComment = "Please describe the business problem of the customer in more detail.";

const businessProblem = "The customer runs its core application on hardware that is at the end of its life.";

/** How AWS's reviewer decided. */
export interface Reviews {
  readonly approved: number;
  readonly sentBack: number;
  readonly rejected: number;
}

/** AWS's reviewer takes a day, then decides about everything that waits: sends some back once, rejects a few, approves the rest. */
export function review({ time, partnerCentral }: DemoWorld, sentBackBefore: Set<string>): Reviews {
  time.advance(reviewHours * hour);
  const decisions = { approved: 0, sentBack: 0, rejected: 0 };
  const waiting = partnerCentral
    .opportunities()
    .filter((opportunity) => underReview.includes(reviewStatusOf(opportunity)));
  for (const [index, entry] of waiting.entries()) {
    const opportunity = textOf(entry["Id"]);
    const turn = index % 12;
    if (turn === 5 && !sentBackBefore.has(opportunity)) {
      sentBackBefore.add(opportunity);
      decisions.sentBack += 1;
      partnerCentral.review({ opportunity, status: "Action Required", comments: reviewComment });
    } else if (turn === 9 && index % 24 === 9) {
      decisions.rejected += 1;
      partnerCentral.review({ opportunity, status: "Rejected", comments: "A duplicate of another partner's deal." });
    } else {
      decisions.approved += 1;
      partnerCentral.review({ opportunity, status: "Approved" });
    }
  }
  return decisions;
}

/** Sellers and AWS's people change approved deals, each in its turn. */
export const changeApproved = (world: DemoWorld): readonly Edit[] =>
  applyChanges(world, changesOfApproved, sharedDeals(world, ["Approved"]));

/** Sellers go on working on deals that AWS is just reviewing. */
export const changeUnderReview = (world: DemoWorld, most: number): readonly Edit[] =>
  applyChanges(world, changesUnderReview, sharedDeals(world, underReview).slice(0, most));

function applyChanges(
  world: DemoWorld,
  changes: typeof changesOfApproved,
  deals: readonly SharedDeal[],
): readonly Edit[] {
  return deals.flatMap((deal, index) => changes[index % changes.length]?.(world, deal, index) ?? []);
}

/** Sellers answer the reviewer. Returns how many deals they corrected. */
export function answerReviewer(world: DemoWorld): number {
  const deals = sharedDeals(world, ["Action Required"]);
  for (const [index, { crmRef }] of deals.entries()) {
    const answer = `The customer's order system stops under load at the end of each quarter; case ${index} of this review.`;
    world.crm.edit(crmRef, { problem: answer });
  }
  return deals.length;
}

/** Sellers complete half of the deals that Cosell holds back. Returns how many. */
export async function completeHeld({ time, store, sync, crm }: DemoWorld): Promise<number> {
  const held: string[] = [];
  for await (const link of store.links({ sync })) {
    const states = await store.fieldStates(link.id);
    if (states.some(({ kind }) => kind === "held") && link.reviewStatus !== "Rejected") held.push(link.crmRef);
  }
  const deals = crm.deals();
  const someSolution = deals.map(({ values }) => values.solutions).find((solution) => !isEmpty(solution)) ?? null;
  const today = dayOf(time.now());
  const completed = held.filter((_, index) => index % 2 === 0);
  for (const ref of completed) {
    const deal = deals.find((candidate) => candidate.ref === ref);
    if (!deal) continue;
    const { problem, solutions, closeDate } = deal.values;
    if (!deal.hasCustomer) crm.giveCustomer(ref);
    crm.edit(ref, {
      ...(isEmpty(problem) && { problem: businessProblem }),
      ...(isEmpty(solutions) && { solutions: someSolution }),
      ...(textOf(closeDate) < today && { closeDate: dayOf(time.now() + 90 * 24 * hour) }),
    });
  }
  return completed.length;
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === "";
const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

function sharedDeals({ partnerCentral, crm }: DemoWorld, statuses: readonly string[]): readonly SharedDeal[] {
  const records = new Set(crm.deals().map(({ ref }) => ref));
  return partnerCentral
    .opportunities()
    .filter((opportunity) => statuses.includes(reviewStatusOf(opportunity)))
    .map((opportunity) => ({
      opportunityId: textOf(opportunity["Id"]),
      crmRef: textOf(opportunity["PartnerOpportunityIdentifier"]),
    }))
    .filter(({ crmRef }) => records.has(crmRef));
}

const reviewStatusOf = ({ LifeCycle }: Readonly<Record<string, unknown>>): string =>
  textOf((LifeCycle as { ReviewStatus?: unknown } | null)?.ReviewStatus);

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
