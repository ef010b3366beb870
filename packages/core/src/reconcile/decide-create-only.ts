import { valueAt } from "../json-path.ts";
import { type Case, createOnlyPaths, heldByIssue, isPaused, issueAt, paused, unsettledAt } from "./case.ts";
import type { AgreedValue, Unsettled } from "./plan.ts";

/** What becomes of values that AWS takes at the creation alone, once the opportunity exists. */
export interface CreateOnlyDecision {
  readonly unsettled: readonly Unsettled[];
  readonly agreed: readonly (readonly [string, AgreedValue])[];
}

/**
 * A later change in the CRM cannot be sent (tags, the team, the origin): it is held, with the reason, until the CRM takes
 * it back. What AWS holds there is AWS's own. On a link that was not made here, what the CRM has is where it begins.
 */
export function decideCreateOnly(deal: Case): CreateOnlyDecision {
  const { mapped, observation, target, reading } = deal;
  const unsettled: Unsettled[] = [];
  const agreed: [string, AgreedValue][] = [];
  for (const path of createOnlyPaths(deal)) {
    const issue = issueAt(path, mapped.issues);
    if (issue) {
      unsettled.push(heldByIssue(issue));
      continue;
    }
    const crm = valueAt(mapped.payload, path);
    const aws = observation.opportunity && valueAt(observation.opportunity, path);
    const base = observation.base.get(path);
    if (base === undefined && crm !== undefined && !isPaused(path, deal)) agreed.push([path, { crm, aws }]);
    if (base === undefined || deal.same(path, crm, base.crm)) continue;
    const lock = target.lockOf(path, reading.state);
    const never = lock.lock === "editable" ? "it is sent only when the opportunity is created." : lock.reason;
    const [code, why] = isPaused(path, deal) ? ["paused", paused] : ["create-only", never];
    unsettled.push(unsettledAt(path, "held", code, why, deal, { crm, aws }));
  }
  return { unsettled, agreed };
}
