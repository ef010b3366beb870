import type { JsonObject } from "@cosell/connector";
import { answer, invitation, like, look, saysStatus, type, usualType } from "./connection-invitation.ts";
import { textAt, withoutAbsent } from "./values.ts";
import { defineWorkflow } from "./workflow.ts";
import { exactlyOne, needs } from "./workflow-input.ts";

/** Accepts an invitation of another partner. */
export const connectAccept = defineWorkflow<"look" | "accept" | "connection">({
  name: "connect accept",
  summary: "accept another partner's invitation to connect",
  input: [invitation],
  steps: { look: "Look at the invitation", accept: "Accept it", connection: "Look at the connection" },
  run: async (run, input: { readonly invitation: string }) => {
    const id = input.invitation;
    await run.step("look", (step) => look(step, id), { keep: () => false, says: saysStatus });
    await run.step("accept", (step) => answer(step, "AcceptConnectionInvitation", id, {}, "ACCEPTED"));
    const found = await run.step("connection", (step) => look(step, id), { says: saysConnection });
    return { status: "done", summary: "You are connected.", next: [], result: { invitation: id, ...found } };
  },
});

/** Rejects an invitation of another partner. */
export const connectReject = defineWorkflow<"look" | "reject">({
  name: "connect reject",
  summary: "reject another partner's invitation to connect",
  input: [
    invitation,
    { name: "reason", like: like("RejectConnectionInvitation", "Reason"), describes: "what the other partner reads" },
  ],
  steps: { look: "Look at the invitation", reject: "Reject it" },
  run: async (run, { invitation: id, reason }: { readonly invitation: string; readonly reason?: string }) => {
    const found = await run.step("look", (step) => look(step, id), { says: saysStatus });
    await run.step("reject", (step) =>
      answer(step, "RejectConnectionInvitation", id, withoutAbsent({ Reason: reason }), "REJECTED"),
    );
    const result = { invitation: id, ...found, status: "REJECTED" };
    return { status: "done", summary: `Invitation ${id} is rejected.`, next: [], result };
  },
});

interface CancelInput {
  readonly invitation?: string;
  readonly connection?: string;
  readonly type?: string;
  readonly reason?: string;
}

/** Takes back an invitation, or ends a connection. */
export const connectCancel = defineWorkflow<"cancel-invitation" | "cancel-connection">({
  name: "connect cancel",
  summary: "take back an invitation, or end a connection",
  input: [
    { ...invitation, required: false },
    {
      name: "connection",
      like: like("CancelConnection", "Identifier"),
      describes: "id of the connection to end, such as pac-…",
    },
    type,
    {
      name: "reason",
      like: like("CancelConnection", "Reason"),
      describes: "why the connection ends (needed with connection)",
    },
  ],
  rules: [exactlyOne("invitation", "connection"), needs("connection", "reason")],
  steps: { "cancel-invitation": "Take back the invitation", "cancel-connection": "End the connection" },
  run: async (run, { invitation: id, connection = "", type: purpose = usualType, reason = "" }: CancelInput) => {
    if (id !== undefined) {
      await run.step("cancel-invitation", (step) => answer(step, "CancelConnectionInvitation", id, {}, "CANCELED"));
      const result = { invitation: id, status: "CANCELED" };
      return { status: "done", summary: `Invitation ${id} is taken back.`, next: [], result };
    }
    await run.step("cancel-connection", (step) =>
      step.write({
        service: "account",
        operation: "CancelConnection",
        input: { Identifier: connection, ConnectionType: purpose, Reason: reason },
        tookEffect: async () => {
          const found = await step.read("GetConnection", { Identifier: connection }, "account");
          return textAt(found, `ConnectionTypes.${purpose}.Status`) === "CANCELED" ? found : undefined;
        },
      }),
    );
    const summary = `Connection ${connection} is ended for ${purpose}.`;
    return { status: "done", summary, next: [], result: { connection, type: purpose } };
  },
});

const saysConnection = (found: JsonObject): string => `It is ${textAt(found, "connection") ?? "not named"}.`;
