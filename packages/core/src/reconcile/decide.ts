import type { JsonObject, JsonValue } from "@cosell/connector";
import { isObject, valueAt } from "../json-path.ts";
import { type Case, caseOf, type DecideContext, heldByIssue, outboundChange, updatePaths } from "./case.ts";
import { decideAssignee } from "./decide-assignee.ts";
import { decideAssociations } from "./decide-associations.ts";
import { decideFields } from "./decide-fields.ts";
import { decideMirrors } from "./decide-mirrors.ts";
import { linkValues } from "./link-values.ts";
import type { Observation } from "./observation.ts";
import type { AgreedValue, CallCost, FieldChange, Plan, PlanStep, Unsettled } from "./plan.ts";
import { unready } from "./unready.ts";

/**
 * What reconciling a link means now. Pure: the same observation gives the same plan, nothing is read or written.
 * A settled link gives a plan without steps.
 */
export function decide(observation: Observation, context: DecideContext): Plan {
  const { crm, opportunityId, opportunity } = observation;
  if (crm.status !== "present") return gone(observation);
  if (!context.mapping.matches(crm.record)) {
    return opportunityId === undefined
      ? planOf(observation, undefined, {})
      : planOf(observation, undefined, {
          notes: [
            "The CRM record no longer takes part (the mapping's match): the opportunity at AWS is left as it is.",
          ],
        });
  }
  const deal = caseOf(observation, crm.record, context);
  if (opportunityId === undefined) return decideNew(deal);
  if (opportunity === undefined) return lost(deal);
  return decideLinked(deal);
}

/** The plan of a deal that AWS does not know yet. */
function decideNew(deal: Case): Plan {
  const { mapped, observation } = deal;
  const title = titleOf(deal);
  if (!deal.writesToAws) return planOf(observation, title, {});
  const required = mapped.issues.filter(({ severity, code }) => severity === "error" && code === "missing");
  const blockers = distinct([...required.map(heldByIssue), ...unready(deal, "create", mapped.payload, mapped.related)]);
  const others = mapped.issues.filter(({ severity }) => severity === "error").map(heldByIssue);
  if (blockers.length > 0) return withMirrors(deal, title, { unsettled: distinct([...blockers, ...others]) });
  const associations = decideAssociations(deal);
  const assignee = decideAssignee(deal);
  const submission = decideSubmission(deal, mapped.payload, associations.related);
  const paths = updatePaths(deal);
  const agreed = new Map<string, AgreedValue>(associations.agreed);
  for (const path of paths) {
    const value = valueAt(mapped.payload, path);
    if (value !== undefined) agreed.set(path, { crm: value, aws: value });
  }
  for (const [path, value] of assignee.agreed) agreed.set(path, value);
  const create: PlanStep = {
    kind: "create",
    payload: mapped.payload,
    changes: leafChanges(deal),
    cost: { reads: 1, writes: 1 },
  };
  return planOf(observation, title, {
    steps: [create, ...associations.steps, ...assignee.steps, ...submission.steps],
    unsettled: distinct([...submission.unsettled, ...others]),
    agreed,
    notes: [`AWS's id and review status will be written to ${deal.mapping.link.opportunityId} and its neighbours.`],
  });
}

/** The plan of a deal that both sides know. */
function decideLinked(deal: Case): Plan {
  const { observation, target, reading, mapped } = deal;
  const title = titleOf(deal);
  const opportunity = observation.opportunity ?? {};
  const link = linkValues(deal, []);
  const fields = decideFields(deal, link);
  const associations = decideAssociations(deal);
  const assignee = decideAssignee(deal);
  const body = target.updateBody(opportunity, fields.outbound);
  const refused = fields.outbound.size > 0 ? unready(deal, "update", body, associations.related) : [];
  const updates = fields.outbound.size > 0 && refused.length === 0;
  const submission = reading.submittable
    ? decideSubmission(deal, updates ? body : opportunity, associations.related)
    : { steps: [], unsettled: [] };
  const agreed = new Map([...fields.agreed, ...associations.agreed, ...assignee.agreed]);
  if (!updates) for (const path of fields.outbound.keys()) agreed.delete(path);
  const update: PlanStep[] = updates
    ? [
        {
          kind: "update",
          opportunityId: observation.opportunityId ?? "",
          body,
          changes: fields.outboundChanges,
          cost: { reads: 1, writes: 1 },
        },
      ]
    : [];
  return withMirrors(deal, title, {
    steps: [...update, ...associations.steps, ...assignee.steps, ...submission.steps],
    unsettled: distinct([
      ...refused,
      ...fields.unsettled,
      ...associations.unsettled,
      ...assignee.unsettled,
      ...submission.unsettled,
      ...mapped.issues.filter(({ severity }) => severity === "error").map(heldByIssue),
    ]),
    agreed,
    readBack:
      updates && (reading.movesOnUpdate || fields.outboundChanges.some(({ reason }) => reason === "drift-repaired")),
    notes: fields.notes,
    inbound: fields.inboundChanges,
  });
}

