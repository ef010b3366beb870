import type { Preview } from "@cosell/engine";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { shortValue } from "./value.ts";

/** What a record would become at AWS, values shown, and what is missing for each step on the way. */
export function renderPreview(terminal: Terminal, preview: Preview): string {
  const { bold, green, yellow } = terminal.colours;
  const table = renderTable(terminal, {
    head: ["AWS field", "Value", "From", "Rule"],
    rows: preview.fields.map((field) => [
      field.path,
      field.issue === undefined ? shortValue(field.value) : yellow(field.issue),
      field.source ?? "",
      ruleLine(field.rule),
    ]),
  });
  const missing = (purpose: string, lines: readonly string[]): string =>
    lines.length === 0
      ? green(`Ready to ${purpose}.`)
      : [yellow(`Missing to ${purpose}:`), ...lines.map((line) => `  - ${line}`)].join("\n");
  return [
    bold(`${preview.title ?? "(no title)"}  ${preview.crmRef}`),
    preview.matches ? "" : yellow("This record does not take part: the mapping's `match` does not hold."),
    table,
    missing("create at AWS", preview.missingForCreate),
    missing("submit for review", preview.missingForSubmit),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** `file:line:col` without the folder: the file is the sync's mapping. */
const ruleLine = (rule: string): string => rule.slice(rule.lastIndexOf("/") + 1);
