import { FailureError } from "@cosell/connector";
import type { Finding } from "@cosell/core";
import { access, readFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { FindingsError } from "../failure/findings-error.ts";
import type { Configuration, ConfiguredConnection, ConfiguredSync } from "./configuration.ts";
import { connectConfigurations } from "./connections.ts";
import { environmentTag } from "./environment-tag.ts";
import { partnerAccounts, type PartnerAccounts } from "./partner-accounts.ts";
import { refuseSecondTakers, resolveInvitations } from "./resolve-invitations.ts";
import { findingsOf } from "./schema-findings.ts";
import { configurationSchema, type RawConfiguration } from "./schema.ts";
import { closest } from "./suggestion.ts";
import { stateSecrets, stateUrl } from "./state-url.ts";
import { workerSettings } from "./worker-schema.ts";
import { readYaml, type YamlSource } from "./yaml-source.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads, checks and completes the configuration file.
 * @throws FindingsError with everything that is wrong with it; FailureError `config` when there is no such file
 */
export async function loadConfiguration(path: string, environment: Environment): Promise<Configuration> {
  const file = resolve(path);
  const source = readYaml(file, await readText(file), [environmentTag(environment)]);
  if (source.data === undefined) throw refusal(source.findings);
  const parsed = configurationSchema.safeParse(source.data);
  const findings = [...source.findings, ...(parsed.success ? [] : findingsOf(source, parsed.error.issues))];
  const { connections, secrets } = await connectConfigurations(source, findings);
  if (!parsed.success) throw refusal(findings);
  const accounts = partnerAccounts(source, parsed.data, findings);
  const syncs = await resolveSyncs(source, parsed.data, connections, accounts, findings);
  const [partnerCentral] = accounts.accounts;
  if (findings.length > 0 || partnerCentral === undefined) throw refusal(findings);
  const { state } = parsed.data;
  const { worker, queue, secrets: workerSecrets } = workerSettings(parsed.data.worker, parsed.data.queue);
  return {
    file,
    partnerCentral,
    partnerCentrals: accounts.accounts,
    state: { url: stateUrl(state.url, dirname(file)) },
    connections: Object.fromEntries(connections),
    syncs,
    ...{ worker, queue },
    secrets: [...secrets, ...accounts.secrets, ...stateSecrets(state.url), ...workerSecrets],
  };
}

/** The text of a configuration. @throws FailureError `config` when it cannot be read */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const place = relative(process.cwd(), file);
    const message = `There is no readable configuration at ${place}. Write one there, or name another with --config.`;
    throw new FailureError({ kind: "config", message }, { cause });
  }
}

function refusal(findings: readonly Finding[]): FindingsError {
  const sorted = findings.toSorted((left, right) => left.line - right.line || left.column - right.column);
  return new FindingsError("The configuration cannot be used as it is.", sorted);
}

async function resolveSyncs(
  source: YamlSource,
  raw: RawConfiguration,
  connections: ReadonlyMap<string, ConfiguredConnection>,
  accounts: PartnerAccounts,
  findings: Finding[],
): Promise<Readonly<Record<string, ConfiguredSync>>> {
  const known = Object.keys(raw.connections);
  const syncs: Record<string, ConfiguredSync> = {};
  for (const [name, sync] of Object.entries(raw.syncs)) {
    const mapping = resolve(dirname(source.file), sync.mapping);
    if (!(await exists(mapping))) {
      const message = `There is no readable file "${sync.mapping}" (paths count from the configuration file).`;
      findings.push(source.finding(["syncs", name, "mapping"], { severity: "error", code: "missing-file", message }));
    }
    if (!known.includes(sync.connection)) {
      const suggestion = closest(sync.connection, known);
      findings.push(
        source.finding(["syncs", name, "connection"], {
          severity: "error",
          code: "unknown-connection",
          message: `No connection is called "${sync.connection}"; there ${known.length === 1 ? "is" : "are"} ${known.join(", ") || "none"}.`,
          ...(suggestion !== undefined && { suggestion }),
        }),
      );
    }
    const connection = connections.get(sync.connection);
    const partnerCentral = accounts.accountOf(name);
    if (connection !== undefined && partnerCentral !== undefined) {
      const invitations = await resolveInvitations(source, name, sync, findings);
      const { retention } = raw.state;
      syncs[name] = { name, connection, partnerCentral, mapping, direction: sync.direction, invitations, retention };
    }
  }
  refuseSecondTakers(source, Object.values(syncs), findings);
  return syncs;
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
