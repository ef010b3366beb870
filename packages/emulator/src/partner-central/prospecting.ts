import { announce } from "../events/announce.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../kernel/index.ts";
import type { Place } from "./call.ts";
import { addContext } from "./engagement.ts";
import { valueAt } from "../partner-central-shared/paths.ts";
import type { ProspectedEngagement, ProspectingTask, StoredEngagement } from "./state.ts";
import { nanoseconds } from "../partner-central-shared/timestamps.ts";

/** Ends the prospecting tasks whose time has come: each engagement gets what AWS knows about its customer. */
export function settleProspecting(place: Place): void {
  const { space, state, now } = place;
  for (const task of Object.values(space.prospectingTasks)) {
    if (task.endTime !== null || now < task.endsAt) continue;
    state.issued += 1;
    const ended = { ...task, endTime: nanoseconds(task.endsAt, state.issued) };
    const engagements = task.engagements.map(({ id }) => prospected({ ...place, now: task.endsAt }, ended, id));
    space.prospectingTasks[task.id] = { ...ended, engagements };
  }
}

/** By the model it begins otherwise than all other ARNs, and ends in `task-` and 14 characters, one more than other tasks have. */
export function prospectingArn({ space }: Place, id: string): string {
  const { account, catalog } = space;
  return `arn:aws:partnercentral-selling:us-east-1:${account}:catalog/${catalog}/prospecting-from-engagement-task/${id}`;
}

function prospected(place: Place, task: ProspectingTask, id: string): ProspectedEngagement {
  const failed = (reasonCode: string, message: string): ProspectedEngagement => ({
    id,
    status: "FAILED",
    contextId: null,
    reasonCode,
    message,
  });
  const engagement = place.state.engagements[id];
  if (engagement?.catalog !== place.space.catalog || !engagement.members.includes(place.space.account)) {
    return failed("EngagementAccessDenied", "The account is not a member of such an engagement.");
  }
  const customer = customerOf(engagement);
  if (customer === undefined) return failed("ContextNotFound", "The engagement tells of no customer.");
  const Payload = { ProspectingResult: { Aws: resultOf(place, task, customer) } };
  const contextId = addContext(place, engagement, "aws", { Type: "ProspectingResult", Payload });
  announce(place, "change-engagement", { engagement: place.state.engagements[id] ?? engagement });
  return { id, status: "COMPLETED", contextId, reasonCode: null, message: null };
}

function customerOf({ contexts }: StoredEngagement): JsonObject | undefined {
  const customers = contexts.flatMap(({ Type, Payload }) => [valueAt(Payload, `${Type}.Customer`)]);
  return customers.find(isJsonObject);
}

function resultOf(place: Place, task: ProspectingTask, customer: JsonObject): JsonObject {
  const at = (path: string): JsonValue => valueAt(customer, path);
  return {
    Customer: {
      AccountName: at("CompanyName"),
      Country: at("CountryCode") ?? at("Address.CountryCode"),
      Industry: at("Industry"),
      Segment: at("MarketSegment"),
      EligiblePrograms: [],
    },
    Insights: { MarketplaceEngagementScore: "Medium", SolutionScore: "Medium" },
    StartTime: task.startTime,
    EndTime: task.endTime,
    TaskId: task.id,
    TaskArn: prospectingArn(place, task.id),
    TaskName: task.name,
  };
}
