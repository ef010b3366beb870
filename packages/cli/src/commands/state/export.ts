import { FailureError } from "@cosell/connector";
import { createWriteStream, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { shownPath } from "../../mapping/read-mapping.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../../program/command.ts";
import { examples } from "../../program/usage.ts";
import { exportText } from "./export-file.ts";
import { withState } from "./with-state.ts";

/** `cosell state export [file]`: everything, as JSON lines: for a backup, or another database. */
export const defineStateExport: CommandDefinition = (state, act) => {
  state
    .command("export [file]")
    .summary("write everything as JSON lines, for a backup or another database")
    .description(
      "Write everything as JSON lines, for a backup or another database: to a new file that only you can read, or to standard output.",
    )
    .option("--with-tokens", "the tokens of the CRMs too: who has them can act for you there")
    .addHelpText("after", examples("cosell state export state.jsonl", "cosell state export state.jsonl --with-tokens"))
    .action((file: string | undefined, options: { withTokens?: boolean }) =>
      act((context) => exportState(context, file, options.withTokens === true)),
    );
};

function exportState(context: CommandContext, file: string | undefined, tokens: boolean): Promise<ExitCode> {
  return withState<ExitCode>(context, async (store) => {
    const { terminal } = context;
    const { schema } = await store.info();
    const lines = exportText(store.exportLines(), { schema, product: `cosell ${version()}`, tokens });
    let count = 0;
    async function* counted(): AsyncGenerator<string> {
      for await (const line of lines) {
        context.signal.throwIfAborted();
        count += 1;
        yield line;
      }
    }
    if (file === undefined) {
      for await (const line of counted()) terminal.write(line);
      return 0;
    }
    await writeNew(file, counted());
    if (terminal.json) terminal.document({ file: shownPath(file), rows: count - 1, tokens });
    else {
      const without = tokens ? "" : " The tokens of the CRMs are not in it: connections that keep one log in anew.";
      terminal.line(`Wrote ${count - 1} rows to ${shownPath(file)}.${without}`);
    }
    return 0;
  });
}

/** A whole file or none, and never over another one. */
async function writeNew(file: string, lines: AsyncIterable<string>): Promise<void> {
  const stream = createWriteStream(file, { flags: "wx", mode: 0o600 });
  try {
    await pipeline(Readable.from(lines), stream);
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST")
      throw new FailureError({ kind: "config", message: `${shownPath(file)} is there already. Name another file.` });
    if (syscall !== "open") await rm(file, { force: true });
    if (syscall === undefined) throw cause;
    const message = `${shownPath(file)} cannot be written (${code ?? "no code"}): check the path, the permission and the room on the disk.`;
    throw new FailureError({ kind: "config", message }, { cause });
  }
}

function version(): string {
  const manifest = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return manifest.version;
}
