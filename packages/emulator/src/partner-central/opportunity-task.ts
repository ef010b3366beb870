import { enums } from "@cosell/partner-central/model";
import { announce } from "../events/announce.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../kernel/index.ts";
import type { Place } from "./call.ts";
import { addContext, associate, customerProject } from "./engagement.ts";
import { accountArn } from "../partner-central-shared/identifiers.ts";
import { newOpportunity } from "./new-opportunity.ts";
import { textAt, valueAt } from "../partner-central-shared/paths.ts";
import { shareByTask } from "./snapshot-job.ts";
import type { EngagementTask } from "./state.ts";
import { tagsOf } from "../partner-central-shared/tags.ts";
import { TaskFailure, type TaskSubject } from "./task-run.ts";

/** Makes a draft of an engagement's lead: it waits for its completion and submission. The engagement gets its project. */
export function opportunityTask(place: Place, task: EngagementTask): TaskSubject {
  const { state, space } = place;
  const engagement = state.engagements[task.engagementId ?? ""];
  if (engagement === undefined) throw new TaskFailure("EngagementAccessDenied", "The engagement is gone.");
  const lead = leadOf(engagement.contexts.find(({ Id }) => Id === task.input.ContextIdentifier));
  const opportunity = newOpportunity(place, describedBy(lead));
  space.opportunities[opportunity.id] = opportunity;
  const arn = accountArn(space.account, space.catalog, "opportunity", opportunity.id);
  if (Array.isArray(task.input.Tags)) space.tags[arn] = tagsOf(task.input.Tags);
  addContext(place, engagement, space.account, customerProject(opportunity));
  associate(place, engagement.id, opportunity.id);
  const { jobId, snapshot } = shareByTask(place, engagement.id, opportunity);
  announce(place, "create-opportunity-of-lead", {
    opportunity: { id: opportunity.id, account: space.account },
    engagement: state.engagements[engagement.id] ?? engagement,
    snapshot,
  });
  return { opportunityId: opportunity.id, jobId };
}

function leadOf(context: { readonly Type: string; readonly Payload: JsonObject } | undefined): JsonObject {
  if (context === undefined) throw new TaskFailure("ContextNotFound", "The engagement has no such context.");
  const lead = context.Payload.Lead;
  if (!isJsonObject(lead)) {
    throw new TaskFailure("CustomerProjectContextNotPermitted", "An opportunity is made of a lead only.");
  }
  if (textAt(lead, "QualificationStatus") === "Disqualified") {
    throw new TaskFailure("DisqualifiedLeadNotPermitted", "The lead is disqualified.");
  }
  return lead;
}

/** A lead's texts are free: only what an opportunity can hold is taken over. */
function describedBy(lead: JsonObject): JsonObject {
  const at = (path: string): JsonValue => valueAt(lead, `Customer.${path}`);
  const interactions = Array.isArray(lead.Interactions) ? (lead.Interactions as readonly JsonValue[]) : [];
  const interaction = isJsonObject(interactions.at(-1)) ? (interactions.at(-1) as JsonObject) : {};
  const company = textAt(lead, "Customer.CompanyName") ?? "";
  const problem = textAt(interaction, "BusinessProblem") ?? "";
  const website = at("WebsiteUrl");
  return {
    Customer: {
      Account: {
        CompanyName: company,
        Industry: known("Industry", at("Industry")),
        WebsiteUrl: typeof website === "string" && website.length >= 4 ? website : null,
        Address: {
          City: at("Address.City"),
          CountryCode: known("CountryCode", at("Address.CountryCode")),
          PostalCode: at("Address.PostalCode"),
          StateOrRegion: at("Address.StateOrRegion"),
        },
      },
    },
    Project: { Title: company, CustomerBusinessProblem: problem.length >= 20 ? problem : null },
  };
}

function known(name: "Industry" | "CountryCode", value: JsonValue): JsonValue {
  return enums[name]?.some((each) => each === value) ? value : null;
}
