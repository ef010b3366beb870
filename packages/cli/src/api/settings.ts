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
  /** One of `partnerCentrals`. */
  readonly partnerCentral?: string;
}

/** The configuration that is looked for when none is named; it may be absent. */
const usualFile = "cosell.yaml";

/**
 * Where a call goes: the flags, then the configuration, where there is one. The input may name the catalog as well, but
 * nobody may contradict: a call meant for the Sandbox never reaches production.
 * @throws UsageError when no catalog is named, or the input names another, or several accounts are configured and none is named
 */
export async function settingsFor(
  { options, environment }: CommandContext,
  flags: SettingFlags,
  input: JsonObject,
  { needsCatalog = true }: { readonly needsCatalog?: boolean } = {},
): Promise<{ readonly settings: Settings; readonly secrets: readonly string[] }> {
  const configured =
    options.config !== usualFile || existsSync(usualFile)
      ? await loadConfiguration(options.config, environment)
      : undefined;
  const account = configured && accountOf(configured, flags.partnerCentral);
  const named = catalogOf(input["Catalog"]);
  // Without need of a catalog none is sent, so that any will do.
  const catalog = flags.catalog ?? account?.catalog ?? named ?? (needsCatalog ? undefined : "Sandbox");
  if (catalog === undefined) {
    throw new UsageError("Say which catalog is meant: --catalog Sandbox or --catalog AWS, or name a configuration.");
  }
  if (named !== undefined && named !== catalog) {
    throw new UsageError(`The input names the catalog ${named}, but ${catalog} is in use. Make them agree.`);
  }
  const region = flags.region ?? account?.region ?? "us-east-1";
  const settings = { ...account, catalog, region };
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

function accountOf({ partnerCentrals }: Configuration, name: string | undefined): Settings {
  const names = partnerCentrals.flatMap(({ name: one = "" }) => (one === "" ? [] : [one])).join(", ");
  const [only, ...others] = partnerCentrals.filter((account) => name === undefined || account.name === name);
  if (only !== undefined && others.length === 0) return only;
  throw new UsageError(
    `Say which partner account is meant with --partner-central: ${names || "the configuration names none"}.`,
  );
}
