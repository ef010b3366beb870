import type { JsonObject } from "@cosell/connector";
import { resolve } from "node:path";
import { UsageError } from "../../failure/findings-error.ts";
import { exampleOf } from "../../mapping/example.ts";
import { findMappingConnector } from "../../mapping/find-mapping-connector.ts";
import { type OpenedMapping, openMappingFile } from "../../mapping/open-mapping.ts";
import { readOneRecord } from "../../mapping/read-one-record.ts";
import { requirementsOf } from "../../mapping/requirements.ts";
import { reviewStates } from "../../mapping/review-states.ts";
import { readCases } from "../../mapping/case-file.ts";
import { schemaAtHand } from "../../mapping/schema-at-hand.ts";
import { schemaPaths } from "../../mapping/schema-paths.ts";
import { chooseConnection, withConnection } from "../../mapping/with-connection.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../../program/command.ts";
import { connectorOption, examples } from "../../program/usage.ts";
import { renderExplanation } from "../../views/mapping-explain.ts";

interface ExplainOptions {
  readonly record?: string;
  readonly connection?: string;
  readonly schema?: string;
  readonly connector?: string;
}

/** `cosell mapping explain <mapping> <field>`: everything about one field of either side. */
export const defineMappingExplain: CommandDefinition = (mapping, act) => {
  mapping
    .command("explain <mapping> <field>")
    .summary("explain one AWS field or CRM field: its rules, locks and limits, with an example")
    .description("Explain one AWS field or CRM field: its rules, locks and limits, with an example.")
    .option("--record <id>", "the CRM record that serves as the example (default: the first golden case with a value)")
    .option("--connection <name>", "the connection that the record is read through, when several lead to the CRM")
    .option("--schema <snapshot>", "the CRM's saved schema (default: as for check)")
    .addOption(connectorOption())
    .addHelpText(
      "after",
      examples(
        "cosell mapping explain deals.yaml LifeCycle.Stage",
        "cosell mapping explain deals.yaml Account.BillingCountry --record 006Hs00001ABCDEIA5",
      ),
    )
    .action((file: string, field: string, options: ExplainOptions) =>
      act((context) => explainField(context, resolve(file), field, options)),
    );
};

async function explainField(
  context: CommandContext,
  file: string,
  asked: string,
  options: ExplainOptions,
): Promise<ExitCode> {
  const opened = await openMappingFile(file, findMappingConnector(context.options, options.connector));
  const { document, target } = opened;
  const { explain, suggest } = await import("@cosell/core");
  const schema = await schemaAtHand(file, document, options.schema);
  const crmPaths = schema === undefined ? opened.mapping.sourceFields : schemaPaths(schema);
  const explanation = explain(document, asked, {
    target,
    requirements: requirementsOf(target),
    states: reviewStates(target),
    crmPaths,
  });
  if (explanation === undefined) {
    const meant = suggest(asked, [...target.writable.keys(), ...target.readable.keys(), ...crmPaths]);
    const hint = meant === undefined ? "" : ` Did you mean ${meant.replaceAll("[]", "")}?`;
    throw new UsageError(`Neither ${target.name} nor the CRM has a field "${asked}".${hint}`);
  }
  const example = exampleOf(explanation, opened.mapping, await samples(context, file, opened, options));
  const { terminal } = context;
  if (terminal.json) terminal.document({ ...explanation, example: example ?? null });
  else terminal.line(renderExplanation(terminal, explanation, example));
  return 0;
}

/** Records that the example may be taken from: the one that was named, else those of the golden cases. */
async function samples(
  context: CommandContext,
  file: string,
  { mapping }: OpenedMapping,
  { record, connection: name }: ExplainOptions,
): Promise<readonly { readonly name: string; readonly record: JsonObject }[]> {
  if (record === undefined) {
    const cases = (await readCases(file)) ?? [];
    return cases.flatMap((each) =>
      each.direction === "outbound" ? [{ name: `the golden case "${each.name}"`, record: each.source }] : [],
    );
  }
  const choose = chooseConnection(mapping.crm.connector, name);
  const found = await withConnection(context, choose, ({ connection }) => readOneRecord(connection, mapping, record));
  return [{ name: `the CRM record ${record}`, record: found }];
}
