import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { loadConfiguration } from "../configuration/load.ts";
import { UsageError } from "../failure/findings-error.ts";
import type { CommandContext } from "../program/command.ts";
import { caseFile } from "./case-file.ts";
import { hasConfiguration } from "./has-configuration.ts";

/**
 * The mappings that have golden cases: those of the configuration's syncs, or, where there is no configuration, those in
 * this folder and in `mappings`. @throws UsageError when there are none
 */
export async function mappingsToTest({ options, environment }: CommandContext): Promise<readonly string[]> {
  const candidates = hasConfiguration(options)
    ? Object.values((await loadConfiguration(options.config, environment)).syncs).map(({ mapping }) => mapping)
    : [...(await mappingsIn(".")), ...(await mappingsIn("mappings"))];
  const found = [...new Set(candidates)].filter((file) => existsSync(caseFile(file)));
  if (found.length > 0) return found;
  throw new UsageError("No mapping here has golden cases: name one, or write <mapping>.cases.yaml beside it.");
}

async function mappingsIn(folder: string): Promise<readonly string[]> {
  const names = existsSync(folder) ? await readdir(folder) : [];
  return names
    .filter((name) => /(?<!\.cases)\.yaml$/.test(name))
    .toSorted()
    .map((name) => resolve(join(folder, name)));
}
