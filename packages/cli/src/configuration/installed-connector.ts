import { type Connector, specVersion } from "@cosell/connector";
import { readFile } from "node:fs/promises";
import { createRequire, findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** A connector out of a package, or why there is none. */
export type InstalledConnector =
  | { readonly connector: Connector }
  | {
      readonly connector?: undefined;
      readonly code: "connector-not-installed" | "connector-broken" | "no-connector" | "connector-version";
      readonly problem: string;
    };

/**
 * The connector that an npm package exports as `connector`, found from the folder of the configuration upwards as Node finds
 * packages. Never throws. A default export is not looked at: a name that is the same everywhere can be searched for.
 *
 * @param name as npm knows it: `@acme/cosell-connector-x`
 */
export async function installedConnector(name: string, folder: string): Promise<InstalledConnector> {
  if (!isPackageName(name)) {
    return {
      code: "connector-not-installed",
      problem: `"${name}" is neither a connector of Cosell nor the name of a package.`,
    };
  }
  let entry: string | undefined;
  try {
    entry = await entryOf(name, folder);
  } catch (error) {
    return { code: "connector-broken", problem: `The package "${name}" cannot be loaded: ${reasonOf(error)}` };
  }
  if (entry === undefined) {
    const problem = `The package "${name}" is not installed where ${folder} finds packages: run \`npm install ${name}\` there.`;
    return { code: "connector-not-installed", problem };
  }
  let exported: Readonly<Record<string, unknown>>;
  try {
    exported = (await import(pathToFileURL(entry).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    return { code: "connector-broken", problem: `The package "${name}" fails while it is loaded: ${reasonOf(error)}` };
  }
  return judge(name, exported);
}

/** The file that an import of the package runs; `undefined` when it is not installed. */
async function entryOf(name: string, folder: string): Promise<string | undefined> {
  const from = join(folder, "cosell.yaml");
  const description = descriptionOf(name, from);
  if (description === undefined) return undefined;
  try {
    return createRequire(from).resolve(name);
  } catch (error) {
    // A package may offer itself to `import` alone.
    const { exports } = JSON.parse(await readFile(description, "utf8")) as { readonly exports?: unknown };
    const entry = importEntry(exports);
    if (entry === undefined) throw error;
    return join(dirname(description), entry);
  }
}

function descriptionOf(name: string, from: string): string | undefined {
  try {
    return findPackageJSON(name, pathToFileURL(from));
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

function isPackageName(name: string): boolean {
  return /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/.test(name);
}

/** The first path under the conditions that `import` takes (Node, "Conditional exports"). */
function importEntry(exports: unknown): string | undefined {
  if (typeof exports === "string") return exports;
  if (typeof exports !== "object" || exports === null) return undefined;
  for (const [condition, target] of Object.entries(exports)) {
    const entry = [".", "import", "node", "default"].includes(condition) ? importEntry(target) : undefined;
    if (entry !== undefined) return entry;
  }
  return undefined;
}

function judge(name: string, { connector, default: byDefault }: Readonly<Record<string, unknown>>): InstalledConnector {
  if (connector === undefined) {
    const hint = byDefault === undefined ? "" : " Its default export is not looked at.";
    return { code: "no-connector", problem: `The package "${name}" exports nothing called \`connector\`.${hint}` };
  }
  const given = (typeof connector === "object" && connector !== null ? connector : {}) as Partial<Connector>;
  const version: unknown = given.specVersion;
  if (version !== undefined && version !== specVersion) {
    const newer = typeof version === "number" && version > specVersion;
    const own = `a release of "${name}" for version ${specVersion}`;
    const remedy = newer
      ? `a newer cosell (\`npm install cosell@latest\`), or ${own}`
      : `${own} (\`npm install ${name}@latest\`)`;
    const problem = `"${name}" is written for version ${JSON.stringify(version)} of the connector contract, and this cosell speaks version ${specVersion}: install ${remedy}.`;
    return { code: "connector-version", problem };
  }
  const lacking = members.filter(([member, type]) => typeof given[member] !== type).map(([member]) => member);
  if (lacking.length > 0) {
    const problem = `What the package "${name}" exports as \`connector\` is none: it lacks ${lacking.join(", ")}.`;
    return { code: "no-connector", problem };
  }
  return { connector: connector as Connector };
}

/** What every connector has. */
const members = [
  ["specVersion", "number"],
  ["name", "string"],
  ["config", "object"],
  ["secrets", "object"],
  ["capabilities", "object"],
  ["connect", "function"],
  ["classify", "function"],
] as const satisfies readonly (readonly [keyof Connector, string])[];

/** The first line of an error of somebody else's code. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = (text.split("\n")[0] ?? "").replace(/ imported from .*/, "").slice(0, 200);
  return line.endsWith(".") ? line : `${line}.`;
}
