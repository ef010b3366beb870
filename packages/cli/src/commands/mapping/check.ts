import { resolve } from "node:path";
import { countFindings, renderFindings } from "../../configuration/render-findings.ts";
import { UsageError } from "../../failure/findings-error.ts";
import { checkMappingFile, type SchemaFor } from "../../mapping/check-file.ts";
import { findMappingConnector } from "../../mapping/find-mapping-connector.ts";
import { schemaAtHand } from "../../mapping/schema-at-hand.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../../program/command.ts";
import { connectorOption, examples } from "../../program/usage.ts";
import { sarifOf } from "../../views/mapping-sarif.ts";

interface CheckOptions {
  readonly schema?: string;
  readonly sarif?: boolean;
  readonly connector?: string;
}

/** `cosell mapping check <file>`: everything that is wrong with a mapping, without any account. */
export const defineMappingCheck: CommandDefinition = (mapping, act) => {
  mapping
    .command("check <file>")
    .summary("check a mapping against AWS's model and the CRM's schema")
    .description("Check a mapping against AWS's model and the CRM's schema.")
    .option(
      "--schema <snapshot>",
      "the CRM's saved schema (default: snapshots/<connector>.<object>.json beside the mapping)",
    )
    .addOption(connectorOption())
    .option("--sarif", "print the findings as SARIF 2.1.0, for code review tools")
    .addHelpText(
      "after",
      examples(
        "cosell mapping check mappings/salesforce.opportunity.yaml",
        "cosell mapping check deals.yaml --schema snapshots/salesforce.Opportunity.json --json",
        "cosell mapping check deals.yaml --sarif > mapping.sarif",
      ),
    )
    .action((file: string, options: CheckOptions) => act((context) => check(context, resolve(file), options)));
};

async function check(context: CommandContext, file: string, options: CheckOptions): Promise<ExitCode> {
  const { terminal } = context;
  if (options.sarif === true && terminal.json) throw new UsageError("--sarif is JSON already: leave out --json.");
  let against = "AWS's model and the CRM's saved schema";
  const schemaFor: SchemaFor = async (document) => {
    const snapshot = await schemaAtHand(file, document, options.schema);
    if (snapshot === undefined) against = "AWS's model only: no saved schema of the CRM is at hand";
    return snapshot;
  };
  const find = findMappingConnector(context.options, options.connector);
  const findings = await checkMappingFile(file, { schemaFor, find });
  if (options.sarif === true) terminal.document(sarifOf(findings, (await import("@cosell/core")).findingCodes));
  else if (terminal.json) terminal.document({ findings });
  else {
    if (findings.length > 0) terminal.line(renderFindings(findings, terminal.colours));
    terminal.line(`${countFindings(findings)} (checked against ${against}).`);
  }
  return findings.some(({ severity }) => severity === "error") ? 2 : 0;
}
