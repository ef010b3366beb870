import type { TemplatePart } from "../document.ts";
import type { Report } from "../finding.ts";
import { isPath, readLiteral } from "./reader.ts";
import type { Tree } from "./yaml-tree.ts";

/** Reads `"{Account.Name} - {Name}"` into its texts and paths. `{{` stands for a brace. */
export function readTemplate(tree: Tree, report: Report): readonly TemplatePart[] | undefined {
  const literal = readLiteral(tree, "template", report);
  if (literal === undefined) return undefined;
  const parts: TemplatePart[] = [];
  const { at } = literal;
  const lead = tree.kind === "scalar" ? tree.lead : undefined;
  const placeOf = (index: number) => (lead === undefined ? at : { ...at, column: at.column + lead + index });
  for (const { 0: piece, index } of literal.text.matchAll(/\{\{|\}\}|\{[^{}]*\}|[^{}]+|[{}]/gu)) {
    const inner = piece.slice(1, -1).trim();
    if (piece === "{{" || piece === "}}") parts.push({ kind: "text", text: piece.slice(1) });
    else if (!/^[{}]/u.test(piece)) parts.push({ kind: "text", text: piece });
    else if (isPath(inner))
      parts.push({ kind: "path", path: { text: inner, at: placeOf(index + piece.indexOf(inner)) } });
    else
      report(at, {
        code: "bad-template",
        message: `"${piece}" in the template is not a path in braces, such as {Account.Name}.`,
      });
  }
  return parts;
}
