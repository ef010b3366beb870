import { type Case, caseOf, type DecideContext, heldByIssue, originKey } from "./case.ts";
import { distinct, planOf, titleOf, withMirrors } from "./complete-plan.ts";
import { decideAssignee } from "./decide-assignee.ts";
import { type AssociationDecision, decideAssociations } from "./decide-associations.ts";
import { decideCreateOnly } from "./decide-create-only.ts";
import { decideFields, type FieldsDecision } from "./decide-fields.ts";
import { decideNew } from "./decide-new.ts";
import { decideSubmission } from "./decide-submission.ts";
import { decideUpdate } from "./decide-update.ts";
import { linkValues } from "./link-values.ts";
import type { Observation } from "./observation.ts";
import type { AgreedValue, Plan, Unsettled } from "./plan.ts";
import { unready } from "./unready.ts";

/**
 * What reconciling a link means now. Pure: the same observation gives the same plan, nothing is read or written.
 * A settled link gives a plan without steps.
 */
export function decide(observation: Observation, context: DecideContext): Plan {
  const { crm, opportunityId, opportunity } = observation;
  if (crm.status !== "present") return gone(observation);
  if (!context.mapping.matches(crm.record)) {
    return planOf(observation, undefined, {
      unsettled: opportunityId === undefined ? [] : [partsNoMore(opportunityId)],
    });
  }
  const deal = caseOf(observation, crm.record, context);
  if (opportunityId === undefined) return decideNew(deal);
  if (opportunity === undefined) return lost(deal);
  return decideLinked(deal);
}

/** The plan of a deal that both sides know. */
function decideLinked(observed: Case): Plan {
  const fields = decideFields(observed, linkValues(observed, []));
  const { deal } = fields;
  const { reading, mapped } = deal;
  const associations = associationsThatHold(deal, fields);
  const assignee = decideAssignee(deal);
  const createOnly = decideCreateOnly(deal);
  const { origin } = reading.state;
  const settledUpdate = decideUpdate(deal, fields, associations.related);
  // A stage may need a solution that is attached in this plan: AWS sees it attached before it is told of the stage.
  const update = associations.steps.length === 0 ? settledUpdate : decideUpdate(deal, fields, reading.related);
  const postponed = update.changes.length < settledUpdate.changes.length;
  const unsettled = [
    ...(postponed ? settledUpdate : update).unsettled,
    ...fields.unsettled,
    ...associations.unsettled,
    ...assignee.unsettled,
    ...createOnly.unsettled,
  ];
  const submission =
    reading.submittable && !postponed
      ? decideSubmission(deal, update.opportunity, associations.related, unsettled)
      : { steps: [], unsettled: [] };
  const repairs = update.changes.some(({ reason }) => reason === "drift-repaired");
  return withMirrors(observed, titleOf(deal), {
    steps: [...update.steps, ...associations.steps, ...assignee.steps, ...submission.steps],
    unsettled: distinct([
      ...unsettled,
      ...submission.unsettled,
      ...mapped.issues.filter(({ severity }) => severity === "error").map(heldByIssue),
    ]),
    agreed: new Map<string, AgreedValue>([
      ...update.agreed,
      ...associations.agreed,
      ...assignee.agreed,
      ...createOnly.agreed,
      ...(origin === undefined ? [] : [[originKey, { crm: undefined, aws: origin }] as const]),
    ]),
    readBack: update.steps.length > 0 && (reading.movesOnUpdate || repairs),
    notes: fields.notes,
    inbound: fields.inboundChanges,
    answered: fields.answered.filter((path) => update.agreed.has(path) || !fields.outbound.has(path)),
  });
}

/** The associations, without what would take away the last entity that the opportunity's stage needs. */
function associationsThatHold(deal: Case, fields: FieldsDecision): AssociationDecision {
  const associations = decideAssociations(deal);
  if (associations.steps.every(({ kind }) => kind !== "disassociate")) return associations;
  const lacking = ({ related }: AssociationDecision): Unsettled | undefined =>
    unready(deal, "update", decideUpdate(deal, fields, related).opportunity, related).find(({ path }) =>
      Object.hasOwn(related, path.slice(path.lastIndexOf(".") + 1)),
    );
  const why = lacking(associations);
  return why === undefined ? associations : decideAssociations(deal, why.reason);
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

function partsNoMore(opportunityId: string): Unsettled {
  return wholeDeal(
    "not-taking-part",
    `The CRM record no longer takes part (the mapping's match): opportunity ${opportunityId} is left as it is at AWS. Let the record take part again, or close the opportunity in Partner Central.`,
  );
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
