import { Secret, type Connector } from "@cosell/connector";
import type { Finding } from "@cosell/core";
import { dirname, resolve } from "node:path";
import type { ConfiguredConnection } from "./configuration.ts";
import { connectorNames } from "./connectors.ts";
import { findConnector } from "./find-connector.ts";
import { unknownKey, valueFindings } from "./schema-findings.ts";
import { closest } from "./suggestion.ts";
import type { YamlSource } from "./yaml-source.ts";

/** The connections of a configuration whose connector accepts them; what is wrong with the others goes to `findings`. */
export async function connectConfigurations(
  source: YamlSource,
  findings: Finding[],
): Promise<{ connections: ReadonlyMap<string, ConfiguredConnection>; secrets: readonly string[] }> {
  const connections = new Map<string, ConfiguredConnection>();
  const secrets: string[] = [];
  for (const [name, members] of Object.entries(membersOf(membersOf(source.data)["connections"]))) {
    const { connector: connectorName, ...own } = membersOf(members);
    if (typeof connectorName !== "string") continue;
    const path = ["connections", name];
    const found = await connectorFor(source, [...path, "connector"], connectorName);
    if ("finding" in found) {
      findings.push(found.finding);
      continue;
    }
    const { connector } = found;
    const wrapped = wrapSecrets(connector, resolvePaths(connector, own, dirname(source.file)));
    secrets.push(...wrapped.values);
    const result = await connector.config["~standard"].validate(wrapped.config);
    if (result.issues === undefined) {
      connections.set(name, { name, connector, config: result.value });
      continue;
    }
    // A member without a value makes the whole look wrong as well: that is one finding, not two.
    const incomplete = Object.keys(own).some((member) => source.unresolved([...path, member]));
    const issues = result.issues.filter((issue) => !incomplete || (issue.path?.length ?? 0) > 0 || "keys" in issue);
    findings.push(...issues.flatMap((issue) => issueFindings(source, path, issue)));
  }
  return { connections, secrets };
}

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** A connector that comes with the command, or one that is installed beside the configuration. */
async function connectorFor(
  source: YamlSource,
  path: readonly string[],
  name: string,
): Promise<{ readonly connector: Connector } | { readonly finding: Finding }> {
  const found = await findConnector(name, dirname(source.file));
  if (found.connector !== undefined) return found;
  const { code, problem } = found;
  // A plain word that no package answers to was meant for one of ours.
  if (code === "connector-not-installed" && !/[@/]|^cosell-/.test(name))
    return { finding: unknownConnector(source, path, name) };
  return { finding: source.finding(path, { severity: "error", code, message: problem }) };
}

function unknownConnector(source: YamlSource, path: readonly string[], name: string): Finding {
  const suggestion = closest(name, connectorNames);
  return source.finding(path, {
    severity: "error",
    code: "unknown-connector",
    message: `No connector is called "${name}"; there is ${connectorNames.join(", ")}, and any package that is installed beside this file.`,
    ...(suggestion !== undefined && { suggestion }),
  });
}

/** Paths count from the configuration file. */
function resolvePaths(
  { paths = [] }: Connector,
  members: Readonly<Record<string, unknown>>,
  folder: string,
): Readonly<Record<string, unknown>> {
  const place = (name: string, value: unknown): unknown =>
    typeof value === "string" && value !== "" && paths.includes(name) ? resolve(folder, value) : value;
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, place(name, value)]));
}

/** Secrets are wrapped before anyone can print them; only their plain values are kept, to be hidden in logs. */
function wrapSecrets(
  connector: Connector,
  members: Readonly<Record<string, unknown>>,
): { config: Readonly<Record<string, unknown>>; values: readonly string[] } {
  const values: string[] = [];
  const wrap = (name: string, value: unknown): unknown => {
    if (typeof value !== "string" || !connector.secrets.includes(name)) return value;
    values.push(value);
    return new Secret(value);
  };
  const config = Object.fromEntries(Object.entries(members).map(([name, value]) => [name, wrap(name, value)]));
  return { config, values };
}

interface ConnectorIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  /** zod names the keys that it does not know; other libraries put the key at the end of `path`. */
  readonly code?: string;
  readonly keys?: readonly string[];
}

function issueFindings(source: YamlSource, connection: readonly string[], issue: ConnectorIssue): readonly Finding[] {
  const path = [...connection, ...(issue.path ?? []).map((step) => (typeof step === "object" ? step.key : step))];
  return issue.code === "unrecognized_keys" && issue.keys !== undefined
    ? issue.keys.map((key) => unknownKey(source, [...path, key], []))
    : valueFindings(source, path, issue.message);
}
