import { FailureError } from "@cosell/connector";

/** The failure of a file that cannot be read as it is: which file, which line, what to do. Never shows the content. */
export function brokenFile(file: string, line: number, says: string): FailureError {
  return new FailureError({ kind: "config", message: `${file}:${line} ${says}` });
}
