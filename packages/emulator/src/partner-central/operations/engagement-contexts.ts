import { announce } from "../../events/announce.ts";
import type { JsonObject } from "../../kernel/index.ts";
import { once, required, type Call } from "../call.ts";
import { contextOf, updatedContext } from "../engagement-context.ts";
import { addContext, changeEngagement, findEngagement } from "../engagement.ts";
import { sharedArn } from "../../partner-central-shared/identifiers.ts";
import { settleSubmissions } from "../invitation.ts";
import { conflict, invalidBusiness, notFound, quotaExceeded } from "../refusal.ts";
import type { StoredEngagement } from "../state.ts";
import { isSameInstant } from "../../partner-central-shared/timestamps.ts";

/** The model's limit of contexts in one engagement. */
const mostContexts = 5;

/** CreateEngagementContext. */
export function createEngagementContext(call: Call): JsonObject {
  return once(call, () => {
    const engagement = findEngagement(call, required(call, "EngagementIdentifier"));
    if (engagement.contexts.length >= mostContexts) {
      throw quotaExceeded(`An engagement has up to ${mostContexts} contexts.`);
    }
    return changed(call, engagement, addContext(call, engagement, call.space.account, contextOf(call, call.input)));
  });
}

/**
 * UpdateEngagementContext, under an optimistic lock on the engagement's ModifiedAt. AWS sends it with nanoseconds, which a
 * `Date` of JavaScript cuts off: echo the text.
 */
export function updateEngagementContext(call: Call): JsonObject {
  settleSubmissions(call);
  const engagement = findEngagement(call, required(call, "EngagementIdentifier"));
  const id = required(call, "ContextIdentifier");
  const context = engagement.contexts.find(({ Id }) => Id === id);
  if (context === undefined) throw notFound("Engagement context", id);
  if (!isSameInstant(required(call, "EngagementLastModifiedAt"), engagement.modifiedAt, call.settings.engagementLock)) {
    throw conflict("The engagement has changed since EngagementLastModifiedAt. Read it again and repeat the change.");
  }
  if (required(call, "Type") !== context.Type) {
    throw invalidBusiness("A context keeps its type.", [
      { FieldName: "Type", Code: "INVALID_VALUE", Message: `The context is of type ${context.Type}.` },
    ]);
  }
  const next = updatedContext(call, context, call.input.Payload as JsonObject);
  const contexts = engagement.contexts.map((each) => (each === context ? next : each));
  changeEngagement(call, engagement, call.space.account, { contexts });
  return changed(call, engagement, id);
}

function changed(call: Call, before: StoredEngagement, contextId: string): JsonObject {
  const engagement = call.state.engagements[before.id] ?? before;
  announce(call, "change-engagement", { engagement });
  return {
    ContextId: contextId,
    EngagementArn: sharedArn(engagement.catalog, "engagement", engagement.id),
    EngagementId: engagement.id,
    EngagementLastModifiedAt: engagement.modifiedAt,
  };
}
