import { isJsonObject, type JsonObject } from "../../kernel/index.ts";
import { listOf, type Call } from "../call.ts";
import { allOpportunities } from "../find-opportunity.ts";
import { summaryAnswer } from "../opportunity-answer.ts";
import { isBetween, isWanted, pageOf, sorted } from "../../partner-central-shared/paging.ts";
import { textAt } from "../../partner-central-shared/paths.ts";
import { reviewStatusOf } from "../review.ts";
import type { StoredOpportunity } from "../state.ts";

const company = ({ body }: StoredOpportunity): string | undefined => textAt(body, "Customer.Account.CompanyName");
const closeDate = ({ body }: StoredOpportunity): string | undefined => textAt(body, "LifeCycle.TargetCloseDate");

/** ListOpportunities: summaries, newest change first unless the call asks otherwise. */
export function listOpportunities(call: Call): JsonObject {
  const found = allOpportunities(call).filter(
    (opportunity) =>
      isWanted(listOf(call, "Identifier"), opportunity.id) &&
      isWanted(listOf(call, "LifeCycleStage"), textAt(opportunity.body, "LifeCycle.Stage")) &&
      isWanted(listOf(call, "LifeCycleReviewStatus"), reviewStatusOf(opportunity)) &&
      isWanted(listOf(call, "CustomerCompanyName"), company(opportunity)) &&
      isWithin(call, "LastModifiedDate", opportunity.modifiedAt, Date.parse) &&
      isWithin(call, "CreatedDate", Math.floor(opportunity.createdAt / 1000) * 1000, Date.parse) &&
      isWithin(call, "TargetCloseDate", closeDate(opportunity), String),
  );
  const order = { sortBy: "LastModifiedDate", order: "DESCENDING", id: ({ id }: StoredOpportunity) => id } as const;
  const keys = {
    LastModifiedDate: ({ modifiedAt }: StoredOpportunity) => modifiedAt,
    CreatedDate: ({ createdAt }: StoredOpportunity) => createdAt,
    CustomerCompanyName: (opportunity: StoredOpportunity) => company(opportunity) ?? "",
    TargetCloseDate: (opportunity: StoredOpportunity) => closeDate(opportunity) ?? "",
  };
  const { items, NextToken } = pageOf(call, sorted(call, found, keys, order));
  return { OpportunitySummaries: items.map((item) => summaryAnswer(item, call.space, call.settings)), NextToken };
}

function isWithin(
  { input, settings }: Call,
  name: string,
  value: number | string | undefined,
  read: (bound: string) => number | string,
): boolean {
  const filter = input[name];
  if (!isJsonObject(filter)) return true;
  return isBetween(value, filter, `After${name}`, `Before${name}`, { inclusive: settings.afterIsInclusive, read });
}
