import { type Connector, FailureError } from "@cosell/connector";
import { dirname } from "node:path";
import { connectorNames } from "../configuration/connectors.ts";
import { findConnector } from "../configuration/find-connector.ts";
import { type ConfigurationOutline, readOutline } from "../configuration/outline.ts";
import type { GlobalOptions } from "../program/command.ts";
import { hasConfiguration } from "./has-configuration.ts";
import { shownPath } from "./read-mapping.ts";

/** The connector of a mapping, or why there is none. */
export type MappingConnector =
  { readonly connector: Connector } | { readonly connector?: undefined; readonly problem: string };

/** Finds the connector that a mapping names. `file` is the mapping's own path. */
export type FindMappingConnector = (name: string, file: string) => Promise<MappingConnector>;

/** Where a connector is known already. */
export const knownConnector =
  (connector: Connector): FindMappingConnector =>
  async () => ({ connector });

/**
 * Finds connectors for commands that talk to no CRM: the package that was named, else what the configuration has for the
 * mapping's sync or under the mapping's word, else one that comes with Cosell, else a package whose name says that it is
 * the one, where the mapping lies or above.
 */
export function findMappingConnector({ config }: Pick<GlobalOptions, "config">, named?: string): FindMappingConnector {
  let outline: Promise<ConfigurationOutline | undefined> | undefined;
  return async (name, file) => {
    if (named !== undefined) return namedConnector(named, name);
    outline ??= hasConfiguration({ config }) ? readOutline(config) : Promise.resolve(undefined);
    const configuration = await outline;
    const absent: string[] = [];
    const broken: string[] = [];
    for (const { as, folder } of places(name, file, configuration)) {
      const found = await findConnector(as, folder);
      if (found.connector?.name === name || (found.connector !== undefined && as === name)) return found;
      if (found.connector !== undefined) continue;
      if (found.code !== "connector-not-installed") broken.push(found.problem);
      else if (configuration?.connectors.includes(as) === true) absent.push(found.problem);
    }
    // One that is there and cannot be used may well be the one that is meant.
    const problem = broken.length > 0 ? broken : [nothingFound(name, file, configuration), ...absent];
    return { problem: problem.join(" ") };
  };
}

/** @throws FailureError `config` when there is no such package */
async function namedConnector(named: string, name: string): Promise<MappingConnector> {
  const found = await findConnector(named, process.cwd());
  if (found.connector === undefined) throw new FailureError({ kind: "config", message: found.problem });
  if (found.connector.name === name || named === name) return found;
  return { problem: `The connector of ${named} is called "${found.connector.name}", and this is for "${name}".` };
}

/** A name to try, and the folder from which packages are looked for. */
interface Place {
  readonly as: string;
  readonly folder: string;
}

function places(name: string, file: string, configuration: ConfigurationOutline | undefined): readonly Place[] {
  const folder = dirname(file);
  const own = configuration?.syncs.flatMap(({ connector, mappings }) =>
    connector !== undefined && mappings.includes(file) ? [connector] : [],
  );
  // What comes with Cosell is called by its name: it need not be loaded to be known as another's.
  const others = configuration?.connectors.filter((as) => as === name || !connectorNames.includes(as));
  const configured = configuration && [...(own ?? []), ...(others ?? [])];
  const guessed = isPackageName(name) ? [name] : packagesFor(name);
  return [
    ...(configured ?? []).map((as) => ({ as, folder: dirname(configuration?.file ?? file) })),
    ...(connectorNames.includes(name) ? [name] : guessed).map((as) => ({ as, folder })),
  ];
}

/** A plain word may be any package, which would be run to see what it is; these names say that it is a connector. */
const isPackageName = (name: string): boolean => /^@|^cosell-/.test(name);
const packagesFor = (name: string): readonly string[] => [`cosell-connector-${name}`, `@cosell/connector-${name}`];

function nothingFound(name: string, file: string, configuration: ConfigurationOutline | undefined): string {
  const looked = [
    `Cosell comes with ${connectorNames.join(", ")}`,
    ...(configuration === undefined ? [] : [`no connection of ${shownPath(configuration.file)} has it`]),
    `${isPackageName(name) ? "no such package is" : `neither ${packagesFor(name).join(" nor ")} is`} installed where ${dirname(file)} finds packages`,
  ];
  return `No connector is called "${name}": ${looked.join("; ")}. Install its package there, or name the package with --connector.`;
}
