import { FailureError, type SchemaSnapshot } from "@cosell/connector";
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { connectorNames } from "../../configuration/connectors.ts";
import type { Configuration, ConfiguredConnection } from "../../configuration/configuration.ts";
import { readOutline } from "../../configuration/outline.ts";
import { UsageError } from "../../failure/findings-error.ts";
import { describeReached } from "../../mapping/describe-schema.ts";
import { findMappingConnector } from "../../mapping/find-mapping-connector.ts";
import { formatYaml } from "../../mapping/format/format-yaml.ts";
import { hasConfiguration } from "../../mapping/has-configuration.ts";
import { roleOf } from "../../mapping/init/crm-candidates.ts";
import { schemaLine } from "../../mapping/init/schema-line.ts";
import { starterMapping } from "../../mapping/init/starter-mapping.ts";
import { shownPath } from "../../mapping/read-mapping.ts";
import { saveFile } from "../../mapping/save-file.ts";
import { readSnapshot } from "../../mapping/schema-snapshot.ts";
import { chooseConnection, withConnection } from "../../mapping/with-connection.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../../program/command.ts";
import { examples } from "../../program/usage.ts";
import { counted } from "../../views/value.ts";

interface InitOptions {
  readonly connector?: string;
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
    .option(
      "--connector <name>",
      `the CRM: ${connectorNames.join(", ")}, or the package of another connector (default: that of the connection or the schema)`,
    )
    .requiredOption("--object <name>", "the CRM object that holds deals, such as Opportunity")
    .option("--connection <name>", "ask this connection of the configuration for the schema")
    .option("--schema <snapshot>", "take the schema from a saved one")
    .option("--output <file>", "where to (default: standard output)")
    .addHelpText(
      "after",
      examples(
        "cosell mapping init --object Opportunity --connection crm --output deals.yaml",
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
  const { text: starter, lacking } = starterMapping(schema, partnerCentralTarget);
  const line = await schemaLine(output === undefined ? process.cwd() : dirname(resolve(output)), await named(context));
  const draft = line === undefined ? starter : `${line}\n${starter}`;
  const text = formatYaml(output ?? "starter", draft).text ?? draft;
  const todos = text.split("# TODO:").length - 1;
  if (output !== undefined) await saveFile(output, text);
  const { terminal } = context;
  const file = output === undefined ? undefined : shownPath(output);
  if (terminal.json) terminal.document({ ...(file === undefined ? { mapping: text } : { file }), todos, lacking });
  else if (file === undefined) terminal.write(text);
  else {
    terminal.line(`Wrote ${file} with ${counted(todos, "TODO")}. Next: cosell mapping check ${file}`);
    if (lacking.length > 0)
      terminal.line(`The CRM has no text field ${lacking.join(", ")} that can be written: make it there first.`);
  }
  return 0;
}

async function schemaFor(context: CommandContext, options: InitOptions): Promise<SchemaSnapshot> {
  const { connector, object, connection: name, schema } = options;
  if ((name === undefined) === (schema === undefined)) {
    throw new UsageError("Say where the schema comes from: --connection <name>, or --schema <snapshot>.");
  }
  if (schema === undefined) {
    const wanted = connector === undefined ? undefined : await ownName(context, connector);
    const choose = wanted === undefined ? connectionCalled(name) : chooseConnection(wanted, name);
    const follows = ({ path }: { readonly path: string }): boolean => roleOf(path) !== undefined;
    return withConnection(context, choose, ({ configured, connection }) =>
      describeReached(connection, { connector: configured.connector.name, object, follows }),
    );
  }
  const snapshot = await readSnapshot(schema);
  const wanted = connector ?? snapshot?.connector;
  const isMeant = wanted === snapshot?.connector || (await ownName(context, wanted ?? "")) === snapshot?.connector;
  if (snapshot !== undefined && isMeant && Object.hasOwn(snapshot.objects, object)) return { ...snapshot, object };
  const message =
    snapshot === undefined
      ? `There is no readable snapshot at ${schema}.`
      : `${schema} is a schema of ${snapshot.connector} and does not describe ${wanted ?? ""} ${object}.`;
  throw new FailureError({ kind: "config", message });
}

/** What a connector calls itself, by that name or by its package. @throws UsageError when there is none */
async function ownName(context: CommandContext, connector: string): Promise<string> {
  const found = await findMappingConnector(context.options)(connector, resolve("mapping.yaml"));
  if (found.connector === undefined) throw new UsageError(found.problem);
  return found.connector.name;
}

function connectionCalled(name: string | undefined) {
  return ({ connections }: Configuration): ConfiguredConnection => {
    const found = name === undefined ? undefined : connections[name];
    if (found !== undefined) return found;
    throw new UsageError(`No connection is called "${name ?? ""}"; there is ${Object.keys(connections).join(", ")}.`);
  };
}

/** The mappings that the configuration names, where there is one. */
async function named({ options }: CommandContext): Promise<readonly string[]> {
  if (!hasConfiguration(options)) return [];
  return (await readOutline(options.config)).syncs.flatMap(({ mappings }) => mappings);
}
