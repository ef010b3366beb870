import type { CompiledMapping } from "@cosell/core";
import type { Pause } from "@cosell/state";
import type { Configuration, ConfiguredSync } from "../configuration/configuration.ts";
import { closest } from "../configuration/suggestion.ts";
import { UsageError } from "../failure/findings-error.ts";

/** How the command line says what is to stand still. */
export interface PauseFlags {
  readonly field?: string;
  readonly connection?: boolean;
}

/** What a name and its flags mean. @throws UsageError for what the configuration or the mapping does not have */
export async function pausesMeant(
  { syncs, connections }: Configuration,
  name: string,
  { field, connection = false }: PauseFlags,
  mappingOf: (sync: ConfiguredSync) => Promise<CompiledMapping>,
): Promise<Pick<Pause, "scope" | "name" | "path">> {
  const sync = Object.hasOwn(syncs, name) ? syncs[name] : undefined;
  const isConnection = Object.hasOwn(connections, name);
  if (sync === undefined && !isConnection) {
    const known = [...Object.keys(syncs), ...Object.keys(connections)];
    const suggestion = closest(name, known);
    const hint = suggestion === undefined ? `There are: ${known.join(", ")}.` : `Did you mean ${suggestion}?`;
    throw new UsageError(`Neither a sync nor a connection is called "${name}". ${hint}`);
  }
  if (sync !== undefined && isConnection && !connection && field === undefined) {
    throw new UsageError(`Both a sync and a connection are called "${name}": add --connection, or name another sync.`);
  }
  if (sync === undefined || connection) {
    if (!isConnection) throw new UsageError(`No connection is called "${name}".`);
    if (field !== undefined) throw new UsageError("Fields belong to a sync: name the sync, not its connection.");
    return { scope: "connection", name, path: "" };
  }
  return { scope: "sync", name, path: field === undefined ? "" : pathNamed(field, await mappingOf(sync)) };
}

/** The AWS path that a person means, by itself or by a CRM field behind it. */
function pathNamed(field: string, mapping: CompiledMapping): string {
  const paths = [...mapping.outbound.keys()];
  const wanted = field.toLowerCase();
  const exact = paths.find((path) => path.toLowerCase() === wanted);
  if (exact !== undefined) return exact;
  const behind = paths.filter((path) =>
    (mapping.outbound.get(path)?.sources ?? []).some((source) => source.toLowerCase() === wanted),
  );
  const [only, ...others] = behind;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined) throw new UsageError(`${field} feeds several AWS fields: name one of ${behind.join(", ")}.`);
  const suggestion = closest(field, paths);
  throw new UsageError(
    `The mapping sends no field ${field}.${suggestion === undefined ? "" : ` Did you mean ${suggestion}?`}`,
  );
}
