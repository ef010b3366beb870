import { systemClock } from "@cosell/connector";
import { CommanderError } from "commander";
import { readFileSync } from "node:fs";
import { renderError, reportOf } from "../failure/report.ts";
import { createTerminal } from "../terminal/terminal.ts";
import type { Act, GlobalOptions } from "./command.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { createProgram } from "./program.ts";

/** Runs one command line and returns the exit code. Standard output carries the result, also when that is an error in JSON. */
export async function run(words: readonly string[]): Promise<number> {
  const output = watchOutput();
  const terminal = createTerminal({
    json: words.includes("--json"),
    stdout: output,
    stderr: process.stderr,
    environment: process.env,
  });
  const interrupt = listenForInterrupt(terminal.note);
  const signal = AbortSignal.any([interrupt.signal, output.closed]);
  let code = 0;
  const act: Act = async (work) => {
    const options = program.opts<GlobalOptions>();
    code = await work({
      terminal,
      options,
      environment: process.env,
      signal,
      stopWithin: (limitMs) => interrupt.stopWithin(limitMs),
      clock: systemClock,
      logger: async (secrets = []) => (await import("../logging.ts")).createLogger(options, secrets),
    });
  };
  const program = createProgram(version(), act);
  let usageText = "";
  program.configureOutput({
    writeOut: terminal.write,
    writeErr: (text) => {
      usageText += text;
    },
  });
  for (const command of program.commands) command.copyInheritedSettings(program);
  try {
    await program.parseAsync(words, { from: "user" });
    return code;
  } catch (error) {
    if (output.closed.aborted) return 0;
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (error instanceof CommanderError && error.code === "commander.help") {
      // `cosell` or `cosell mapping` alone: a question, not a mistake.
      terminal.write(usageText);
      return words.length === 0 ? 0 : 2;
    }
    const report = reportOf(error, usageText);
    if (terminal.json) terminal.document({ error: report.json });
    else terminal.note(renderError(report, terminal.errorColours, program.opts<GlobalOptions>().logLevel === "debug"));
    return interrupt.exitCode() ?? report.exitCode;
  } finally {
    interrupt.release();
  }
}

/** Standard output, with a signal that aborts when its reader has gone (`cosell plan | head`). */
function watchOutput(): { isTTY: boolean; columns: number; write(text: string): void; closed: AbortSignal } {
  const controller = new AbortController();
  const { stdout } = process;
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    controller.abort(error);
  });
  process.stderr.on("error", () => undefined);
  return {
    isTTY: stdout.isTTY,
    columns: stdout.columns,
    write: (text) => {
      if (!controller.signal.aborted) stdout.write(text);
    },
    closed: controller.signal,
  };
}

function version(): string {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return manifest.version;
}
