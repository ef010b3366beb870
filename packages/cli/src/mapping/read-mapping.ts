import { FailureError, type Connector } from "@cosell/connector";
import type { LoadedMapping, MappingFunctions } from "@cosell/core";
import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";

/** Reads a mapping file and the table files that it extends. @throws FailureError `config` when it cannot be read */
export async function readMapping(file: string): Promise<LoadedMapping> {
  const { loadMapping } = await import("@cosell/core");
  const text = textOf(file);
  if (text === undefined) {
    const message = `There is no readable mapping at ${shownPath(file)}. Check the path.`;
    throw new FailureError({ kind: "config", message });
  }
  return loadMapping({
    file: shownPath(file),
    text,
    resolve: (reference, fromFile) => {
      const found = resolve(dirname(fromFile), reference);
      const content = textOf(found);
      return content === undefined ? undefined : { file: shownPath(found), text: content };
    },
  });
}

/** A connector's functions as the mapping language takes them. */
export function functionsOf(connector: Connector | undefined): MappingFunctions {
  return Object.fromEntries(
    Object.entries(connector?.functions ?? {}).map(([name, { run }]) => [name, (value) => run(value)]),
  );
}

/** Files are called as seen from the working directory, so that an editor's terminal opens them. */
function shownPath(file: string): string {
  const fromHere = relative(process.cwd(), file);
  return fromHere.startsWith("..") ? file : fromHere;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
