import type { TargetField } from "../../../target.ts";
import { describeTarget, type TargetDescription } from "../describe-target.ts";
import type { MappingSchemaOptions } from "../mapping-schema.ts";
import { sourcePaths, targetPaths } from "../target-paths.ts";
import { blocks, code, table } from "./markdown.ts";

/** Longer lists (countries, currencies) are standard codes. */
const longestList = 70;

/** Everything that may be written, with its values, and what else may be read. */
export function targetSection(options: MappingSchemaOptions): string {
  const { target } = options;
  const targets = targetPaths(target).map((field) => describeTarget(field, options));
  const readOnly = sourcePaths(target).filter(({ path }) => !target.writable.has(path));
  const notRead = [...new Set(targets.map(({ path }) => path.split(".", 1).join("")))].filter(
    (name) => !target.readable.has(name),
  );
  return blocks(
    "## Outbound targets",
    "Members of a list (`[]`) are written in the list's rule. A list of values is sent whole.",
    table(
      ["Path", "What it takes", "Changes"],
      targets.map((description) => [code(description.path), whatItTakes(description), description.editable ?? ""]),
    ),
    "### Values",
    table(
      ["Path", "Values"],
      targets.flatMap(({ path, values }) =>
        values === undefined || values.length > longestList ? [] : [[code(path), values.map(code).join(", ")]],
      ),
    ),
    "## Inbound sources",
    `An inbound rule reads every path above that is no object, save for those under ${notRead.map(code).join(", ")}, and these:`,
    table(
      ["Path", "What it is"],
      readOnly.map((field: TargetField) => [code(field.path), whatItTakes(describeTarget(field, options))]),
    ),
  );
}

function whatItTakes({ type, limits, values }: TargetDescription): string {
  const count = values === undefined ? [] : [values.length === 1 ? "one value" : `one of ${values.length} values`];
  return [type, ...limits, ...count].join(", ");
}
