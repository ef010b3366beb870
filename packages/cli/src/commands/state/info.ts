import type { CommandDefinition, ExitCode } from "../../program/command.ts";
import { examples } from "../../program/usage.ts";
import { withState } from "./with-state.ts";

/** `cosell state info`: where the state lies, its schema, how much it holds. */
export const defineStateInfo: CommandDefinition = (state, act) => {
  const summary = "tell where the state lies and how much it holds";
  state
    .command("info")
    .summary(summary)
    .description("Tell where the state lies and how much it holds.")
    .addHelpText("after", examples("cosell state info", "cosell state info --json"))
    .action(() =>
      act((context) =>
        withState<ExitCode>(context, async (store) => {
          const { terminal } = context;
          const info = await store.info();
          if (terminal.json) terminal.document(info);
          else {
            const width = Math.max(...Object.keys(info.rows).map((table) => table.length));
            terminal.line(`${info.location}\nschema ${info.schema}\n`);
            for (const [table, rows] of Object.entries(info.rows)) terminal.line(`${table.padEnd(width)}  ${rows}`);
          }
          return 0;
        }),
      ),
    );
};
