import { FailureError } from "@cosell/connector";
import { type FileHandle, open } from "node:fs/promises";
import { shownPath } from "../../mapping/read-mapping.ts";
import type { CommandDefinition, ExitCode } from "../../program/command.ts";
import { examples } from "../../program/usage.ts";
import { readExport } from "./export-file.ts";
import { withState } from "./with-state.ts";

/** `cosell state import <file>`: fills an empty state from an export. */
export const defineStateImport: CommandDefinition = (state, act) => {
  state
    .command("import <file>")
    .summary("fill an empty state from an export")
    .description("Fill the state that state.url names, which must be empty, from an export: all of it or nothing.")
    .addHelpText("after", examples("cosell state import state.jsonl"))
    .action((file: string) =>
      act((context) =>
        withState<ExitCode>(context, async (store) => {
          const handle = await open(file).catch((cause: unknown) => {
            const message = `There is no readable file at ${shownPath(file)}.`;
            throw new FailureError({ kind: "config", message }, { cause });
          });
          try {
            const { rows } = await store.importLines(readExport(shownPath(file), linesOf(handle)));
            const { location } = await store.info();
            if (context.terminal.json) context.terminal.document({ rows, location });
            else context.terminal.line(`Stored ${rows} rows in ${location}.`);
          } finally {
            await handle.close();
          }
          return 0;
        }),
      ),
    );
};

/** Reads from the moment on which the first line is asked for: what `readLines` reads earlier is lost. */
async function* linesOf(handle: FileHandle): AsyncGenerator<string> {
  yield* handle.readLines();
}
