import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

/** What a finished command left. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How the command is started. */
export interface RunOptions {
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What it reads on standard input. @defaultValue nothing */
  readonly stdin?: string;
}

/** Starts the real command, from source, in a process of its own. */
export function startCosell(words: readonly string[], options: RunOptions = {}): ChildProcess {
  const environment = { ...process.env };
  // Jest's own settings are not the command's.
  for (const name of ["NO_COLOR", "FORCE_COLOR", "NODE_OPTIONS"]) Reflect.deleteProperty(environment, name);
  const child = spawn(process.execPath, ["--conditions=cosell-source", main, ...words], {
    cwd: options.folder ?? tmpdir(),
    env: { ...environment, ...options.environment },
    stdio: [options.stdin === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  child.stdin?.end(options.stdin);
  return child;
}

/** Waits for a started command's end and collects what it printed. */
export async function finished(child: ChildProcess): Promise<Finished> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (text: Buffer) => (stdout += text.toString()));
  child.stderr?.on("data", (text: Buffer) => (stderr += text.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}

/** Runs the real command to its end. */
export const runCosell = (words: readonly string[], options?: RunOptions): Promise<Finished> =>
  finished(startCosell(words, options));

/** Runs `work` in a new folder that holds these files, and takes the folder away again. */
export async function inFolder<Result>(
  files: Readonly<Record<string, string>>,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "cosell-cli-"));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
