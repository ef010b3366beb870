import { FailureError } from "@cosell/connector";
import { resolve } from "node:path";
import { FindingsError } from "../../failure/findings-error.ts";
import { formatYaml } from "../../mapping/format/format-yaml.ts";
import { shownPath, textOf } from "../../mapping/read-mapping.ts";
import { saveFile } from "../../mapping/save-file.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../../program/command.ts";
import { examples } from "../../program/usage.ts";
import { counted } from "../../views/value.ts";

/** `cosell mapping fmt <files...>`: one layout for mappings, tables and cases, which never changes what they mean. */
export const defineMappingFormat: CommandDefinition = (mapping, act) => {
  mapping
    .command("fmt <files...>")
    .summary("lay out mappings, tables and cases in one way; comments and order stay")
    .description("Lay out mappings, tables and cases in one way; comments and order stay.")
    .option("--check", "change nothing, and answer with 1 when a file would change")
    .addHelpText(
      "after",
      examples("cosell mapping fmt deals.yaml tables/*.yaml", "cosell mapping fmt --check deals.yaml"),
    )
    .action((files: readonly string[], options: { check?: boolean }) =>
      act((context) =>
        format(
          context,
          files.map((file) => resolve(file)),
          options.check === true,
        ),
      ),
    );
};

async function format({ terminal }: CommandContext, files: readonly string[], check: boolean): Promise<ExitCode> {
  const changed: { readonly file: string; readonly text: string }[] = [];
  for (const file of new Set(files)) {
    const before = textOf(file);
    if (before === undefined) {
      throw new FailureError({ kind: "config", message: `There is no readable file at ${shownPath(file)}.` });
    }
    const { text, findings } = formatYaml(shownPath(file), before);
    if (text === undefined) throw new FindingsError(`${shownPath(file)} cannot be formatted.`, findings);
    if (text !== before) changed.push({ file, text });
  }
  // Every file is understood before the first is written.
  if (!check) for (const { file, text } of changed) await saveFile(file, text);
  const names = changed.map(({ file }) => shownPath(file));
  if (terminal.json) terminal.document({ changed: names, written: !check });
  else {
    for (const name of names) terminal.line(`${check ? "would change" : "formatted"}  ${name}`);
    const rest = new Set(files).size - names.length;
    terminal.line(`${counted(names.length, "file")} ${check ? "to format" : "formatted"}, ${rest} as it should be.`);
  }
  return check && names.length > 0 ? 1 : 0;
}
