import type { CommandDefinition } from "../program/command.ts";
import { examples } from "../program/usage.ts";
import { defineMappingCheck } from "./mapping/check.ts";
import { defineMappingCoverage } from "./mapping/coverage.ts";
import { defineMappingDiff } from "./mapping/diff.ts";
import { defineMappingExplain } from "./mapping/explain.ts";
import { defineMappingFormat } from "./mapping/fmt.ts";
import { defineMappingInit } from "./mapping/init.ts";
import { defineMappingSnapshot } from "./mapping/snapshot.ts";
import { defineMappingTest } from "./mapping/test.ts";

/** `cosell mapping …`: write, check, understand and try a mapping. */
export const defineMapping: CommandDefinition = (command, act) => {
  command.addHelpText(
    "after",
    examples(
      "cosell mapping init --connector salesforce --object Opportunity --connection crm --output deals.yaml",
      "cosell mapping check deals.yaml",
      "cosell mapping test deals.yaml --watch",
    ),
  );
  const subcommands: readonly CommandDefinition[] = [
    defineMappingInit,
    defineMappingSnapshot,
    defineMappingCheck,
    defineMappingCoverage,
    defineMappingExplain,
    defineMappingTest,
    defineMappingDiff,
    defineMappingFormat,
  ];
  for (const define of subcommands) define(command, act);
};
