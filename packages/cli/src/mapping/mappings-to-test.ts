import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { readOutline } from "../configuration/outline.ts";
import { UsageError } from "../failure/findings-error.ts";
import type { GlobalOptions } from "../program/command.ts";
import { counted } from "../views/value.ts";
import { caseFile, mappingOfCases } from "./case-file.ts";
import { hasConfiguration } from "./has-configuration.ts";
import { shownPath } from "./read-mapping.ts";

/**
 * The mappings that have golden cases: those of the configuration's syncs and of their invitations, and every one in the
 * configuration's folder (else this one) or below it. @throws UsageError when there are none, saying where it looked
 */
export async function mappingsToTest(options: Pick<GlobalOptions, "config">): Promise<readonly string[]> {
  const configuration = hasConfiguration(options) ? await readOutline(options.config) : undefined;
  const folder = configuration === undefined ? process.cwd() : dirname(configuration.file);
  const named = [...new Set(configuration?.syncs.flatMap(({ mappings }) => mappings))];
  const below = (await caseFilesIn(folder)).map(mappingOfCases);
  const found = [...new Set([...named.filter((mapping) => existsSync(caseFile(mapping))), ...below])];
  if (found.length > 0) return found;
  const beside =
    configuration === undefined
      ? ""
      : `beside what ${shownPath(configuration.file)} names (${counted(named.length, "mapping")}), and `;
  throw new UsageError(
    `No mapping with golden cases was found: looked for files *.cases.yaml ${beside}in ${folder} and the folders below it (hidden ones and node_modules aside). Write deals.cases.yaml beside deals.yaml, or name a mapping.`,
  );
}

/** Every file of cases in a folder and below it, by name, those of a folder before those of its folders. */
async function caseFilesIn(folder: string): Promise<readonly string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).toSorted((one, other) =>
    one.name < other.name ? -1 : 1,
  );
  const files = entries.filter((entry) => !entry.isDirectory() && entry.name.endsWith(".cases.yaml"));
  const folders = entries.filter((entry) => entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name));
  const below = await Promise.all(folders.map(({ name }) => caseFilesIn(join(folder, name))));
  return [...files.map(({ name }) => resolve(folder, name)), ...below.flat()];
}
