import { InvalidArgumentError, Option } from "commander";
import type { CommandDefinition, ExitCode } from "../../program/command.ts";
import { examples, spanOf, wholeNumber } from "../../program/usage.ts";
import { withState } from "./with-state.ts";

/** Reads `90d`, `12h`, `8w`; gives milliseconds. */
function duration(text: string): number {
  const length = spanOf(text);
  if (length === undefined)
    throw new InvalidArgumentError("It must be a number of hours, days or weeks: 12h, 90d, 8w.");
  return length;
}

interface PruneOptions {
  readonly olderThan: number;
  readonly keep: number;
}

/** `cosell state prune`: removes old lines of the journal, and nothing else. */
export const defineStatePrune: CommandDefinition = (state, act) => {
  state
    .command("prune")
    .summary("remove old lines of the journal, and nothing else")
    .description("Remove old lines of the journal, and nothing else. They cannot be brought back.")
    .addOption(
      new Option("--older-than <time>", "lines older than this, such as 90d").argParser(duration).makeOptionMandatory(),
    )
    .addOption(
      new Option("--keep <n>", "the newest lines of each deal stay, whatever their age")
        .argParser(wholeNumber(0))
        .default(20),
    )
    .addHelpText("after", examples("cosell state prune --older-than 90d --keep 20"))
    .action(({ olderThan, keep }: PruneOptions) =>
      act((context) =>
        withState<ExitCode>(context, async (store) => {
          const { terminal, clock } = context;
          const removed = await store.pruneJournal({ before: clock.now() - olderThan, keepPerLink: keep });
          if (terminal.json) terminal.document({ removed });
          else terminal.line(`Removed ${removed} ${removed === 1 ? "line" : "lines"} of the journal.`);
          return 0;
        }),
      ),
    );
};
