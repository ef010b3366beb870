import type { Preview, PreviewField } from "@cosell/engine";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { hidden, shortValue } from "./value.ts";

/** What a record would become at AWS, and what is missing for each step on the way. */
export function renderPreview(terminal: Terminal, preview: Preview, sensitive: (path: string) => boolean): string {
  const { bold, green, yellow } = terminal.colours;
  const table = renderTable(terminal, {
    head: ["AWS field", "Value", "From", "Rule"],
    rows: preview.fields.map((field) => [
      field.path,
      field.issue === undefined ? valueOf(field, sensitive) : yellow(field.issue),
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

/** The preview for machines, sensitive values hidden. */
export function previewDocument(preview: Preview, sensitive: (path: string) => boolean): unknown {
  return {
    ...preview,
    fields: preview.fields.map((field) =>
      sensitive(field.path) && field.value !== undefined ? { ...field, value: hidden } : field,
    ),
  };
}

const valueOf = (field: PreviewField, sensitive: (path: string) => boolean): string =>
  field.value !== undefined && sensitive(field.path) ? hidden : shortValue(field.value);

/** `file:line:col` without the folder: the file is the sync's mapping. */
const ruleLine = (rule: string): string => rule.slice(rule.lastIndexOf("/") + 1);
