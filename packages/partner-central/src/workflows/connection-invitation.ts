import type { JsonObject } from "@cosell/connector";
import { textAt, withoutAbsent } from "./values.ts";
import type { WorkflowStep } from "./workflow.ts";
import type { InputMember } from "./workflow-input.ts";

/** What a connection is for, unless it is said: partners that work on opportunities together. */
export const usualType = "OPPORTUNITY_COLLABORATION";

/** Where the Account API knows a member from. */
export function like(operation: string, path: string): InputMember["like"] {
  return { service: "account", operation, path };
}

/** The invitation that an answer is about. */
export const invitation: InputMember = {
  name: "invitation",
  required: true,
  like: like("GetConnectionInvitation", "Identifier"),
  describes: "id of the connection invitation, such as pacinv-…",
};
/** What for. */
export const type: InputMember = {
  name: "type",
  like: like("CreateConnectionInvitation", "ConnectionType"),
  describes: `what the connection is for (without one ${usualType})`,
};

/** An invitation as it stands. */
export async function look(step: WorkflowStep, id: string): Promise<JsonObject> {
  const found = await step.read("GetConnectionInvitation", { Identifier: id }, "account");
  return withoutAbsent({
    status: textAt(found, "Status"),
    connection: textAt(found, "ConnectionId"),
    partner: textAt(found, "OtherParticipantIdentifier"),
    type: textAt(found, "ConnectionType"),
    expiresAt: textAt(found, "ExpiresAt"),
  });
}

/** Answers an invitation; one that is answered so already is what was wanted. */
export function answer(
  step: WorkflowStep,
  operation: string,
  id: string,
  more: JsonObject,
  wanted: string,
): Promise<JsonObject> {
  return step.write({
    service: "account",
    operation,
    input: { Identifier: id, ...more },
    tookEffect: async () => {
      const found = await look(step, id);
      return found["status"] === wanted ? found : undefined;
    },
  });
}

/** For a person. */
export const saysStatus = (found: JsonObject): string => `It is ${textAt(found, "status") ?? "without a status"}.`;
