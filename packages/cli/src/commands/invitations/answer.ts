import type { InvitationChoice } from "@cosell/engine";
import { Option } from "commander";
import { UsageError } from "../../failure/findings-error.ts";
import type { CommandContext, ExitCode } from "../../program/command.ts";
import { withSync } from "../../session/with-sync.ts";
import { renderOutcomes } from "../../views/invitations.ts";

/** `--all`: every invitation that waits for an answer. */
export const allOption = (): Option => new Option("--all", "every invitation that waits for an answer");

/** Which invitations are meant. @throws UsageError for none, or for ids beside --all */
export function whichInvitations(ids: readonly string[], all: boolean | undefined): readonly string[] | "all" {
  if (all === true && ids.length === 0) return "all";
  if (all !== true && ids.length > 0) return ids;
  throw new UsageError("Name the invitations, or give --all.");
}

/** Answers invitations, and shows what became of each. */
export function answerInvitations(
  context: CommandContext,
  syncName: string | undefined,
  which: readonly string[] | "all",
  choice: InvitationChoice,
): Promise<ExitCode> {
  return withSync<ExitCode>(context, syncName, async ({ engine, sync }) => {
    const { terminal, signal } = context;
    const outcomes = await engine.decideInvitations(which, { ...choice, signal });
    if (terminal.json) terminal.document({ sync: sync.name, outcomes });
    else terminal.line(renderOutcomes(terminal, outcomes));
    return outcomes.every(({ outcome }) => outcome === "accepted" || outcome === "rejected") ? 0 : 1;
  });
}
