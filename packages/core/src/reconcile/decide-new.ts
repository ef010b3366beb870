import type { JsonObject, JsonValue } from "@cosell/connector";
import { isObject, valueAt, withValueAt } from "../json-path.ts";
import {
  type Case,
  createOnlyPaths,
  type DecideContext,
  heldByIssue,
  isPaused,
  originKey,
  outboundChange,
  paused,
  unsettledAt,
  updatePaths,
} from "./case.ts";
import { distinct, planOf, titleOf, withMirrors } from "./complete-plan.ts";
import { decideAssignee } from "./decide-assignee.ts";
import { decideAssociations } from "./decide-associations.ts";
import { decideSubmission } from "./decide-submission.ts";
import type { AgreedValue, FieldChange, Plan, PlanStep, Unsettled } from "./plan.ts";
import { unready } from "./unready.ts";

/** The plan of a deal that AWS does not know yet. */
export function decideNew(deal: Case): Plan {
  const { mapped, observation } = deal;
  const title = titleOf(deal);
  if (!deal.writesToAws) return planOf(observation, title, {});
  const { payload, held } = withoutPaused(deal);
  const required = mapped.issues.filter(({ severity, code }) => severity === "error" && code === "missing");
  const blockers = distinct([...required.map(heldByIssue), ...unready(deal, "create", payload, mapped.related)]);
  const others = [...held, ...mapped.issues.filter(({ severity }) => severity === "error").map(heldByIssue)];
  if (blockers.length > 0) return withMirrors(deal, title, { unsettled: distinct([...blockers, ...others]) });
  const associations = decideAssociations(deal);
  const assignee = decideAssignee(deal);
  const waits = [...others, ...associations.unsettled, ...assignee.unsettled];
  const submission = decideSubmission(deal, payload, associations.related, waits);
  const create: PlanStep = {
    kind: "create",
    payload,
    changes: leafChanges(deal, payload),
    cost: { reads: 1, writes: 1 },
  };
  return planOf(observation, title, {
    steps: [create, ...associations.steps, ...assignee.steps, ...submission.steps],
    unsettled: distinct([...submission.unsettled, ...waits]),
    agreed: new Map([...agreedByCreate(payload, deal), ...associations.agreed, ...assignee.agreed]),
    notes: [`AWS's id and review status will be written to ${deal.mapping.link.opportunityId} and its neighbours.`],
  });
}

/** The base values of an opportunity that was created with a payload: what was sent is what both sides hold. */
export function agreedByCreate(payload: JsonObject, context: DecideContext): ReadonlyMap<string, AgreedValue> {
  const agreed = new Map<string, AgreedValue>();
  for (const path of [...createOnlyPaths(context), ...updatePaths(context)]) {
    const value = valueAt(payload, path);
    if (value !== undefined) agreed.set(path, { crm: value, aws: value });
  }
  const { origin } = context.target.read(payload, undefined).state;
  if (origin !== undefined) agreed.set(originKey, { crm: undefined, aws: origin });
  return agreed;
}

/** The payload of a creation without the paths that are paused, and those that would have had a value. */
function withoutPaused(deal: Case): { readonly payload: JsonObject; readonly held: readonly Unsettled[] } {
  const { payload } = deal.mapped;
  const paths = [...deal.mapping.outbound.keys()].filter(
    (path) => isPaused(path, deal) && valueAt(payload, path) !== undefined,
  );
  return {
    payload: paths.reduce((rest, path) => withValueAt(rest, path, undefined), payload),
    held: paths.map((path) =>
      unsettledAt(path, "held", "paused", paused, deal, { crm: valueAt(payload, path), aws: undefined }),
    ),
  };
}

function leafChanges(deal: Case, payload: JsonObject): readonly FieldChange[] {
  const leaves = (value: JsonValue | undefined, path: string): readonly FieldChange[] =>
    isObject(value)
      ? Object.entries(value).flatMap(([member, item]) => leaves(item, path === "" ? member : `${path}.${member}`))
      : [outboundChange(path, undefined, value, "new", deal)];
  return leaves(payload, "");
}
