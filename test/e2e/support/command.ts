import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunningEmulators } from "@cosell/emulator";

const root = join(import.meta.dirname, "../../..");

/** What a command left behind. `code` is null when a signal ended it. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A `cosell` that runs, from its sources. */
export interface RunningCommand {
  readonly process: ChildProcess;
  readonly ended: Promise<CommandResult>;
}

/** Starts `cosell` in a folder, with credentials that the emulators take. */
export function startCosell(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): RunningCommand {
  const child = spawn(
    process.execPath,
    [
      "--conditions=cosell-source",
      "--disable-warning=ExperimentalWarning",
      join(root, "packages/cli/src/main.ts"),
      ...args,
    ],
    {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env["PATH"] ?? "",
        HOME: folder,
        AWS_ACCESS_KEY_ID: "AKIACOSELLPARTNERONE",
        AWS_SECRET_ACCESS_KEY: "emulated",
        COSELL_SF_TOKEN: "emulator-access-token",
        ...environment,
      },
    },
  );
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return { process: child, ended };
}

/** Runs `cosell` to its end. `environment` is laid over what the emulators take. */
export function cosell(
  folder: string,
  args: readonly string[],
  environment?: Readonly<Record<string, string>>,
): Promise<CommandResult> {
  return startCosell(folder, args, environment).ended;
}

/** Writes a `cosell.yaml` for the emulators; AWS's quota is raised, as a large partner's would be. */
export function writeConfiguration(folder: string, emulators: RunningEmulators): void {
  writeFileSync(
    join(folder, "cosell.yaml"),
    `version: 1
partnerCentral:
  catalog: Sandbox
  endpoint: ${emulators.partnerCentralSelling.url}
  quotas: { read: { perSecond: 500 }, write: { perSecond: 500 } }
connections:
  crm: { connector: salesforce, instanceUrl: "${emulators.salesforce.url}", accessToken: !env COSELL_SF_TOKEN }
syncs:
  opportunities: { connection: crm, mapping: ${join(root, "mappings/salesforce.opportunity.yaml")} }
`,
  );
}
