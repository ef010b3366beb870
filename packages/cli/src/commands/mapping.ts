import type { Command } from "commander";
import { resolve } from "node:path";
import { FailureError } from "@cosell/connector";
import { countFindings, renderFindings } from "../configuration/render-findings.ts";
import { checkMappingFile, type SchemaFor } from "../mapping/check-file.ts";
import { readSnapshot, snapshotFile } from "../mapping/schema-snapshot.ts";
import type { Act, CommandContext, CommandDefinition, ExitCode } from "../program/command.ts";
import { examples } from "../program/usage.ts";

/** `cosell mapping …`: work on a mapping file, without any account. */
export const defineMapping: CommandDefinition = (command, act) => {
  command.addHelpText("after", examples("cosell mapping check mappings/salesforce.opportunity.yaml"));
  defineCheck(command, act);
};

function defineCheck(mapping: Command, act: Act): void {
  mapping
    .command("check <file>")
    .summary("check a mapping against AWS's model and the CRM's schema")
    .description("Check a mapping against AWS's model and the CRM's schema.")
    .option(
      "--schema <snapshot>",
      "the CRM's saved schema (default: snapshots/<connector>.<object>.json beside the mapping)",
    )
    .addHelpText(
      "after",
      examples(
        "cosell mapping check mappings/salesforce.opportunity.yaml",
        "cosell mapping check deals.yaml --schema snapshots/salesforce.Opportunity.json --json",
      ),
    )
    .action((file: string, options: { schema?: string }) => act((context) => check(context, resolve(file), options)));
}

async function check({ terminal }: CommandContext, file: string, options: { schema?: string }): Promise<ExitCode> {
  let against = "AWS's model and the CRM's saved schema";
  const schemaFor: SchemaFor = async ({ crm }) => {
    const snapshot = await readSnapshot(options.schema ?? snapshotFile(file, crm.connector.text, crm.object.text));
    if (snapshot !== undefined) return snapshot;
    if (options.schema !== undefined) {
      throw new FailureError({ kind: "config", message: `There is no readable snapshot at ${options.schema}.` });
    }
    against = "AWS's model only: no saved schema of the CRM is at hand";
    return undefined;
  };
  const findings = await checkMappingFile(file, schemaFor);
  if (terminal.json) terminal.document({ findings });
  else {
    if (findings.length > 0) terminal.line(renderFindings(findings, terminal.colours));
    terminal.line(`${countFindings(findings)} (checked against ${against}).`);
  }
  return findings.some(({ severity }) => severity === "error") ? 2 : 0;
}
