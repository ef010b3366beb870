import { shuffled } from "./draw.ts";
import type { SalesDeal } from "./sales-data.ts";

/** Three deals of four are open, as a demo wants them; the data set has one of four. */
const openShare = 0.75;

/** The deals to load: the seed decides which, and fewer are always among more. */
export function selectDeals(deals: readonly SalesDeal[], count: number, seed: number): readonly SalesDeal[] {
  const order = shuffled(deals, seed, ({ opportunity_id }) => opportunity_id);
  const open = order.filter(isOpen);
  const closed = order.filter((deal) => !isOpen(deal));
  const openCount = Math.min(open.length, Math.max(Math.round(count * openShare), count - closed.length));
  const taken = new Set([...open.slice(0, openCount), ...closed.slice(0, count - openCount)]);
  return deals.filter((deal) => taken.has(deal));
}

/** Not won and not lost. */
export function isOpen({ deal_stage }: SalesDeal): boolean {
  return deal_stage === "Engaging" || deal_stage === "Prospecting";
}
