import { resolve } from "node:path";
import { openMappingFile } from "../../mapping/open-mapping.ts";
import { requirementsOf } from "../../mapping/requirements.ts";
import { approved } from "../../mapping/review-states.ts";
import { schemaAtHand } from "../../mapping/schema-at-hand.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../../program/command.ts";
import { examples } from "../../program/usage.ts";
import { renderCoverage } from "../../views/mapping-coverage.ts";

/** `cosell mapping coverage <mapping>`: what becomes of every field of both sides. */
export const defineMappingCoverage: CommandDefinition = (mapping, act) => {
  mapping
    .command("coverage <mapping>")
    .summary("show what a mapping does about every AWS field, and which CRM fields it does not use")
    .description("Show what a mapping does about every AWS field, and which CRM fields it does not use.")
    .option("--schema <snapshot>", "the CRM's saved schema (default: as for check)")
    .addHelpText("after", examples("cosell mapping coverage deals.yaml", "cosell mapping coverage deals.yaml --json"))
    .action((file: string, options: { schema?: string }) =>
      act((context) => coverage(context, resolve(file), options.schema)),
    );
};

async function coverage({ terminal }: CommandContext, file: string, named: string | undefined): Promise<ExitCode> {
  const { document, target } = await openMappingFile(file);
  const { coverageOf } = await import("@cosell/core");
  const schema = await schemaAtHand(file, document, named);
  const requirements = requirementsOf(target);
  const found = coverageOf(document, { target, requirements, approved, ...(schema !== undefined && { schema }) });
  if (terminal.json) terminal.document(found);
  else terminal.line(renderCoverage(terminal, found));
  return 0;
}
