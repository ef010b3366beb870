import type { JsonValue } from "@cosell/connector";
import type { Definition } from "../definitions/definition.ts";

/** Blocks of Markdown, one under the other. */
export function blocks(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}

/** A table. Cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Words and what they mean, as a table. */
export function meanings(head: string, definitions: Readonly<Record<string, Definition>>): string {
  return table(
    [head, ""],
    Object.entries(definitions).map(([word, { summary }]) => [code(word), summary]),
  );
}

/** A word of the language, or a line of it. */
export function code(text: string): string {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** YAML as a block. */
export function yaml(text: string): string {
  return `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``;
}

/** A value as one writes it down. */
export function json(value: JsonValue): string {
  return code(
    JSON.stringify(value)
      .replaceAll('":', '": ')
      .replaceAll(/,(?=["[{])/gu, ", "),
  );
}
