import type { JsonObject } from "@cosell/connector";
import { like, look, saysStatus, type, usualType } from "./connection-invitation.ts";
import { textAt } from "./values.ts";
import { defineWorkflow, type WorkflowOutcome } from "./workflow.ts";

interface InviteInput {
  readonly receiver: string;
  readonly email: string;
  readonly name: string;
  readonly message: string;
  readonly type?: string;
}

/** Invites another partner, and looks for the answer. */
export const connectInvite = defineWorkflow<"invite" | "answer">({
  name: "connect invite",
  summary: "invite another partner to connect",
  input: [
    {
      name: "receiver",
      required: true,
      like: like("CreateConnectionInvitation", "ReceiverIdentifier"),
      changeableUntil: "invite",
      describes: "the other partner: AWS account, profile or seller id",
    },
    {
      name: "email",
      required: true,
      like: like("CreateConnectionInvitation", "Email"),
      changeableUntil: "invite",
      describes: "e-mail address of who invites",
    },
    {
      name: "name",
      required: true,
      like: like("CreateConnectionInvitation", "Name"),
      changeableUntil: "invite",
      describes: "name of who invites",
    },
    {
      name: "message",
      required: true,
      like: like("CreateConnectionInvitation", "Message"),
      changeableUntil: "invite",
      describes: "what the other partner reads",
    },
    type,
  ],
  steps: { invite: "Send the invitation", answer: "Look for the answer" },
  waitsForPeople: true,
  run: async (run, input: InviteInput) => {
    const { id } = await run.step(
      "invite",
      async (step) => {
        const answer = await step.write({
          service: "account",
          operation: "CreateConnectionInvitation",
          input: {
            ReceiverIdentifier: input.receiver,
            ConnectionType: input.type ?? usualType,
            Email: input.email,
            Name: input.name,
            Message: input.message,
          },
        });
        return { id: textAt(answer, "Id") ?? "" };
      },
      { says: (sent) => `AWS calls it ${sent.id}.` },
    );
    const { waitForPeople = false } = run.surroundings;
    const found = await run.step(
      "answer",
      async (step) => {
        let newest: JsonObject = {};
        await step.poll(
          async () => {
            newest = await look(step, id);
            return !waitForPeople || newest["status"] !== "PENDING" ? newest : undefined;
          },
          { why: "the other partner has not answered", firstMs: 60_000, slowestMs: 3_600_000 },
        );
        return newest;
      },
      { keep: () => false, says: saysStatus },
    );
    return invitationOutcome(id, found);
  },
});

function invitationOutcome(id: string, found: JsonObject): WorkflowOutcome {
  const result = { invitation: id, ...found };
  const status = textAt(found, "status") ?? "without a status";
  switch (status) {
    case "ACCEPTED":
      return { status: "done", summary: "The other partner accepted: you are connected.", next: [], result };
    case "PENDING": {
      const until = textAt(found, "expiresAt");
      const summary = `Invitation ${id} is not answered yet${until === undefined ? "" : `; it expires at ${until}`}.`;
      return { status: "waiting", summary, next: ["Look again later with the same memory."], result };
    }
    default:
      return {
        status: "needs-person",
        summary: `Invitation ${id} is ${status}.`,
        next: ["Talk to the other partner; then send another invitation."],
        result,
      };
  }
}
