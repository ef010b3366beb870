import { resolve } from "node:path";
import { findMappingConnector } from "../../mapping/find-mapping-connector.ts";
import { openMappingFile } from "../../mapping/open-mapping.ts";
import { requirementsOf } from "../../mapping/requirements.ts";
import { approved } from "../../mapping/review-states.ts";
import { schemaAtHand } from "../../mapping/schema-at-hand.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../../program/command.ts";
import { connectorOption, examples } from "../../program/usage.ts";
import { renderCoverage } from "../../views/mapping-coverage.ts";

interface CoverageOptions {
  readonly schema?: string;
  readonly connector?: string;
}

/** `cosell mapping coverage <mapping>`: what becomes of every field of both sides. */
export const defineMappingCoverage: CommandDefinition = (mapping, act) => {
  mapping
    .command("coverage <mapping>")
    .summary("show what a mapping does about every AWS field, and which CRM fields it does not use")
    .description("Show what a mapping does about every AWS field, and which CRM fields it does not use.")
    .option("--schema <snapshot>", "the CRM's saved schema (default: as for check)")
    .addOption(connectorOption())
    .addHelpText("after", examples("cosell mapping coverage deals.yaml", "cosell mapping coverage deals.yaml --json"))
    .action((file: string, options: CoverageOptions) => act((context) => coverage(context, resolve(file), options)));
};

async function coverage(context: CommandContext, file: string, options: CoverageOptions): Promise<ExitCode> {
  const { terminal } = context;
  const find = findMappingConnector(context.options, options.connector);
  const { document, target } = await openMappingFile(file, find);
  const { coverageOf } = await import("@cosell/core");
  const schema = await schemaAtHand(file, document, options.schema);
  const requirements = requirementsOf(target);
  const found = coverageOf(document, { target, requirements, approved, ...(schema !== undefined && { schema }) });
  if (terminal.json) terminal.document(found);
  else terminal.line(renderCoverage(terminal, found));
  return 0;
}
