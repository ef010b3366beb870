import { resolve } from "node:path";
import { FindingsError } from "../../failure/findings-error.ts";
import { describeSchema } from "../../mapping/describe-schema.ts";
import { readMapping, shownPath } from "../../mapping/read-mapping.ts";
import { saveFile } from "../../mapping/save-file.ts";
import { snapshotFile, snapshotText } from "../../mapping/schema-snapshot.ts";
import { chooseConnection, withConnection } from "../../mapping/with-connection.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../../program/command.ts";
import { examples } from "../../program/usage.ts";
import { counted } from "../../views/value.ts";

interface SnapshotOptions {
  readonly connection?: string;
  readonly output?: string;
}

/** `cosell mapping snapshot <mapping>`: saves the CRM's schema, so that the mapping can be checked without the CRM. */
export const defineMappingSnapshot: CommandDefinition = (mapping, act) => {
  mapping
    .command("snapshot <mapping>")
    .summary("save the CRM's schema as far as a mapping reaches")
    .description("Save the CRM's schema as far as a mapping reaches.")
    .option("--connection <name>", "the connection that is asked, when several lead to the mapping's CRM")
    .option("--output <file>", "where to (default: snapshots/<connector>.<object>.json beside the mapping)")
    .addHelpText(
      "after",
      examples("cosell mapping snapshot deals.yaml", "cosell mapping snapshot deals.yaml --connection sandbox --json"),
    )
    .action((file: string, options: SnapshotOptions) => act((context) => snapshot(context, resolve(file), options)));
};

async function snapshot(context: CommandContext, file: string, options: SnapshotOptions): Promise<ExitCode> {
  const { document, invitation, findings } = await readMapping(file);
  const about = document ?? invitation;
  if (about === undefined) throw new FindingsError("The mapping cannot be understood.", findings);
  const { connector, object } = about.crm;
  const choose = chooseConnection(connector.text, options.connection);
  const schema = await withConnection(context, choose, ({ connection }) =>
    describeSchema(connection, connector.text, about),
  );
  const output = options.output ?? snapshotFile(file, connector.text, object.text);
  await saveFile(output, snapshotText(schema));
  const objects = Object.values(schema.objects);
  const fields = objects.reduce((sum, each) => sum + each.fields.length, 0);
  const saved = shownPath(output);
  if (context.terminal.json) context.terminal.document({ file: saved, objects: objects.length, fields });
  else
    context.terminal.line(`Saved ${counted(objects.length, "object")} with ${counted(fields, "field")} to ${saved}.`);
  return 0;
}
