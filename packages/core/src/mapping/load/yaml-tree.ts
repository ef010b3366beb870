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
      /** How far behind `at` the text begins: 1 in quotes. Absent where it is not written as it reads. */
      readonly lead?: 0 | 1;
    }
  | { readonly kind: "list"; readonly items: readonly Tree[]; readonly at: Position }
  | { readonly kind: "map"; readonly entries: readonly Entry[]; readonly at: Position }
  /** A table of an overlay, over the table of the same name: never read from a file, made by `layOver`. */
  | { readonly kind: "laid-over"; readonly base: Tree; readonly over: Tree; readonly at: Position };

export interface Entry {
  readonly key: string;
  readonly at: Position;
  readonly value: Tree;
}

/** Deeper than any mapping needs to be; deeper input is refused before anything walks it. */
const deepest = 50;

/** Aliases may repeat so many values; more would let a small file grow to a huge one. */
const mostRepeated = 10_000;

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
    // The library compares every key with every other: maps are looked at below, in one pass.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "error",
  });
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  // What follows the first error of syntax is guesswork: one bracket too few makes a hundred unexpected tokens.
  const firstError = document.errors.toSorted((a, b) => a.pos[0] - b.pos[0]).slice(0, 1);
  for (const { code, message, pos } of [...firstError, ...document.warnings])
    report(place(pos[0]), {
      code: "yaml",
      message: code === "MULTIPLE_DOCS" ? "A file holds one document: take the line --- out." : message,
    });
  if (document.errors.length > 0) return undefined;

  const refused: YamlNode[] = [];
  const refuse = (node: YamlNode, code: string, message: string) => {
    report(place(node.range?.[0] ?? 0), { code, message });
    refused.push(node);
  };
  const anchors = new Map<string, YamlNode>();
  const resolved = new Map<Alias, YamlNode>();
  visit(document, {
    Node: (_key, node, ancestors) => {
      if (ancestors.length > deepest) {
        refuse(node, "too-deep", "This is nested too deeply.");
        return visit.BREAK;
      }
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target === undefined) refuse(node, "yaml", `There is no anchor &${node.source} above this.`);
        else resolved.set(node, target);
      } else if (node.anchor !== undefined) anchors.set(node.anchor, node);
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

  const sizes = new Map<YamlNode | undefined, number>();
  let repeated = 0;
  const convertAlias = (alias: Alias, at: Position): Tree => {
    const node = resolved.get(alias);
    const size = sizes.get(node) ?? sizeOf(node);
    sizes.set(node, size);
    repeated += size;
    if (repeated <= mostRepeated) return convert(node, at);
    if (repeated - size <= mostRepeated)
      report(at, { code: "nested-alias", message: "Aliases repeat too much here: write the values out." });
    return { kind: "scalar", value: null, text: "", at };
  };
  const convert = (node: unknown, at: Position): Tree => {
    if (isAlias(node)) return convertAlias(node, at);
    if (isMap(node)) {
      const entries = node.items.flatMap(({ key, value }): Entry[] => {
        const keyAt = isScalar(key) || isMap(key) || isSeq(key) ? place(key.range?.[0] ?? 0) : at;
        if (isScalar(key)) return [{ key: spelling(key), at: keyAt, value: convert(value, keyAt) }];
        report(keyAt, { code: "bad-key", message: "A key must be a plain word." });
        return [];
      });
      reportDuplicates(entries, report);
      return { kind: "map", at: place(node.range?.[0] ?? 0), entries };
    }
    if (isSeq(node))
      return { kind: "list", at: place(node.range?.[0] ?? 0), items: node.items.map((item) => convert(item, at)) };
    if (!isScalar(node)) return { kind: "scalar", value: null, text: "", at };
    const { value } = node;
    const known = typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
    const text = spelling(node);
    const [start, end] = node.range ?? [];
    if (start === undefined || end === undefined) return { kind: "scalar", value: known, text, at };
    const lead = node.type === "PLAIN" ? 0 : 1;
    const isAsItReads = node.type?.startsWith("BLOCK") === false && end - start === text.length + 2 * lead;
    return { kind: "scalar", value: known, text, at: place(start), ...(isAsItReads && { lead }) };
  };
  const tree = convert(document.contents, { file, line: 1, column: 1 });
  return repeated > mostRepeated ? undefined : tree;
}

function reportDuplicates(entries: readonly Entry[], report: Report): void {
  const lines = new Map<string, number>();
  for (const { key, at } of entries) {
    const line = lines.get(key);
    if (line === undefined) lines.set(key, at.line);
    else report(at, { code: "duplicate-key", message: `"${key}" is here already, on line ${line}.` });
  }
}

/** How many values a node holds. */
function sizeOf(node: YamlNode | undefined): number {
  let size = 1;
  if (node !== undefined) visit(node, { Node: () => void (size += 1) });
  return size;
}

function spelling(scalar: { readonly value: unknown; readonly source?: string | undefined }): string {
  if (typeof scalar.value === "string") return scalar.value;
  return scalar.source ?? String(scalar.value);
}
