import type { JsonObject } from "@cosell/connector";
import { valueAt } from "@cosell/core";
import type { Link, MarkPriority } from "@cosell/state";

/** How much an opportunity's change at AWS matters to its seller: its review and its stage go first. `summary` is of ListOpportunities. */
export function priorityOf(summary: JsonObject, { reviewStatus, stage }: Link): MarkPriority {
  const moved = (path: string, known: string | undefined): boolean => {
    const value = valueAt(summary, path);
    return typeof value === "string" && value !== known;
  };
  return moved("LifeCycle.ReviewStatus", reviewStatus) || moved("LifeCycle.Stage", stage) ? "high" : "normal";
}
