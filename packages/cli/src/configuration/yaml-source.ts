import type { Finding } from "@cosell/core";
import { type Document, isMap, isPair, isScalar, LineCounter, type Node, parseDocument, type ScalarTag } from "yaml";

/** Where in a source something stands, as a path of keys and indexes. */
export type YamlPath = readonly PropertyKey[];

/** A YAML file that was read with its positions. */
export interface YamlSource {
  readonly file: string;
  /** The content as plain data; `undefined` when the YAML itself is wrong. */
  readonly data: unknown;
  readonly findings: readonly Finding[];
  /** A custom tag could not give this value: its finding is told already. */
  unresolved(path: YamlPath): boolean;
  /** A finding at the value of `path`, or at its key with `at: "key"`; the nearest parent when it is absent. */
  finding(path: YamlPath, what: Omit<Finding, "file" | "line" | "column">, at?: "key" | "value"): Finding;
}

/** Reads YAML 1.2. `tags` are custom tags; what they complain about becomes a finding as well. Never throws. */
export function readYaml(file: string, text: string, tags: readonly ScalarTag[] = []): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    customTags: [...tags],
    version: "1.2",
    prettyErrors: false,
  });
  const at = (offset: number, what: Omit<Finding, "file" | "line" | "column">): Finding => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, ...what };
  };
  const problems = [...document.errors, ...document.warnings].map((problem) =>
    at(problem.pos[0], { severity: "error", code: codeOf(problem.code), message: sentence(problem.message) }),
  );
  const readable = problems.every(({ code }) => code === tagCode);
  const data = readable ? plainData(document) : { value: undefined };
  if ("problem" in data) {
    problems.push(at(0, { severity: "error", code: yamlCode, message: sentence(data.problem) }));
  }
  return {
    file,
    data: "value" in data ? data.value : undefined,
    findings: problems,
    unresolved: (path) => {
      const node = document.getIn(path, true);
      return isScalar(node) && node.tag !== undefined && node.value === undefined;
    },
    finding: (path, what, side = "value") => at(offsetOf(document, path, side), what),
  };
}

function plainData(document: Document.Parsed): { value: unknown } | { problem: string } {
  try {
    return { value: document.toJS() as unknown };
  } catch (error) {
    // An alias that grows without end is the only thing that the reader finds this late.
    return { problem: error instanceof Error ? error.message : "the content cannot be read" };
  }
}

const tagCode = "unresolved";
const yamlCode = "yaml";
const codeOf = (code: string): string => (code === "TAG_RESOLVE_FAILED" ? tagCode : yamlCode);
const sentence = (text: string): string => (text.endsWith(".") ? text : `${text}.`);

function offsetOf(document: Document.Parsed, path: YamlPath, side: "key" | "value"): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const [depth, step] of path.entries()) {
    const last = depth === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === step);
      if (pair === undefined) return offset;
      offset = last && side === "key" ? startOf(pair.key) : (startOrNone(pair.value) ?? startOf(pair.key));
      node = pair.value;
    } else {
      const item = document.getIn(path.slice(0, depth + 1), true);
      offset = startOrNone(item) ?? offset;
      node = item;
    }
  }
  return offset;
}

const startOf = (node: unknown): number => startOrNone(node) ?? 0;
const startOrNone = (node: unknown): number | undefined => (node as Node | null | undefined)?.range?.[0];
