import { dirname, resolve } from "node:path";
import { FindingsError } from "../failure/findings-error.ts";
import { environmentTag } from "./environment-tag.ts";
import { readText } from "./load.ts";
import { readYaml } from "./yaml-source.ts";

/** One sync, as far as it is written. */
interface SyncOutline {
  /** What its connection has as `connector`. */
  readonly connector: string | undefined;
  /** Absolute paths of its mapping and of those of its invitations. */
  readonly mappings: readonly string[];
}

/** What a configuration names. */
export interface ConfigurationOutline {
  /** Absolute path of the file. */
  readonly file: string;
  /** What its connections have as `connector`, each once. */
  readonly connectors: readonly string[];
  readonly syncs: readonly SyncOutline[];
}

/**
 * Reads what a configuration names, without its secrets and without judging it: for commands about mappings, which work
 * where the sync's environment is not at hand.
 * @throws FindingsError when it is no YAML; FailureError `config` when there is no such file
 */
export async function readOutline(path: string): Promise<ConfigurationOutline> {
  const file = resolve(path);
  const { data, findings } = readYaml(file, await readText(file), [environmentTag({})]);
  if (data === undefined) throw new FindingsError("The configuration cannot be read.", findings);
  const connections = memberOf(data, "connections");
  const connectorOf = (connection: unknown): string | undefined => textOf(memberOf(connection, "connector"));
  const pathsOf = (mappings: readonly unknown[]): readonly string[] =>
    mappings.flatMap((mapping) => {
      const written = textOf(mapping) ?? textOf(memberOf(mapping, "mapping"));
      return written === undefined ? [] : [resolve(dirname(file), written)];
    });
  return {
    file,
    connectors: [...new Set(valuesOf(connections).flatMap((connection) => connectorOf(connection) ?? []))],
    syncs: valuesOf(memberOf(data, "syncs")).map((sync) => ({
      connector: connectorOf(memberOf(connections, textOf(memberOf(sync, "connection")) ?? "")),
      mappings: pathsOf([memberOf(sync, "mapping"), ...valuesOf(memberOf(memberOf(sync, "invitations"), "mappings"))]),
    })),
  };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

const valuesOf = (value: unknown): readonly unknown[] =>
  typeof value === "object" && value !== null ? Object.values(value) : [];

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