/** Submits what the mapping wants submitted and what is fit for it; says what is missing otherwise. */
function decideSubmission(
  deal: Case,
  opportunity: JsonObject,
  related: Readonly<Record<string, readonly string[]>>,
): { readonly steps: readonly PlanStep[]; readonly unsettled: readonly Unsettled[] } {
  const { submission } = deal.mapped;
  if (submission === undefined || !deal.writesToAws) return { steps: [], unsettled: [] };
  const unsettled = unready(deal, "submit", opportunity, related);
  return unsettled.length > 0
    ? { steps: [], unsettled }
    : { steps: [{ kind: "submit", submission, cost: { reads: 0, writes: 1 } }], unsettled: [] };
}

interface PlanParts {
  readonly steps?: readonly PlanStep[];
  readonly unsettled?: readonly Unsettled[];
  readonly agreed?: ReadonlyMap<string, AgreedValue>;
  readonly notes?: readonly string[];
  readonly readBack?: boolean;
}

/** Completes a plan with the one write to the CRM: values from AWS, the id, and what the mirrors show. */
function withMirrors(
  deal: Case,
  title: string | undefined,
  parts: PlanParts & { readonly inbound?: readonly FieldChange[] },
): Plan {
  const { observation } = deal;
  const unsettled = parts.unsettled ?? [];
  const mirrors = decideMirrors(deal, linkValues(deal, unsettled));
  const changes = [...(parts.inbound ?? []), ...idChange(deal), ...mirrors.changes];
  const agreed = new Map([...(parts.agreed ?? []), ...mirrors.agreed]);
  const write: PlanStep[] =
    changes.length > 0 && deal.writesToCrm
      ? [
          {
            kind: "write-crm",
            fields: Object.fromEntries(changes.map(({ path, after }): [string, JsonValue] => [path, after ?? null])),
            changes,
            cost: { reads: 0, writes: 0 },
          },
        ]
      : [];
  return planOf(observation, title, {
    ...parts,
    steps: [...(parts.steps ?? []), ...write],
    unsettled: distinct([...unsettled, ...mirrors.unsettled]),
    agreed,
  });
}

function idChange({ observation, record, mapping }: Case): readonly FieldChange[] {
  const field = mapping.link.opportunityId;
  const id = observation.opportunityId;
  if (id === undefined || record[field] === id) return [];
  const before = record[field];
  return [{ path: field, before, after: id, reason: "mirror", sources: ["Id"], rule: undefined, sensitive: false }];
}

function leafChanges(deal: Case): readonly FieldChange[] {
  const leaves = (value: JsonValue | undefined, path: string): readonly FieldChange[] =>
    isObject(value)
      ? Object.entries(value).flatMap(([member, item]) => leaves(item, path === "" ? member : `${path}.${member}`))
      : [outboundChange(path, undefined, value, "new", deal)];
  return leaves(deal.mapped.payload, "");
}

function titleOf({ mapped, observation, record }: Case): string | undefined {
  for (const value of [
    valueAt(mapped.payload, "Project.Title"),
    record["Name"],
    observation.opportunity && valueAt(observation.opportunity, "Project.Title"),
  ]) {
    if (typeof value === "string" && value !== "") return value;
  }
  return undefined;
}

function gone(observation: Observation): Plan {
  return planOf(observation, undefined, {
    unsettled:
      observation.opportunityId !== undefined
        ? [
            wholeDeal(
              "crm-record-gone",
              `The CRM record ${observation.crmRef} is gone; opportunity ${observation.opportunityId} is left as it is at AWS. Restore the record, or close the opportunity in Partner Central.`,
            ),
          ]
        : [],
  });
}

function lost(deal: Case): Plan {
  const id = deal.observation.opportunityId ?? "";
  return planOf(deal.observation, titleOf(deal), {
    unsettled: [
      wholeDeal(
        "opportunity-gone",
        `AWS no longer shows opportunity ${id} to this account. Nothing is created again: check the account's access, or the id in ${deal.mapping.link.opportunityId}.`,
      ),
    ],
  });
}

function wholeDeal(code: string, reason: string): Unsettled {
  return { path: "", kind: "held", code, reason, sources: [], rule: undefined, detail: {} };
}

/** One reason per path and kind, the first one said. */
function distinct(unsettled: readonly Unsettled[]): readonly Unsettled[] {
  const byKey = new Map<string, Unsettled>();
  for (const one of unsettled) {
    const key = `${one.kind} ${one.path}`;
    if (!byKey.has(key)) byKey.set(key, one);
  }
  return [...byKey.values()];
}

function planOf(observation: Observation, title: string | undefined, parts: PlanParts): Plan {
  const steps = parts.steps ?? [];
  const cost = steps.reduce<CallCost>(
    (sum, step) => ({ reads: sum.reads + step.cost.reads, writes: sum.writes + step.cost.writes }),
    { reads: 0, writes: 0 },
  );
  return {
    crmRef: observation.crmRef,
    opportunityId: observation.opportunityId,
    title,
    steps,
    unsettled: parts.unsettled ?? [],
    agreed: parts.agreed ?? new Map<string, AgreedValue>(),
    readBack: parts.readBack === true || steps.some(({ kind }) => kind !== "update" && kind !== "write-crm"),
    notes: parts.notes ?? [],
    cost,
  };
}
