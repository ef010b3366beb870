import type { Draw } from "./draw.ts";
import type { SalesDeal } from "./sales-data.ts";
import { isOpen } from "./select-deals.ts";

/** What is wrong with a deal, so that a first sync holds it for a reason that a person understands. */
export type DealFlaw = "no account" | "no problem" | "closed in the past" | "no solution";

/** Shares of all open deals. Two of three open deals of the data set have no account: most of them get one. */
const withoutAccount = 0.105;
const others: readonly (readonly [DealFlaw | undefined, number])[] = [
  ["no problem", 3.5],
  ["closed in the past", 3.5],
  ["no solution", 2.5],
  [undefined, 90.5],
];

/** At most one flaw. */
export function flawOf(deal: SalesDeal, draw: Draw): DealFlaw | undefined {
  if (draw.chance(withoutAccount) && deal.account === "") return "no account";
  const flaw = draw.weighted(others, undefined);
  return flaw === "closed in the past" && !isOpen(deal) ? undefined : flaw;
}
