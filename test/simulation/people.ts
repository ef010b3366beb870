import type { JsonObject } from "@cosell/connector";
import { valueAt } from "@cosell/core";
import type { Action } from "./actions.ts";
import type { SimulatedAws } from "./aws.ts";
import type { SimulatedCrm } from "./crm.ts";
import { mappedFields, solutionField } from "./mapping.ts";

/** What sellers do in their CRM. */
export type CrmAction = Extract<
  Action,
  { readonly kind: "edit" | "mistype" | "submit" | "share" | "own" | "solutions" | "remove" | "restore" | "merge" }
>;

/** What people at AWS do. */
export type AwsAction = Extract<Action, { readonly kind: "edit-at-aws" | "solution-at-aws" | "review" | "summary" }>;

const crmKinds: readonly Action["kind"][] = [
  "edit",
  "mistype",
  "submit",
  "share",
  "own",
  "solutions",
  "remove",
  "restore",
  "merge",
];
const awsKinds: readonly Action["kind"][] = ["edit-at-aws", "solution-at-aws", "review", "summary"];

/** Is it done in the CRM? */
export const isInCrm = (action: Action): action is CrmAction => crmKinds.includes(action.kind);

/** Is it done at AWS? */
export const isAtAws = (action: Action): action is AwsAction => awsKinds.includes(action.kind);

/** A seller acts on a record. */
export function actInCrm(action: CrmAction, ref: string, crm: SimulatedCrm): void {
  switch (action.kind) {
    case "edit": {
      const field = mappedFields[action.field];
      if (field !== undefined)
        crm.edit(ref, { [field.field]: field.values[action.value % field.values.length] ?? null });
      return;
    }
    case "mistype":
      crm.edit(ref, { CloseDate: "soon" });
      return;
    case "submit":
      crm.edit(ref, { Submit: action.submit });
      return;
    case "share":
      crm.edit(ref, { Share: action.share });
      return;
    case "own":
      crm.edit(ref, { Owner: action.owner });
      return;
    case "solutions":
      crm.edit(ref, { [solutionField]: action.solutions.join(";") });
      return;
    case "remove":
      crm.remove(ref);
      return;
    case "restore":
      crm.restore(ref);
      return;
    case "merge": {
      const survivor = crm.refs()[1 - action.record];
      if (survivor !== undefined) crm.merge(ref, survivor);
    }
  }
}

/** A person at AWS acts on an opportunity. */
export async function actAtAws(
  action: AwsAction,
  id: string,
  opportunity: JsonObject,
  aws: SimulatedAws,
): Promise<void> {
  switch (action.kind) {
    case "edit-at-aws": {
      const field = mappedFields[action.field];
      if (field === undefined) return;
      const value = field.values[action.value % field.values.length] ?? null;
      const fields = { [field.path]: field.list === true && value !== null ? value.split(";") : value };
      // A person at AWS closes a deal with the reason: the page asks for it.
      const reason = value === "Closed Lost" ? { "LifeCycle.ClosedLostReason": "Price" } : {};
      aws.emulator.edit({ object: "Opportunity", id, fields: { ...fields, ...reason } });
      return;
    }
    case "solution-at-aws":
      await aws.byHand(action.attach ? "AssociateOpportunity" : "DisassociateOpportunity", {
        OpportunityIdentifier: id,
        RelatedEntityType: "Solutions",
        RelatedEntityIdentifier: action.solution,
      });
      return;
    case "review": {
      const status = valueAt(opportunity, "LifeCycle.ReviewStatus");
      if (status === "Submitted" || status === "Action Required")
        aws.emulator.review({ opportunity: id, status: action.status });
      return;
    }
    case "summary":
      aws.emulator.edit({ object: "AwsOpportunitySummary", id, fields: { "LifeCycle.Stage": action.stage } });
  }
}
