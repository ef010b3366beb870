import type { JsonObject } from "@cosell/connector";
import type { TargetModel, TargetReading } from "@cosell/core";
import { relatedEntityLimits } from "./model/associations.ts";
import { lockOf } from "./model/field-locks.ts";
import { itemsAt, presentAt } from "./model/opportunity-facts.ts";
import { readiness } from "./model/readiness.ts";
import { readableFields, writableFields } from "./target-fields.ts";
import { alwaysSent, updateBody } from "./update-body.ts";

/** Everything that the pure core must know about AWS Partner Central. */
export const partnerCentralTarget: TargetModel = {
  name: "AWS Partner Central",
  writable: writableFields,
  readable: readableFields,
  alwaysSent,
  read,
  lockOf,
  readiness,
  updateBody,
};

function read(opportunity: JsonObject, summary: JsonObject | undefined): TargetReading {
  const reviewStatus = textAt(opportunity, "LifeCycle.ReviewStatus");
  const owner = itemsAt(opportunity, "OpportunityTeam").find(
    (member) => member["BusinessTitle"] === "OpportunityOwner",
  );
  return {
    state: {
      reviewStatus,
      stage: textAt(opportunity, "LifeCycle.Stage"),
      // GetOpportunity does not tell the origin today; should it ever, no second call is needed.
      origin: (summary && textAt(summary, "Origin")) ?? textAt(opportunity, "Origin"),
    },
    submittable: reviewStatus === "Pending Submission",
    movesOnUpdate: reviewStatus === "Action Required",
    related: Object.fromEntries(
      Object.keys(relatedEntityLimits).map((type) => [type, textsAt(opportunity, `RelatedEntityIdentifiers.${type}`)]),
    ),
    assigneeEmail: owner && textAt(owner, "Email"),
    version: textAt(opportunity, "LastModifiedDate"),
  };
}

function textAt(object: JsonObject, path: string): string | undefined {
  const value = presentAt(object, path);
  return typeof value === "string" ? value : undefined;
}

function textsAt(object: JsonObject, path: string): readonly string[] {
  const list = presentAt(object, path);
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
}
