import type { Failure } from "@cosell/connector";
import { describeRefusal, explainRefusal } from "@cosell/core";
import { type Deal, recordOf } from "./deal.ts";

/** A refusal of values in terms of the CRM: its fields, the mapping's rule, and what AWS wants. Any other failure as it is. */
export function explainFailure(failure: Failure, deal: Deal): Failure {
  if (failure.kind !== "invalid") return failure;
  const { sync, target } = deal.options;
  const record = recordOf(deal);
  const explained = failure.issues.map((issue) => {
    const refusal = explainRefusal(issue, sync.mapping, record, target);
    return { issue: refusal === undefined ? issue : describeRefusal(refusal, issue), refusal, said: issue.message };
  });
  const subjects = explained.flatMap(({ refusal }) =>
    refusal === undefined ? [] : [refusal.sources.length > 0 ? refusal.sources.join(" or ") : refusal.target],
  );
  if (subjects.length === 0) return failure;
  const [only, second] = explained;
  const advice =
    only?.refusal === undefined || second !== undefined
      ? ". Correct the values named in the issues."
      : `: AWS wants ${only.refusal.wanted}. AWS says: ${only.said}`;
  return {
    ...failure,
    message: `AWS refused ${[...new Set(subjects)].join(", ")}${advice}`,
    issues: explained.map(({ issue }) => issue),
  };
}
