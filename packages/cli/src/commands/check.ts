import type { ConnectionCheck } from "@cosell/connector";
import type { Finding } from "@cosell/core";
import type { Configuration, ConfiguredConnection } from "../configuration/configuration.ts";
import { loadConfiguration } from "../configuration/load.ts";
import { FindingsError } from "../failure/findings-error.ts";
import { checkMappingFile } from "../mapping/check-file.ts";
import { readSnapshot, snapshotFile } from "../mapping/schema-snapshot.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../program/command.ts";
import { examples } from "../program/usage.ts";
import { checkPartnerCentral, tryConnection, type TriedConnection } from "../session/try-connections.ts";
import { renderCheck } from "../views/check.ts";

/** One side that was tried. */
export interface SideCheck {
  /** `Partner Central`, or the connection's name. */
  readonly name: string;
  readonly check: ConnectionCheck;
}

/** What `cosell check` found. */
export interface CheckReport {
  readonly findings: readonly Finding[];
  readonly connections: readonly SideCheck[];
}

/** `cosell check`: everything that can be known before anything is written anywhere. */
export const defineCheck: CommandDefinition = (command, act) => {
  command
    .addHelpText("after", examples("cosell check", "cosell check --config sandbox/cosell.yaml --json"))
    .action(() => act(check));
};

async function check(context: CommandContext): Promise<ExitCode> {
  const { terminal, options, environment } = context;
  const loaded = await loadOrFindings(options.config, environment);
  const report =
    "findings" in loaded ? { findings: loaded.findings, connections: [] } : await checkAll(context, loaded);
  if (terminal.json) terminal.document(report);
  else terminal.line(renderCheck(terminal, report));
  if (report.findings.some(({ severity }) => severity === "error")) return 2;
  return report.connections.every((side) => side.check.ok) ? 0 : 1;
}

async function loadOrFindings(
  file: string,
  environment: CommandContext["environment"],
): Promise<Configuration | { readonly findings: readonly Finding[] }> {
  try {
    return await loadConfiguration(file, environment);
  } catch (error) {
    if (error instanceof FindingsError) return { findings: error.findings };
    throw error;
  }
}

async function checkAll(context: CommandContext, configuration: Configuration): Promise<CheckReport> {
  const logger = await context.logger(configuration.secrets);
  const surroundings = { clock: context.clock, logger, signal: context.signal };
  const tried = new Map<ConfiguredConnection, TriedConnection>();
  try {
    for (const connection of Object.values(configuration.connections)) {
      tried.set(connection, await tryConnection(connection, surroundings));
    }
    const findings: Finding[] = [];
    for (const sync of Object.values(configuration.syncs)) {
      const live = tried.get(sync.connection);
      findings.push(
        ...(await checkMappingFile(sync.mapping, async (document) => {
          const { connector, object } = document.crm;
          const described = await live?.schema(document);
          return described ?? readSnapshot(snapshotFile(sync.mapping, connector.text, object.text));
        })),
      );
    }
    const sides = [...tried].map(([{ name }, { check: result }]) => ({ name, check: result }));
    const aws = await checkPartnerCentral(configuration, surroundings);
    return { findings, connections: [{ name: "Partner Central", check: aws }, ...sides] };
  } finally {
    for (const { close } of tried.values()) await close();
  }
}
