import type { Draw } from "./draw.ts";
import type { SalesDeal } from "./sales-data.ts";

/** Where a deal that the data set calls engaging stands, with weights as a pipeline has them. */
const engaging: readonly (readonly [string, number])[] = [
  ["Qualification", 24],
  ["Needs Analysis", 20],
  ["Value Proposition", 16],
  ["Id. Decision Makers", 9],
  ["Perception Analysis", 9],
  ["Proposal/Price Quote", 13],
  ["Negotiation/Review", 9],
];

/** Most of the early ones have been qualified; the rest is not ready to be submitted. */
const prospecting: readonly (readonly [string, number])[] = [
  ["Prospecting", 12],
  ["Qualification", 60],
  ["Needs Analysis", 28],
];

/** The Salesforce stage of a deal. */
export function stageOf({ deal_stage }: SalesDeal, draw: Draw): string {
  switch (deal_stage) {
    case "Won":
      return "Closed Won";
    case "Lost":
      return "Closed Lost";
    case "Engaging":
      return draw.weighted(engaging, "Qualification");
    case "Prospecting":
      return draw.weighted(prospecting, "Qualification");
  }
}
