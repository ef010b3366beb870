import { FailureError } from "@cosell/connector";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { shownPath } from "../mapping/read-mapping.ts";

/** A package to be written. */
export interface Scaffold {
  /** In small letters, digits and hyphens: `acme-crm`. */
  readonly name: string;
  /** Where it goes; made when it is missing. */
  readonly folder: string;
}

/** As sources, beside the compiled command as well. */
const packageFolder = join(import.meta.dirname, "../..");
const templates = join(packageFolder, "src/new-connector/template");

/** What the new package is built and tested with. */
const tools = { typescriptVersion: "7.0.2", nodeTypesVersion: "24.19.2" };

/**
 * Writes a new connector's package: it compiles, and its tests fail until it is filled in.
 *
 * @returns the files written, from the folder
 * @throws FailureError `config` when one of them is there already (nothing is written then), or the folder cannot be written to
 */
export async function scaffoldConnector({ name, folder }: Scaffold): Promise<readonly string[]> {
  const words = await wordsFor(name);
  const files = readdirSync(templates, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(templates, join(entry.parentPath, entry.name)))
    .sort()
    .map((template) => ({ template, path: pathOf(template, name) }));
  const standing = files.filter(({ path }) => existsSync(join(folder, path))).map(({ path }) => path);
  if (standing.length > 0) {
    const message = `${shownPath(folder)} has ${standing.join(", ")} already, and nothing is overwritten: choose another folder.`;
    throw new FailureError({ kind: "config", message });
  }
  try {
    for (const { template, path } of files) {
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      // `wx`: nothing is overwritten, also if it came in the meantime.
      await writeFile(target, filled(await readFile(join(templates, template), "utf8"), words), { flag: "wx" });
    }
  } catch (cause) {
    const message = `${shownPath(folder)} cannot be written to: check the path and the permission.`;
    throw new FailureError({ kind: "config", message }, { cause });
  }
  return files.map(({ path }) => path);
}

/** The package's name, by which a configuration finds it. */
export const packageNameOf = (name: string): string => `cosell-connector-${name}`;

const pathOf = (template: string, name: string): string =>
  template.replace(/\.txt$/, "").replace("name-id.ts", `${name}-id.ts`);

async function wordsFor(name: string): Promise<Readonly<Record<string, string>>> {
  const own = JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8")) as {
    readonly version: string;
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const capitals = name.split("-").map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  return {
    ...tools,
    name,
    package: packageNameOf(name),
    title: capitals.join(" "),
    pascal: capitals.join(""),
    upper: name.toUpperCase().replaceAll("-", "_"),
    cosellVersion: own.dependencies["@cosell/connector"] ?? own.version,
    zodVersion: own.dependencies["zod"] ?? "4",
  };
}

function filled(text: string, words: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (whole, word: string) => words[word] ?? whole);
}
