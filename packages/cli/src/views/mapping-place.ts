import type { Position } from "@cosell/core";
import { relative } from "node:path";

/** `file:line:col` as seen from the working directory, so that a terminal can open it. */
export function place({ file, line, column }: Position): string {
  const fromHere = relative(process.cwd(), file);
  return `${fromHere.startsWith("..") ? file : fromHere}:${line}:${column}`;
}
