import { Command, Option } from "commander";
import type { Act, CommandDefinition } from "./command.ts";

interface CommandEntry {
  /** Name and arguments, as commander takes them. */
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<CommandDefinition>;
}

/** Every command, in the order in which a newcomer meets them. A command's file is read only when it is asked for. */
const entries: readonly CommandEntry[] = [
  {
    name: "demo",
    summary: "see the whole thing work, without any account",
    load: async () => (await import("../commands/demo.ts")).defineDemo,
  },
  {
    name: "check",
    summary: "check the configuration, the mappings and the connections",
    load: async () => (await import("../commands/check.ts")).defineCheck,
  },
  {
    name: "preview <record>",
    summary: "show what one CRM record would become at AWS",
    load: async () => (await import("../commands/preview.ts")).definePreview,
  },
  {
    name: "ready <record>",
    summary: "tell what a deal still needs before it can be submitted",
    load: async () => (await import("../commands/ready.ts")).defineReady,
  },
  {
    name: "plan",
    summary: "show what a sync would do now and what it costs",
    load: async () => (await import("../commands/plan.ts")).definePlan,
  },
  {
    name: "sync",
    summary: "bring the CRM and AWS Partner Central in step",
    load: async () => (await import("../commands/sync.ts")).defineSync,
  },
  {
    name: "worker",
    summary: "keep the CRM and AWS Partner Central in step, continuously",
    load: async () => (await import("../commands/worker.ts")).defineWorker,
  },
  {
    name: "status",
    summary: "show how the deals stand",
    load: async () => (await import("../commands/status.ts")).defineStatus,
  },
  {
    name: "conflicts",
    summary: "show the fields that both sides changed, and settle them",
    load: async () => (await import("../commands/conflicts.ts")).defineConflicts,
  },
  {
    name: "deferred",
    summary: "show what waits until AWS opens a field",
    load: async () => (await import("../commands/deferred.ts")).defineDeferred,
  },
  {
    name: "held",
    summary: "show what is not sent as it is, deal by deal, and why",
    load: async () => (await import("../commands/held.ts")).defineHeld,
  },
  {
    name: "failures",
    summary: "list the deals that failed, by cause",
    load: async () => (await import("../commands/failures.ts")).defineFailures,
  },
  {
    name: "replay [records...]",
    summary: "try failed deals again, after their cause was mended",
    load: async () => (await import("../commands/replay.ts")).defineReplay,
  },
  {
    name: "invitations",
    summary: "list, accept and reject what AWS offers",
    load: async () => (await import("../commands/invitations.ts")).defineInvitations,
  },
  {
    name: "history <record>",
    summary: "tell what happened to one deal, and why",
    load: async () => (await import("../commands/history.ts")).defineHistory,
  },
  {
    name: "undo <entry>",
    summary: "write back what one write of the journal had replaced",
    load: async () => (await import("../commands/undo.ts")).defineUndo,
  },
  {
    name: "drift",
    summary: "compare both sides field by field and say why they differ",
    load: async () => (await import("../commands/drift.ts")).defineDrift,
  },
  {
    name: "adopt",
    summary: "link what exists on both sides already",
    load: async () => (await import("../commands/adopt.ts")).defineAdopt,
  },
  {
    name: "pause <name>",
    summary: "let a sync, a connection or a field stand still",
    load: async () => (await import("../commands/pause.ts")).definePause,
  },
  {
    name: "resume <name>",
    summary: "end a pause",
    load: async () => (await import("../commands/resume.ts")).defineResume,
  },
  {
    name: "mapping",
    summary: "work on a mapping file",
    load: async () => (await import("../commands/mapping.ts")).defineMapping,
  },
  {
    name: "state",
    summary: "look at the state, move it, thin its journal",
    load: async () => (await import("../commands/state.ts")).defineState,
  },
  {
    name: "api [operation]",
    summary: "call one operation of Partner Central, checked before it is sent",
    load: async () => (await import("../commands/api.ts")).defineApi,
  },
  {
    name: "workflow",
    summary: "go a whole way through Partner Central, step by step",
    load: async () => (await import("../commands/workflow.ts")).defineWorkflow,
  },
  {
    name: "new-connector <name> [folder]",
    summary: "start a connector for another CRM",
    load: async () => (await import("../commands/new-connector.ts")).defineNewConnector,
  },
  {
    name: "completion <shell>",
    summary: "print a script that completes commands and operations in your shell",
    load: async () => (await import("../commands/completion.ts")).defineCompletion,
  },
  {
    name: "emulator",
    summary: "run Partner Central, its events and the CRMs on this machine",
    load: async () => (await import("../commands/emulator.ts")).defineEmulator,
  },
];

/** The `cosell` command. It neither writes to the process nor ends it: `configureOutput` and exceptions tell the caller. */
export function createProgram(version: string, act: Act): Command {
  const program = new Command("cosell")
    .description("Keeps a CRM and AWS Partner Central in step, both ways.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .option("-c, --config <file>", "configuration file", "cosell.yaml")
    .option("--json", "print one JSON document and nothing else")
    .addOption(
      new Option("--log-level <level>", "how much to log on standard error")
        .choices(["error", "warn", "info", "debug"])
        .default("warn"),
    )
    .addOption(
      new Option("--log-format <format>", "how a log line looks").choices(["json", "pretty"]).default("pretty"),
    )
    .addHelpText(
      "after",
      "\nStart with `cosell demo`. Exit codes: 0 done, 1 something needs a person, 2 wrong usage or configuration.",
    );
  const loaders = new Map<Command, CommandEntry["load"]>();
  for (const { name, summary, load } of entries) {
    loaders.set(
      program
        .command(name)
        .summary(summary)
        .description(`${capital(summary)}.`),
      load,
    );
  }
  return program.hook("preSubcommand", async (_program, command) => {
    const define = await loaders.get(command)?.();
    define?.(command, act);
  });
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
