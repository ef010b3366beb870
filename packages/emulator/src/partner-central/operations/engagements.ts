import { announce } from "../../events/announce.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/index.ts";
import { listOf, once, required, type Call } from "../call.ts";
import { contextOf } from "../engagement-context.ts";
import { engagementAnswer, engagementsOf, findEngagement, openEngagement } from "../engagement.ts";
import { idsOf, sharedArn } from "../../partner-central-shared/identifiers.ts";
import { companyName, settleSubmissions } from "../invitation.ts";
import { isWanted, pageOf, sorted } from "../../partner-central-shared/paging.ts";
import { textAt } from "../../partner-central-shared/paths.ts";
import type { StoredEngagement } from "../state.ts";

/** CreateEngagement: the account is its first member. */
export function createEngagement(call: Call): JsonObject {
  return once(call, () => {
    const sent = Array.isArray(call.input.Contexts) ? (call.input.Contexts as readonly JsonValue[]) : [];
    const engagement = openEngagement(call, {
      createdBy: call.space.account,
      title: call.input.Title ?? null,
      description: call.input.Description ?? null,
      contexts: sent.filter(isJsonObject).map((each, index) => contextOf(call, each, `Contexts[${index}].`)),
    });
    announce(call, "create-engagement", { engagement, member: call.space.account });
    const { id, catalog, modifiedAt } = engagement;
    return { Id: id, Arn: sharedArn(catalog, "engagement", id), ModifiedAt: modifiedAt };
  });
}

/** GetEngagement, by id or ARN, for members. */
export function getEngagement(call: Call): JsonObject {
  settleSubmissions(call);
  return engagementAnswer(findEngagement(call, required(call, "Identifier")));
}

/** ListEngagements: those that the account is a member of, the newest first unless the call asks otherwise. */
export function listEngagements(call: Call): JsonObject {
  settleSubmissions(call);
  const excluded = { by: listOf(call, "ExcludeCreatedBy"), types: listOf(call, "ExcludeContextTypes") };
  const wantedTypes = listOf(call, "ContextTypes");
  const found = engagementsOf(call).filter(
    ({ id, createdBy, contexts }) =>
      isWanted(idsOf(listOf(call, "EngagementIdentifier")), id) &&
      isWanted(listOf(call, "CreatedBy"), createdBy) &&
      excluded.by?.includes(createdBy) !== true &&
      (wantedTypes === undefined || contexts.some(({ Type }) => wantedTypes.includes(Type))) &&
      !contexts.some(({ Type }) => excluded.types?.includes(Type)),
  );
  const keys = { CreatedDate: ({ createdAt }: StoredEngagement) => createdAt };
  const order = { sortBy: "CreatedDate", order: "DESCENDING", id: ({ id }: StoredEngagement) => id } as const;
  const { items, NextToken } = pageOf(call, sorted(call, found, keys, order));
  return { EngagementSummaryList: items.map(engagementAnswer), NextToken };
}

/** ListEngagementMembers. */
export function listEngagementMembers(call: Call): JsonObject {
  settleSubmissions(call);
  const { members } = findEngagement(call, required(call, "Identifier"));
  const { items, NextToken } = pageOf(call, members, 10);
  const EngagementMemberList = items.map((account) => ({
    AccountId: account,
    CompanyName: companyName(account, call.settings),
    WebsiteUrl: null,
  }));
  return { EngagementMemberList, NextToken };
}

/** ListEngagementResourceAssociations: which opportunities are in which of the account's engagements. */
export function listEngagementResourceAssociations(call: Call): JsonObject {
  const wanted = (member: string, value: string): boolean => (textAt(call.input, member) ?? value) === value;
  const found = engagementsOf(call).flatMap(({ id, resources }) =>
    resources
      .map((resource) => ({ ...resource, engagementId: id }))
      .filter(
        (resource) =>
          wanted("EngagementIdentifier", id) &&
          wanted("ResourceIdentifier", resource.id) &&
          wanted("CreatedBy", resource.owner),
      ),
  );
  const { items, NextToken } = pageOf(call, found);
  const EngagementResourceAssociationSummaries = items.map((resource) => ({
    Catalog: call.space.catalog,
    CreatedBy: resource.owner,
    EngagementId: resource.engagementId,
    ResourceId: resource.id,
    ResourceType: "Opportunity",
  }));
  return { EngagementResourceAssociationSummaries, NextToken };
}
