import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const fileConnector = new URL("../../../../connectors/file/src/index.ts", import.meta.url).href;

/**
 * Installs a connector as npm would: the one for files, which calls itself `tiny` and adds `tiny.shorten` to the
 * steps, unless it is to have no functions. It takes a number of letters, and a sign for what is cut off.
 */
export async function installConnector(folder: string, packageName: string, functions = true): Promise<void> {
  const place = join(folder, "node_modules", packageName);
  await mkdir(place, { recursive: true });
  const description = { name: packageName, version: "1.0.0", type: "module", exports: "./index.js" };
  await writeFile(join(place, "package.json"), JSON.stringify(description));
  await writeFile(
    join(place, "index.js"),
    `import { file } from ${JSON.stringify(fileConnector)};
const shorten = {
  takes: "string",
  gives: "string",
  arguments: { value: "required", sign: "optional" },
  refuseArguments: ({ value }) => (/^[0-9]+$/.test(value) ? undefined : "tiny.shorten keeps a number of letters, such as 80."),
  run: (text, { value, sign = "" }) => (text.length > Number(value) ? text.slice(0, Number(value)) + sign : text),
};
export const connector = { ...file, name: "tiny", functions: ${functions ? '{ "tiny.shorten": shorten }' : "{}"} };
`,
  );
}
