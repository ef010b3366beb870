import type { JsonObject, JsonValue } from "../kernel/index.ts";
import type { Place } from "./call.ts";
import { idOf, newId, sharedArn } from "../partner-central-shared/identifiers.ts";
import { valueAt } from "../partner-central-shared/paths.ts";
import { notFound } from "./refusal.ts";
import type { EngagementContext, StoredEngagement, StoredOpportunity } from "./state.ts";
import { nanoseconds } from "../partner-central-shared/timestamps.ts";

/** What an engagement begins with. */
export interface NewEngagement {
  readonly createdBy: string;
  readonly title: JsonValue;
  readonly description?: JsonValue;
  readonly contexts?: readonly Omit<EngagementContext, "Id">[];
}

/** Opens an engagement with one member: who creates it. */
export function openEngagement({ state, space, now }: Place, given: NewEngagement): StoredEngagement {
  const id = newId(state, "eng");
  const at = nanoseconds(now, state.issued);
  const contexts = (given.contexts ?? []).map((context, index) => ({ ...context, Id: String(index + 1) }));
  return (state.engagements[id] = {
    id,
    catalog: space.catalog,
    // The model's limit; a deal's title, which AWS takes for it, may be longer.
    title: typeof given.title === "string" ? given.title.slice(0, 40) : null,
    description: typeof given.description === "string" ? given.description : null,
    createdBy: given.createdBy,
    createdAt: at,
    modifiedBy: given.createdBy,
    modifiedAt: at,
    members: [given.createdBy],
    contexts,
    contextsIssued: contexts.length,
    resources: [],
  });
}

/** Those that the account is a member of, in its catalog. */
export function engagementsOf({ state, space }: Place): readonly StoredEngagement[] {
  return Object.values(state.engagements).filter(
    ({ catalog, members }) => catalog === space.catalog && members.includes(space.account),
  );
}

/** By id or ARN, for its members only: to all others it does not exist. Throws when there is none. */
export function findEngagement({ state, space }: Place, identifier: string): StoredEngagement {
  const found = state.engagements[idOf(identifier)];
  if (found?.catalog !== space.catalog || !found.members.includes(space.account)) {
    throw notFound("Engagement", identifier);
  }
  return found;
}

/** Changes an engagement: who did it and when is kept, and no two changes share a stamp. */
export function changeEngagement(
  { state, now }: Place,
  engagement: StoredEngagement,
  by: string,
  change: Partial<Pick<StoredEngagement, "members" | "contexts" | "contextsIssued">>,
): StoredEngagement {
  state.issued += 1;
  const at = Math.max(now, Date.parse(engagement.modifiedAt) + 1);
  const next = { ...engagement, ...change, modifiedBy: by, modifiedAt: nanoseconds(at, state.issued) };
  return (state.engagements[engagement.id] = next);
}

/** Adds a context, and gives its id: a small number. */
export function addContext(
  place: Place,
  engagement: StoredEngagement,
  by: string,
  context: Omit<EngagementContext, "Id">,
): string {
  const contextsIssued = engagement.contextsIssued + 1;
  const Id = String(contextsIssued);
  const contexts = [...engagement.contexts, { ...context, Id }];
  changeEngagement(place, engagement, by, { contexts, contextsIssued });
  return Id;
}

/** Puts an opportunity of the account into an engagement. That is no change of the engagement itself. */
export function associate({ state, space }: Place, engagementId: string, opportunityId: string): void {
  const engagement = state.engagements[engagementId];
  if (engagement === undefined || engagement.resources.some(({ id }) => id === opportunityId)) return;
  const resources = [...engagement.resources, { id: opportunityId, owner: space.account }];
  state.engagements[engagementId] = { ...engagement, resources };
}

/** An engagement as GetEngagement tells it; the same members, and more, as a row of ListEngagements. */
export function engagementAnswer(engagement: StoredEngagement): JsonObject {
  const { id, catalog, contexts } = engagement;
  return {
    Arn: sharedArn(catalog, "engagement", id),
    Contexts: contexts.map((context) => ({ ...context })),
    ContextTypes: [...new Set(contexts.map(({ Type }) => Type))],
    CreatedAt: engagement.createdAt,
    CreatedBy: engagement.createdBy,
    Description: engagement.description,
    Id: id,
    MemberCount: engagement.members.length,
    ModifiedAt: engagement.modifiedAt,
    ModifiedBy: engagement.modifiedBy,
    Title: engagement.title,
  };
}

/** An opportunity as an engagement tells it to all members. */
export function customerProject({ body }: StoredOpportunity): Omit<EngagementContext, "Id"> {
  const at = (path: string): JsonValue => valueAt(body, path);
  const CustomerProject = {
    Customer: {
      CompanyName: at("Customer.Account.CompanyName"),
      CountryCode: at("Customer.Account.Address.CountryCode"),
      Industry: at("Customer.Account.Industry"),
      WebsiteUrl: at("Customer.Account.WebsiteUrl"),
    },
    Project: {
      BusinessProblem: at("Project.CustomerBusinessProblem"),
      TargetCompletionDate: at("LifeCycle.TargetCloseDate"),
      Title: at("Project.Title"),
    },
  };
  return { Type: "CustomerProject", Payload: { CustomerProject } };
}
