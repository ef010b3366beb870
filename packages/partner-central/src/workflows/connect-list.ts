import type { JsonObject, JsonValue } from "@cosell/connector";
import { counted, textAt } from "./values.ts";
import { defineWorkflow } from "./workflow.ts";

/** Connections and invitations, sent and got. */
export const connectList = defineWorkflow<"connections" | "invitations">({
  name: "connect list",
  summary: "list connections and invitations",
  input: [],
  steps: { connections: "List the connections", invitations: "List the invitations" },
  readsOnly: true,
  run: async (run) => {
    const connections = await run.step("connections", (step) =>
      step.readAll("ListConnections", { MaxResults: 100 }, "account"),
    );
    const invitations = await run.step("invitations", (step) =>
      step.readAll("ListConnectionInvitations", { MaxResults: 100 }, "account"),
    );
    const found = [
      ...connections.map((one) =>
        row("connection", one["Id"], one["OtherParticipantAccountId"], purposesOf(one["ConnectionTypes"])),
      ),
      ...invitations.map((one) => {
        const role = textAt(one, "ParticipantType") === "SENDER" ? "invitation sent" : "invitation got";
        const state = `${textAt(one, "ConnectionType") ?? ""}: ${textAt(one, "Status") ?? ""}`;
        return row(role, one["Id"], one["OtherParticipantIdentifier"], state);
      }),
    ];
    const summary = `${counted(connections.length, "connection")}, ${counted(invitations.length, "invitation")}.`;
    return { status: "done", summary, next: [], result: { found } };
  },
});

function row(kind: string, id: JsonValue | undefined, partner: JsonValue | undefined, state: string): JsonObject {
  return { kind, id: id ?? "", partner: partner ?? "", state };
}

function purposesOf(types: JsonValue | undefined): string {
  return Object.entries((types ?? {}) as JsonObject)
    .map(([name, purpose]) => `${name}: ${textAt((purpose ?? {}) as JsonObject, "Status") ?? ""}`)
    .join(", ");
}
