import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { textOf } from "../read-mapping.ts";

const ofMappings = /^# yaml-language-server: \$schema=(\S*mapping\.v\d+\.json)\s*$/m;

/**
 * The line by which editors find the schema of a mapping in this folder: as in the mappings that are there already or that
 * the configuration names; where there are none, to the schema that is installed. `undefined` when the others have no
 * such line, or nothing is installed.
 */
export async function schemaLine(folder: string, named: readonly string[]): Promise<string | undefined> {
  const others = [...(await mappingsIn(folder)), ...named].map((file) => ({ file, text: textOf(file) ?? "" }));
  for (const { file, text } of others) {
    const schema = ofMappings.exec(text)?.[1];
    if (schema !== undefined) return lineFor(isAddress(schema) ? schema : from(folder, resolve(dirname(file), schema)));
  }
  const installed = others.length > 0 ? undefined : installedSchema(folder);
  return installed && lineFor(from(folder, installed));
}

const lineFor = (schema: string): string => `# yaml-language-server: $schema=${schema}`;
const isAddress = (schema: string): boolean => /^[a-z][a-z+.-]+:/.test(schema);
const from = (folder: string, file: string): string => relative(folder, file).split(sep).join("/");

async function mappingsIn(folder: string): Promise<readonly string[]> {
  const names = existsSync(folder) ? await readdir(folder) : [];
  const files = names.filter((name) => /(?<!\.cases)\.ya?ml$/.test(name)).toSorted();
  return files.map((name) => join(folder, name)).filter((file) => /^(crm|extends):/m.test(textOf(file) ?? ""));
}

function installedSchema(folder: string): string | undefined {
  for (let place = folder; ; place = dirname(place)) {
    const file = join(place, "node_modules/@cosell/core/schema/mapping.v1.json");
    if (existsSync(file)) return file;
    if (place === dirname(place)) return undefined;
  }
}
