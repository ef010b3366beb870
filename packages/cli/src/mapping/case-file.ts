import { FailureError } from "@cosell/connector";
import type { GoldenCase } from "@cosell/core";
import { existsSync } from "node:fs";
import { FindingsError } from "../failure/findings-error.ts";
import { shownPath, textOf } from "./read-mapping.ts";

/** Where a mapping's golden cases are: `deals.cases.yaml` beside `deals.yaml`. */
export function caseFile(mappingFile: string): string {
  return mappingFile.replace(/(\.ya?ml)?$/, ".cases.yaml");
}

/** The mapping that cases are about, the other way round; where it is not there, the path at which it is missing. */
export function mappingOfCases(file: string): string {
  const candidates = [".yaml", ".yml", ""].map((ending) => file.replace(/\.cases\.yaml$/, ending));
  return candidates.find((candidate) => existsSync(candidate)) ?? file.replace(/\.cases\.yaml$/, ".yaml");
}

/** Reads a mapping's golden cases; `undefined` when it has none. @throws FindingsError when they cannot be used */
export async function readCases(mappingFile: string): Promise<readonly GoldenCase[] | undefined> {
  const { loadCases } = await import("@cosell/core");
  const file = caseFile(mappingFile);
  const text = textOf(file);
  if (text === undefined) return undefined;
  const { cases, findings } = loadCases({ file: shownPath(file), text });
  if (findings.length > 0) throw new FindingsError("The golden cases cannot be used as they are.", findings);
  return cases;
}

/** Reads a mapping's golden cases. @throws FailureError `config` when it has none; FindingsError when they cannot be used */
export async function mustReadCases(mappingFile: string): Promise<readonly GoldenCase[]> {
  const cases = await readCases(mappingFile);
  if (cases !== undefined) return cases;
  const message = `There are no golden cases at ${shownPath(caseFile(mappingFile))}: write some (docs/commands.md shows how).`;
  throw new FailureError({ kind: "config", message });
}
