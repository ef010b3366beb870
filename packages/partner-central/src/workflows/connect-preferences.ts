import type { JsonObject } from "@cosell/connector";
import { like } from "./connection-invitation.ts";
import { textAt, textsAt } from "./values.ts";
import { defineWorkflow, type WorkflowStep } from "./workflow.ts";
import { needs } from "./workflow-input.ts";

interface PreferencesInput {
  readonly access?: string;
  readonly excluded?: readonly string[];
}

/** Who may invite; shown, or changed where something is given. */
export const connectPreferences = defineWorkflow<"change" | "look">({
  name: "connect preferences",
  summary: "show or set who may invite you to connect",
  input: [
    {
      name: "access",
      like: like("UpdateConnectionPreferences", "AccessType"),
      changeableUntil: "change",
      describes: "ALLOW_ALL, DENY_ALL or ALLOW_BY_DEFAULT_DENY_SOME; without one nothing is changed",
    },
    {
      name: "excluded",
      list: true,
      like: like("CreateConnectionInvitation", "ReceiverIdentifier"),
      changeableUntil: "change",
      describes: "who may not, for ALLOW_BY_DEFAULT_DENY_SOME",
    },
  ],
  rules: [needs("excluded", "access")],
  steps: { change: "Set the preferences", look: "Look at the preferences" },
  run: async (run, { access, excluded = [] }: PreferencesInput) => {
    const read = (step: WorkflowStep): Promise<JsonObject> => step.read("GetConnectionPreferences", {}, "account");
    if (access !== undefined) {
      await run.step("change", (step) =>
        step.write({
          service: "account",
          operation: "UpdateConnectionPreferences",
          locked: true,
          input: async () => {
            const { Revision } = await read(step);
            return {
              Revision: Revision ?? 0,
              AccessType: access,
              ...(excluded.length > 0 && { ExcludedParticipantIdentifiers: excluded }),
            };
          },
          tookEffect: async () => {
            const now = await read(step);
            const isSame =
              textAt(now, "AccessType") === access &&
              [...textsAt(now, "ExcludedParticipantIds")].toSorted().join() === [...excluded].toSorted().join();
            return isSame ? now : undefined;
          },
        }),
      );
    }
    const now = await run.step("look", read, { keep: () => false });
    const result = { access: textAt(now, "AccessType") ?? "", excluded: textsAt(now, "ExcludedParticipantIds") };
    return { status: "done", summary: `Who may invite you: ${result.access}.`, next: [], result };
  },
});
