import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../..");

/** A `cosell` in a process of its own, from its sources. */
export interface Program {
  readonly process: ChildProcess;
  /** What it has written so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Resolves when its error output holds a text; throws when it ends before. */
  said(text: string): Promise<void>;
}

/** What the emulators take for credentials. */
const emulatedCredentials: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: "AKIACOSELLPARTNERONE",
  AWS_SECRET_ACCESS_KEY: "emulated",
  COSELL_SF_TOKEN: "emulator-access-token",
};

/** Starts `cosell` in a folder. */
export function startProgram(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Program {
  const flags = ["--conditions=cosell-source", "--disable-warning=ExperimentalWarning"];
  const child = spawn(process.execPath, [...flags, join(root, "packages/cli/src/main.ts"), ...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"] ?? "", HOME: folder, ...emulatedCredentials, ...environment },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = once(child, "close").then(([code]) => code as number | null);
  return {
    process: child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    said: async (text) => {
      const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
      while (!stderr.includes(text)) {
        if (isOver()) throw new Error(`cosell ${args.join(" ")} ended:\n${stderr}${stdout}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

/** Ends a program by SIGTERM and waits for it. */
export async function stopProgram({ process: child, ended }: Program): Promise<number | null> {
  child.kill("SIGTERM");
  return ended;
}
