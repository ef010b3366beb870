import { findingCodes } from "../../check/finding-codes.ts";
import { blocks, code, table } from "./markdown.ts";

/** Everything that loading and checking may say. */
export function findingSection(): string {
  return blocks(
    "## Findings",
    "`cosell mapping check` says all of them in one run, each as `file:line:col  severity  code  message`.",
    table(
      ["Code", "What was found", "What to do"],
      Object.entries(findingCodes).map(([name, { means, remedy }]) => [code(name), means, remedy]),
    ),
  );
}
