import type { Finding } from "@cosell/core";
import { isDeepStrictEqual } from "node:util";
import { type Document, LineCounter, parseDocument, visit } from "yaml";
import { layOutFlow, placeFlowLines } from "./flow-layout.ts";

/** What formatting gave. Without a text the YAML itself is wrong, and nothing can be said about its layout. */
export interface FormattedYaml {
  readonly text?: string;
  readonly findings: readonly Finding[];
}

/** Lays out YAML: two spaces, 120 columns; comments, key order and the spelling of every value stay as written. */
export function formatYaml(file: string, text: string): FormattedYaml {
  const lines = new LineCounter();
  const document = parse(text, lines);
  const findings = document.errors.map(({ pos, message }): Finding => {
    const { line, col } = lines.linePos(pos[0]);
    return { file, line, column: col, severity: "error", code: "yaml", message };
  });
  if (findings.length === 0) findings.push(...unresolvedAliases(document, file, lines));
  if (findings.length > 0) return { findings };
  const meaning = meaningOf(document);
  layOutFlow(document);
  const formatted = placeFlowLines(
    document.toString({ indent: 2, lineWidth: 120, trailingComma: true, singleQuote: false }),
  );
  if (isDeepStrictEqual(meaningOf(parse(formatted)), meaning)) return { text: formatted, findings: [] };
  const message = "This file uses YAML in a way that formatting would change; it is left alone.";
  return { findings: [{ file, line: 1, column: 1, severity: "error", code: "not-formattable", message }] };
}

/** An alias without its anchor is no syntax error to the library, but it cannot be written out again. */
function unresolvedAliases(document: Document.Parsed, file: string, lines: LineCounter): readonly Finding[] {
  const findings: Finding[] = [];
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) !== undefined) return;
      const { line, col } = lines.linePos(alias.range?.[0] ?? 0);
      const message = `The alias *${alias.source} has no anchor above it.`;
      findings.push({ file, line, column: col, severity: "error", code: "yaml", message });
    },
  });
  return findings;
}

const parse = (text: string, lineCounter = new LineCounter()): Document.Parsed =>
  parseDocument(text, { lineCounter, version: "1.2", schema: "core", prettyErrors: false, logLevel: "silent" });

/** Every value with its spelling (`1.0` is a text where AWS takes texts), key and alias, in order. */
function meaningOf(document: Document): readonly unknown[] {
  const meaning: unknown[] = [];
  visit(document, {
    Scalar: (_key, { value, source, tag, anchor }) =>
      void meaning.push([value, typeof value === "string" ? "" : source, tag, anchor]),
    Alias: (_key, { source }) => void meaning.push(["alias", source]),
    Collection: (_key, { items, tag, anchor }) => void meaning.push([items.length, tag, anchor]),
  });
  return meaning;
}
