import type { JsonObject } from "../../kernel/index.ts";
import { once, required, type Call } from "../call.ts";
import { contextOf, updatedContext } from "../engagement-context.ts";
import { addContext, changeEngagement, findEngagement } from "../engagement.ts";
import { sharedArn } from "../identifiers.ts";
import { settleSubmissions } from "../invitation.ts";
import { conflict, invalidBusiness, notFound, quotaExceeded } from "../refusal.ts";
import type { StoredEngagement } from "../state.ts";
import { isSameInstant } from "../timestamps.ts";

/** The model's limit of contexts in one engagement. */
const mostContexts = 5;

/** CreateEngagementContext. */
export function createEngagementContext(call: Call): JsonObject {
  return once(call, () => {
    const engagement = findEngagement(call, required(call, "EngagementIdentifier"));
    if (engagement.contexts.length >= mostContexts) {
      throw quotaExceeded(`An engagement has up to ${mostContexts} contexts.`);
    }
    return answer(call, engagement, addContext(call, engagement, call.space.account, contextOf(call, call.input)));
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
  return answer(call, engagement, id);
}

function answer({ state }: Call, { id, catalog, modifiedAt }: StoredEngagement, contextId: string): JsonObject {
  return {
    ContextId: contextId,
    EngagementArn: sharedArn(catalog, "engagement", id),
    EngagementId: id,
    EngagementLastModifiedAt: state.engagements[id]?.modifiedAt ?? modifiedAt,
  };
}
