import type { JsonObject } from "@cosell/connector";
import { existsSync } from "node:fs";
import type { Configuration } from "../configuration/configuration.ts";
import { loadConfiguration } from "../configuration/load.ts";
import { UsageError } from "../failure/findings-error.ts";
import type { CommandContext } from "../program/command.ts";

type Settings = Configuration["partnerCentral"];

/** What the command line says about where a call goes. */
export interface SettingFlags {
  readonly catalog?: Settings["catalog"];
  readonly region?: string;
  readonly endpoint?: string;
}

/** The configuration that is looked for when none is named; it may be absent. */
const usualFile = "cosell.yaml";

/**
 * Where a call goes: the flags, then the configuration, where there is one. The input may name the catalog as well, but
 * nobody may contradict: a call meant for the Sandbox never reaches production.
 * @throws UsageError when no catalog is named, or the input names another
 */
export async function settingsFor(
  { options, environment }: CommandContext,
  flags: SettingFlags,
  input: JsonObject,
): Promise<{ readonly settings: Settings; readonly secrets: readonly string[] }> {
  const configured =
    options.config !== usualFile || existsSync(usualFile)
      ? await loadConfiguration(options.config, environment)
      : undefined;
  const named = catalogOf(input["Catalog"]);
  const catalog = flags.catalog ?? configured?.partnerCentral.catalog ?? named;
  if (catalog === undefined) {
    throw new UsageError("Say which catalog is meant: --catalog Sandbox or --catalog AWS, or name a configuration.");
  }
  if (named !== undefined && named !== catalog) {
    throw new UsageError(`The input names the catalog ${named}, but ${catalog} is in use. Make them agree.`);
  }
  const region = flags.region ?? configured?.partnerCentral.region ?? "us-east-1";
  const settings = { ...configured?.partnerCentral, catalog, region };
  return {
    settings: flags.endpoint === undefined ? settings : { ...settings, endpoint: flags.endpoint },
    secrets: configured?.secrets ?? [],
  };
}

function catalogOf(value: unknown): Settings["catalog"] | undefined {
  if (value === undefined || value === null) return undefined;
  if (value === "AWS" || value === "Sandbox") return value;
  throw new UsageError("The input's Catalog must be AWS or Sandbox.");
}
