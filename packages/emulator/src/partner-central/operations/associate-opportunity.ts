import { associationRuleOf, lockOf } from "@cosell/partner-central/model";
import { required, type Call } from "../call.ts";
import { findOpportunity } from "../find-opportunity.ts";
import { textAt } from "../../partner-central-shared/paths.ts";
import { keepChanged } from "../opportunity-change.ts";
import { conflict, invalidBusiness, notFound } from "../refusal.ts";
import { reviewStatusOf, touched } from "../review.ts";
import type { StoredOpportunity } from "../state.ts";

/** AssociateOpportunity: within AWS's limits per type; a solution must exist. */
export function associateOpportunity(call: Call): undefined {
  const { space, settings } = call;
  const { opportunity, type, entity, present } = read(call);
  if (type === "Solutions" && space.solutions[entity] === undefined) {
    throw refused("RelatedEntityIdentifier", "INVALID_VALUE", "The account has no such solution in this catalog.");
  }
  if (present.includes(entity)) {
    if (settings.duplicateAssociation === "success") return;
    throw conflict("The entity is associated with the opportunity already.");
  }
  const { limit = Infinity, excludes = "" } = associationRuleOf(type) ?? {};
  if (present.length >= limit) {
    throw refused("RelatedEntityIdentifier", "TOO_MANY_VALUES", `At most ${present.length} ${type} can be associated.`);
  }
  if ((opportunity.related[excludes] ?? []).length > 0) {
    throw refused("RelatedEntityType", "ACTION_NOT_PERMITTED", "A private offer and an offer set exclude each other.");
  }
  save(call, opportunity, type, [...present, entity]);
}

/** DisassociateOpportunity. */
export function disassociateOpportunity(call: Call): undefined {
  const { opportunity, type, entity, present } = read(call);
  if (!present.includes(entity)) throw notFound("Association with", entity);
  save(
    call,
    opportunity,
    type,
    present.filter((id) => id !== entity),
  );
}

function read(call: Call): {
  opportunity: StoredOpportunity;
  type: string;
  entity: string;
  present: readonly string[];
} {
  const opportunity = findOpportunity(call, required(call, "OpportunityIdentifier"));
  const type = required(call, "RelatedEntityType");
  const lock = lockOf(`RelatedEntityIdentifiers.${type}`, {
    reviewStatus: reviewStatusOf(opportunity),
    stage: textAt(opportunity.body, "LifeCycle.Stage"),
    origin: opportunity.origin,
  });
  if (lock.lock !== "editable") throw refused("RelatedEntityType", "ACTION_NOT_PERMITTED", lock.reason);
  const entity = required(call, "RelatedEntityIdentifier");
  return { opportunity, type, entity, present: opportunity.related[type] ?? [] };
}

function refused(
  FieldName: string,
  Code: "INVALID_VALUE" | "TOO_MANY_VALUES" | "ACTION_NOT_PERMITTED",
  Message: string,
): Error {
  return invalidBusiness("The association is not possible.", [{ FieldName, Code, Message }]);
}

function save(call: Call, opportunity: StoredOpportunity, type: string, entities: readonly string[]): void {
  const related = { ...opportunity.related, [type]: entities };
  keepChanged(call, touched({ ...opportunity, related }, call.now, call.settings), "change-association");
}
