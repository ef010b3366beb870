import { FailureError, type SchemaSnapshot } from "@cosell/connector";
import { existsSync } from "node:fs";
import { connectorNames } from "../../configuration/connectors.ts";
import { UsageError } from "../../failure/findings-error.ts";
import { describeReached } from "../../mapping/describe-schema.ts";
import { formatYaml } from "../../mapping/format/format-yaml.ts";
import { roleOf } from "../../mapping/init/crm-candidates.ts";
import { starterMapping } from "../../mapping/init/starter-mapping.ts";
import { shownPath } from "../../mapping/read-mapping.ts";
import { saveFile } from "../../mapping/save-file.ts";
import { readSnapshot } from "../../mapping/schema-snapshot.ts";
import { chooseConnection, withConnection } from "../../mapping/with-connection.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../../program/command.ts";
import { examples } from "../../program/usage.ts";
import { counted } from "../../views/value.ts";

interface InitOptions {
  readonly connector: string;
  readonly object: string;
  readonly connection?: string;
  readonly schema?: string;
  readonly output?: string;
}

/** `cosell mapping init`: a first mapping out of the CRM's schema, with a TODO wherever a person must decide. */
export const defineMappingInit: CommandDefinition = (mapping, act) => {
  mapping
    .command("init")
    .summary("write a first mapping from the CRM's schema")
    .description("Write a first mapping from the CRM's schema, with a TODO wherever a person must decide.")
    .requiredOption("--connector <name>", `the CRM: ${connectorNames.join(", ")}`)
    .requiredOption("--object <name>", "the CRM object that holds deals, such as Opportunity")
    .option("--connection <name>", "ask this connection of the configuration for the schema")
    .option("--schema <snapshot>", "take the schema from a saved one")
    .option("--output <file>", "where to (default: standard output)")
    .addHelpText(
      "after",
      examples(
        "cosell mapping init --connector salesforce --object Opportunity --connection crm --output deals.yaml",
        "cosell mapping init --connector salesforce --object Opportunity --schema snapshots/salesforce.Opportunity.json",
      ),
    )
    .action((options: InitOptions) => act((context) => init(context, options)));
};

async function init(context: CommandContext, options: InitOptions): Promise<ExitCode> {
  const { output } = options;
  if (output !== undefined && existsSync(output)) {
    throw new UsageError(`${shownPath(output)} is there already: choose another name, or take it away first.`);
  }
  const schema = await schemaFor(context, options);
  const { partnerCentralTarget } = await import("@cosell/partner-central");
  const starter = starterMapping(schema, partnerCentralTarget);
  const text = formatYaml(output ?? "starter", starter).text ?? starter;
  const todos = text.split("# TODO:").length - 1;
  if (output !== undefined) await saveFile(output, text);
  const { terminal } = context;
  const file = output === undefined ? undefined : shownPath(output);
  if (terminal.json) terminal.document({ ...(file === undefined ? { mapping: text } : { file }), todos });
  else if (file === undefined) terminal.write(text);
  else terminal.line(`Wrote ${file} with ${counted(todos, "TODO")}. Next: cosell mapping check ${file}`);
  return 0;
}

async function schemaFor(context: CommandContext, options: InitOptions): Promise<SchemaSnapshot> {
  const { connector, object, connection: name, schema } = options;
  if (!connectorNames.includes(connector)) {
    throw new UsageError(`No connector is called "${connector}"; there is ${connectorNames.join(", ")}.`);
  }
  if ((name === undefined) === (schema === undefined)) {
    throw new UsageError("Say where the schema comes from: --connection <name>, or --schema <snapshot>.");
  }
  if (schema === undefined) {
    const follows = ({ path }: { readonly path: string }): boolean => roleOf(path) !== undefined;
    return withConnection(context, chooseConnection(connector, name), ({ connection }) =>
      describeReached(connection, { connector, object, follows }),
    );
  }
  const snapshot = await readSnapshot(schema);
  if (snapshot?.connector === connector && Object.hasOwn(snapshot.objects, object)) return { ...snapshot, object };
  const message =
    snapshot === undefined
      ? `There is no readable snapshot at ${schema}.`
      : `${schema} is a schema of ${snapshot.connector} and does not describe ${connector} ${object}.`;
  throw new FailureError({ kind: "config", message });
}
