import { FailureError } from "@cosell/connector";
import type { LoadedMapping } from "@cosell/core";
import { existsSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { shippedMapping } from "../session/shipped-mapping.ts";

/** How a mapping is read. */
interface ReadOptions {
  /** Hears of every file that the mapping is made of, also of those that are looked for in vain. */
  readonly onFile?: (file: string) => void;
}

/**
 * Reads a mapping file with the mappings and the table files that it extends.
 * @throws FailureError `config` when it cannot be read
 */
export async function readMapping(file: string, { onFile }: ReadOptions = {}): Promise<LoadedMapping> {
  const { loadMapping } = await import("@cosell/core");
  onFile?.(resolve(file));
  const text = textOf(file);
  if (text === undefined) {
    const message = `There is no readable mapping at ${shownPath(file)}. Check the path.`;
    throw new FailureError({ kind: "config", message });
  }
  return loadMapping({
    file: shownPath(file),
    text,
    resolve: (reference, fromFile) => {
      const found = locate(reference, fromFile);
      onFile?.(found);
      const content = textOf(found);
      return content === undefined ? undefined : { file: shownPath(found), text: content };
    },
  });
}

/** Files are called as seen from the working directory, so that an editor's terminal opens them. */
export function shownPath(file: string): string {
  const fromHere = relative(process.cwd(), file);
  return fromHere.startsWith("..") ? file : fromHere;
}

/** A file beside the one that names it; else, for a plain name, a mapping that comes with Cosell, called by its id. */
function locate(reference: string, fromFile: string): string {
  const beside = resolve(dirname(fromFile), reference);
  if (existsSync(beside) || !/^[\w-]+(\.[\w-]+)*$/.test(reference)) return beside;
  try {
    return shippedMapping(`${reference}.yaml`);
  } catch {
    return beside;
  }
}

/** A file's text, `undefined` for what cannot be read. */
export function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
