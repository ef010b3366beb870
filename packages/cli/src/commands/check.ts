import { type ConnectionCheck, failureOf } from "@cosell/connector";
import type { Finding } from "@cosell/core";
import type { Pause } from "@cosell/state";
import { existsSync } from "node:fs";
import type { Configuration, ConfiguredConnection } from "../configuration/configuration.ts";
import { loadConfiguration } from "../configuration/load.ts";
import { FindingsError } from "../failure/findings-error.ts";
import { checkInvitations } from "../mapping/check-invitations.ts";
import { checkMappingFile, type SchemaFor } from "../mapping/check-file.ts";
import { knownConnector } from "../mapping/find-mapping-connector.ts";
import { readSnapshot, snapshotFile } from "../mapping/schema-snapshot.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../program/command.ts";
import { examples } from "../program/usage.ts";
import { openStore } from "../session/open-store.ts";
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
  /** What stands still on request. */
  readonly pauses: readonly Pause[];
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
    "findings" in loaded ? { findings: loaded.findings, connections: [], pauses: [] } : await checkAll(context, loaded);
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
      const schemaFor = schemasOf(tried.get(sync.connection));
      const find = knownConnector(sync.connection.connector);
      for (const file of [sync.mapping, ...(sync.invitations?.records ?? []).map(({ mapping }) => mapping)]) {
        findings.push(...(await checkMappingFile(file, { schemaFor: schemaFor(file), find })));
      }
      findings.push(...(await checkInvitations(sync, schemaFor(sync.mapping))));
    }
    const sides = [...tried].map(([{ name }, { check: result }]) => ({ name, check: result }));
    const accounts: SideCheck[] = [];
    for (const account of configuration.partnerCentrals) {
      const name = account.name === undefined ? "Partner Central" : `Partner Central ${account.name}`;
      accounts.push({ name, check: await checkPartnerCentral(account, surroundings) });
    }
    const pauses = await standingPauses(context, configuration);
    return { findings, connections: [...accounts, ...sides], pauses };
  } finally {
    for (const { close } of tried.values()) await close();
  }
}

/** The CRM's own schema for a mapping file, else the one that is saved beside it. */
function schemasOf(live: TriedConnection | undefined): (file: string) => SchemaFor {
  return (file) => async (document) => {
    const connector = document.crm.connector.text;
    const object = document.crm.object.text;
    try {
      const described = await live?.schema(document);
      // A mapping that calls the CRM by another name is told so, and checked against the CRM that it is used with.
      return described === undefined
        ? await readSnapshot(snapshotFile(file, connector, object))
        : { ...described, connector };
    } catch (error) {
      if (failureOf(error)?.kind !== "missing") throw error;
      return { connector, object, objects: {} };
    }
  };
}

/** A check makes no state: where there is none yet, nothing is paused. */
async function standingPauses(context: CommandContext, configuration: Configuration): Promise<readonly Pause[]> {
  const { url } = configuration.state;
  const file = url.startsWith("sqlite:") ? url.slice("sqlite:".length) : undefined;
  if (file !== undefined && !existsSync(file)) return [];
  const logger = await context.logger(configuration.secrets);
  const store = await openStore(configuration, { logger, clock: context.clock });
  try {
    return await store.pauses();
  } finally {
    await store.close();
  }
}
