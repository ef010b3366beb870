import { enums, nextStage } from "@cosell/partner-central/model";
import type { Link } from "@cosell/state";
import { Option } from "commander";
import type { CommandDefinition, ExitCode } from "../program/command.ts";
import { examples, syncOption } from "../program/usage.ts";
import { withSync } from "../session/with-sync.ts";
import { readinessOf, renderReadiness, type ReadinessGoal } from "../views/ready.ts";

/** What a deal can be judged for. */
const goals: readonly ReadinessGoal[] = ["submit", ...(enums["Stage"] ?? [])];

/** `cosell ready <record>`: reads one CRM record and the state, and calls AWS not at all. */
export const defineReady: CommandDefinition = (command, act) => {
  command
    .addOption(syncOption())
    .addOption(
      new Option(
        "--for <goal>",
        "the submission, or a stage at AWS (without it: what comes next for the deal)",
      ).choices(goals),
    )
    .addHelpText(
      "after",
      examples("cosell ready 006Hs00001ABCDEIA5", 'cosell ready 006Hs00001ABCDEIA5 --for "Committed" --json'),
    )
    .action((record: string, options: { sync?: string; for?: ReadinessGoal }) =>
      act((context) =>
        withSync<ExitCode>(context, options.sync, async ({ engine, store, sync }) => {
          const forSubmission = await engine.preview(record);
          const link = await store.linkByCrmRef(sync.name, forSubmission.crmRef);
          const goal = options.for ?? whatComesNext(link);
          const preview = goal === "submit" ? forSubmission : await engine.preview(record, goal);
          const readiness = readinessOf(preview, goal);
          if (context.terminal.json) context.terminal.document(readiness);
          else context.terminal.line(renderReadiness(context.terminal, readiness));
          return readiness.ready ? 0 : 1;
        }),
      ),
    );
};

/** The next stage of an approved deal, or its present one when none follows; the submission of any other. */
function whatComesNext(link: Link | undefined): ReadinessGoal {
  if (link?.reviewStatus !== "Approved") return "submit";
  return nextStage(link.stage, link.reviewStatus) ?? link.stage ?? "submit";
}
