import type { Configuration, ConfiguredSync } from "../configuration/configuration.ts";
import { UsageError } from "../failure/findings-error.ts";

/** The sync that is meant: the one that is named, or the only one there is. @throws UsageError naming what there is */
export function chooseSync({ syncs }: Configuration, name: string | undefined): ConfiguredSync {
  const names = Object.keys(syncs);
  if (name !== undefined) {
    const named = Object.hasOwn(syncs, name) ? syncs[name] : undefined;
    if (named !== undefined) return named;
    throw new UsageError(`No sync is called "${name}"; the configuration has ${names.join(", ") || "none"}.`);
  }
  const [only, ...others] = Object.values(syncs);
  if (only === undefined) throw new UsageError("The configuration has no sync: add one under `syncs`.");
  if (others.length === 0) return only;
  throw new UsageError(`Say which sync is meant with --sync: ${names.join(", ")}.`);
}

/** The syncs that are meant: the one that is named, or all. @throws UsageError naming what there is */
export function chooseSyncs(configuration: Configuration, name: string | undefined): readonly ConfiguredSync[] {
  const all = Object.values(configuration.syncs);
  return name === undefined && all.length > 1 ? all : [chooseSync(configuration, name)];
}
