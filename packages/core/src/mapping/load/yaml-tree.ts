import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node as YamlNode,
  parseDocument,
  visit,
} from "yaml";
import type { Position } from "../mapping.ts";
import type { Report } from "../finding.ts";

/** A YAML value with its place. Scalars keep their spelling. */
export type Tree =
  | {
      readonly kind: "scalar";
      readonly value: string | number | boolean | null;
      readonly text: string;
      readonly at: Position;
    }
  | { readonly kind: "list"; readonly items: readonly Tree[]; readonly at: Position }
  | { readonly kind: "map"; readonly entries: readonly Entry[]; readonly at: Position };

export interface Entry {
  readonly key: string;
  readonly at: Position;
  readonly value: Tree;
}

/** Deeper than any mapping needs to be; deeper input is refused before anything walks it. */
const deepest = 50;

/**
 * Reads YAML 1.2 (core schema) into a tree with positions. What YAML itself finds wrong (duplicate keys, tabs,
 * syntax) is reported, and so are nested aliases. `undefined` when the text cannot be read any further.
 */
export function readYaml(file: string, text: string, report: Report): Tree | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    version: "1.2",
    schema: "core",
    prettyErrors: false,
    logLevel: "error",
  });
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  for (const { code, message, pos } of [...document.errors, ...document.warnings])
    report(place(pos[0]), { code: code === "DUPLICATE_KEY" ? "duplicate-key" : "yaml", message });
  if (document.errors.some(({ code }) => code !== "DUPLICATE_KEY")) return undefined;

  const refused: YamlNode[] = [];
  const refuse = (node: YamlNode, code: string, message: string) => {
    report(place(node.range?.[0] ?? 0), { code, message });
    refused.push(node);
  };
  visit(document, {
    Node: (_key, node, ancestors) => {
      if (ancestors.length > deepest) {
        refuse(node, "too-deep", "This is nested too deeply.");
        return visit.BREAK;
      }
      // Aliases inside anchored values multiply: a few lines would grow to gigabytes.
      if (
        isAlias(node) &&
        ancestors.some((ancestor) => (isMap(ancestor) || isSeq(ancestor)) && ancestor.anchor !== undefined)
      )
        refuse(node, "nested-alias", "An alias inside an anchored value is not allowed: write the value out.");
      return undefined;
    },
  });
  if (refused.length > 0) return undefined;

  const resolve = (alias: Alias) => alias.resolve(document);
  const convert = (node: unknown, at: Position): Tree => {
    if (isAlias(node)) return convert(resolve(node), at);
    if (isMap(node))
      return {
        kind: "map",
        at: place(node.range?.[0] ?? 0),
        entries: node.items.flatMap(({ key, value }): Entry[] => {
          const keyAt = isScalar(key) || isMap(key) || isSeq(key) ? place(key.range?.[0] ?? 0) : at;
          if (isScalar(key)) return [{ key: spelling(key), at: keyAt, value: convert(value, keyAt) }];
          report(keyAt, { code: "bad-key", message: "A key must be a plain word." });
          return [];
        }),
      };
    if (isSeq(node))
      return { kind: "list", at: place(node.range?.[0] ?? 0), items: node.items.map((item) => convert(item, at)) };
    if (!isScalar(node)) return { kind: "scalar", value: null, text: "", at };
    const { value } = node;
    const known = typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
    return { kind: "scalar", value: known, text: spelling(node), at: node.range ? place(node.range[0]) : at };
  };
  return convert(document.contents, { file, line: 1, column: 1 });
}

function spelling(scalar: { readonly value: unknown; readonly source?: string | undefined }): string {
  if (typeof scalar.value === "string") return scalar.value;
  return scalar.source ?? String(scalar.value);
}
