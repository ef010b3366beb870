import type { JsonObject } from "@cosell/connector";
import type { ReadinessRequest } from "../target.ts";
import { type Case, heldByIssue, issueAt } from "./case.ts";
import type { Unsettled } from "./plan.ts";

/** What stands between the deal and a purpose, each with the CRM field to fill. Empty: ready. */
export function unready(
  { mapping, target, mapped, observation, reading }: Case,
  purpose: ReadinessRequest["purpose"],
  opportunity: JsonObject,
  related: Readonly<Record<string, readonly string[]>>,
): readonly Unsettled[] {
  const origin = reading.state.origin;
  const judged = {
    ...opportunity,
    ...(mapped.submission === undefined ? {} : { Submission: mapped.submission }),
    ...(origin === undefined ? {} : { Origin: origin }),
  };
  return target
    .readiness({ purpose, opportunity: judged, related, today: observation.today })
    .map(({ path, code, message, source }) => {
      const issue = issueAt(path, mapped.issues);
      if (issue) return heldByIssue(issue);
      const origin = mapping.originOf(path);
      const remedy =
        origin === undefined
          ? `No rule of the mapping fills ${path}.`
          : origin.sources.length > 0
            ? `Fill ${origin.sources.join(" or ")}.`
            : "See the mapping's rule.";
      return {
        path,
        kind: "held",
        code: `${code}:${path}`,
        reason: `${message} ${remedy}`,
        sources: origin?.sources ?? [],
        rule: origin?.rule,
        detail: { purpose, source },
      };
    });
}
