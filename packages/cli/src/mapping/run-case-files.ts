import type { CaseResult } from "@cosell/core";
import { resolve } from "node:path";
import { UsageError } from "../failure/findings-error.ts";
import { caseFile, mustReadCases } from "./case-file.ts";
import type { FindMappingConnector } from "./find-mapping-connector.ts";
import { openAnyMapping } from "./open-mapping.ts";

/** What became of one mapping's golden cases. */
export interface CaseRun {
  readonly mapping: string;
  readonly results: readonly CaseResult[];
}

/** How cases are run. */
export interface CaseRunOptions {
  readonly find: FindMappingConnector;
  /** Only the case of this name. */
  readonly name: string | undefined;
  /** Hears of every file that the outcome depends on, also when the run fails. */
  readonly onFile?: (file: string) => void;
}

/** Runs the golden cases beside each mapping. @throws FindingsError for a mapping or cases that cannot be used */
export async function runCaseFiles(
  mappings: readonly string[],
  { find, name, onFile }: CaseRunOptions,
): Promise<readonly CaseRun[]> {
  const { runCases, suggest } = await import("@cosell/core");
  const runs: CaseRun[] = [];
  const names: string[] = [];
  for (const mapping of mappings) {
    onFile?.(resolve(caseFile(mapping)));
    const compiled = await openAnyMapping(mapping, find, onFile);
    const cases = await mustReadCases(mapping);
    names.push(...cases.map((each) => each.name));
    runs.push({
      mapping,
      results: runCases(
        compiled,
        cases.filter((each) => name === undefined || each.name === name),
      ),
    });
  }
  if (name !== undefined && !names.includes(name)) {
    const meant = suggest(name, names);
    throw new UsageError(`No case is called "${name}".${meant === undefined ? "" : ` Did you mean "${meant}"?`}`);
  }
  return runs;
}

/** Does every case hold? */
export function allHold(runs: readonly CaseRun[]): boolean {
  return runs.every(({ results }) => results.every(({ differences }) => differences.length === 0));
}
