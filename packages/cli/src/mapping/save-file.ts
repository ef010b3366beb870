import { FailureError } from "@cosell/connector";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { shownPath } from "./read-mapping.ts";

/** Writes a file, its folder too where it is missing. @throws FailureError `config` when that is not possible */
export async function saveFile(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(resolve(file)), { recursive: true });
    await writeFile(file, text);
  } catch (cause) {
    const message = `${shownPath(file)} cannot be written: check the path and the permission.`;
    throw new FailureError({ kind: "config", message }, { cause });
  }
}
