import { associationRules } from "@cosell/partner-central/model";
import type { JsonObject, JsonValue } from "../kernel/index.ts";
import { accountArn } from "../partner-central-shared/identifiers.ts";
import { valueAt } from "../partner-central-shared/paths.ts";
import type { PartnerCentralSettings } from "./settings.ts";
import type { Space, StoredOpportunity } from "./state.ts";
import { timestamp, wholeSeconds } from "../partner-central-shared/timestamps.ts";

/** An opportunity as GetOpportunity tells it, before nulls are filled in. */
export function opportunityAnswer(
  opportunity: StoredOpportunity,
  { account, catalog }: Space,
  settings: PartnerCentralSettings,
): JsonObject {
  const { id, body, related } = opportunity;
  const needs = body.PrimaryNeedsFromAws;
  const noNeeds = !Array.isArray(needs) || needs.length === 0;
  return {
    ...body,
    ...(settings.valuesOutsideEnums && noNeeds && { PrimaryNeedsFromAws: ["Do Not Need Support from AWS Sales Rep"] }),
    Arn: accountArn(account, catalog, "opportunity", id),
    Catalog: catalog,
    CreatedDate: wholeSeconds(opportunity.createdAt),
    Id: id,
    LastModifiedDate: timestamp(opportunity.modifiedAt),
    RelatedEntityIdentifiers: Object.fromEntries(associationRules.map(({ type }) => [type, related[type] ?? []])),
  };
}

/** The same as a row of ListOpportunities: there AWS writes whole amounts with a decimal (`531.0`). */
export function summaryAnswer(
  opportunity: StoredOpportunity,
  space: Space,
  settings: PartnerCentralSettings,
): JsonObject {
  const answer = opportunityAnswer(opportunity, space, settings);
  const spend = valueAt(answer, "Project.ExpectedCustomerSpend");
  if (!Array.isArray(spend)) return answer;
  const rows = (spend as readonly JsonObject[]).map((row) => ({ ...row, Amount: withDecimal(row.Amount ?? null) }));
  return { ...answer, Project: { ...(answer.Project as JsonObject), ExpectedCustomerSpend: rows } };
}

function withDecimal(amount: JsonValue): JsonValue {
  return typeof amount === "string" && /^\d+$/.test(amount) ? `${amount}.0` : amount;
}
