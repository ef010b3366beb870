import { lockOf } from "@cosell/partner-central/model";
import type { JsonObject } from "../../kernel/index.ts";
import { required, type Call } from "../call.ts";
import { findOpportunity } from "../find-opportunity.ts";
import { textAt } from "../../partner-central-shared/paths.ts";
import { keepChanged } from "../opportunity-change.ts";
import { invalidBusiness } from "../refusal.ts";
import { reviewStatusOf, touched } from "../review.ts";

/** AssignOpportunity: the assignee becomes the team's OpportunityOwner, whatever title was sent. */
export function assignOpportunity(call: Call): undefined {
  const opportunity = findOpportunity(call, required(call, "Identifier"));
  const stage = textAt(opportunity.body, "LifeCycle.Stage");
  const lock = lockOf("Assignee", { reviewStatus: reviewStatusOf(opportunity), stage, origin: opportunity.origin });
  if (lock.lock !== "editable") {
    throw invalidBusiness("The opportunity cannot be assigned now.", [
      { FieldName: "Assignee", Code: "ACTION_NOT_PERMITTED", Message: lock.reason },
    ]);
  }
  const assignee = call.input.Assignee as JsonObject;
  const team = (opportunity.body.OpportunityTeam ?? []) as readonly JsonObject[];
  const others = team.filter(({ BusinessTitle }) => BusinessTitle !== "OpportunityOwner");
  const OpportunityTeam = [{ ...assignee, BusinessTitle: "OpportunityOwner" }, ...others];
  const body = { ...opportunity.body, OpportunityTeam };
  keepChanged(call, touched({ ...opportunity, body }, call.now, call.settings), "change-opportunity");
}
