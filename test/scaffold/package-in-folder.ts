import { execFile } from "node:child_process";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const compiler = join(root, "node_modules/typescript-7/bin/tsc");

/** What a program left. */
export interface Finished {
  readonly code: number;
  readonly output: string;
}

async function execute(
  folder: string,
  words: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const environment = { ...process.env, ...more };
  // Jest's own settings, and node:test's, are not the program's.
  for (const name of ["NODE_OPTIONS", "NODE_TEST_CONTEXT", "FORCE_COLOR"]) Reflect.deleteProperty(environment, name);
  try {
    const { stdout, stderr } = await run(process.execPath, [...words], {
      cwd: folder,
      env: environment,
      maxBuffer: 64e6,
    });
    return { code: 0, output: `${stdout}${stderr}` };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: `${stdout}${stderr}` };
  }
}

/** Runs the `cosell` command from its sources. */
export const cosell = (
  folder: string,
  {
    words,
    environment,
  }: { readonly words: readonly string[]; readonly environment?: Readonly<Record<string, string>> },
): Promise<Finished> =>
  execute(folder, ["--conditions=cosell-source", join(root, "packages/cli/src/main.ts"), ...words], environment);

/** What `npm install` would bring: the contract as it is published, compiled here and now, and the tools of this repository. */
export async function install(folder: string): Promise<void> {
  const modules = join(folder, "node_modules");
  const contract = join(modules, "@cosell/connector");
  const source = join(root, "packages/connector");
  await mkdir(contract, { recursive: true });
  // Without the condition by which this repository finds its sources: here there is only what is published.
  const description = (await readFile(join(source, "package.json"), "utf8")).replaceAll(
    /"cosell-source": "[^"]*",/g,
    "",
  );
  await writeFile(join(contract, "package.json"), description);
  const { code, output } = await execute(root, [
    ...[compiler, "-p", join(source, "tsconfig.json"), "--outDir", join(contract, "dist")],
    ...["--tsBuildInfoFile", join(folder, ".tsbuildinfo")],
  ]);
  if (code !== 0) throw new Error(`@cosell/connector does not compile: ${output}`);
  await mkdir(join(modules, "@types"));
  await symlink(join(root, "node_modules/zod"), join(modules, "zod"));
  await symlink(join(root, "node_modules/@types/node"), join(modules, "@types/node"));
}

/** `npm run build` */
export const build = (folder: string): Promise<Finished> => execute(folder, [compiler, "-p", "tsconfig.json"]);

/** `npm test`: every test's name, and the message of those that fail. */
export async function runTests(folder: string): Promise<ReadonlyMap<string, string | undefined>> {
  const { output } = await execute(folder, ["--test", "--test-reporter=tap", "src/conformance.test.ts"]);
  const results = new Map<string, string | undefined>();
  for (const [, outcome, name = "", details = ""] of output.matchAll(
    /^ {4,}(ok|not ok) \d+ - (.*)\n((?: {6,}.*\n)*)/gm,
  ))
    results.set(name.replaceAll("\\", ""), outcome === "ok" ? undefined : details);
  return results;
}
