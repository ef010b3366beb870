import type { Constant, Literal, Word } from "../document.ts";
import type { Report } from "../finding.ts";
import { suggest } from "../suggest.ts";
import type { Entry, Tree } from "./yaml-tree.ts";

/** The entries of a map by key; anything else is reported. Keys outside `known` are reported too. */
export function readMap(
  tree: Tree,
  options: { readonly what: string; readonly known?: readonly string[]; readonly report: Report },
): ReadonlyMap<string, Entry> | undefined {
  const { what, known, report } = options;
  if (tree.kind !== "map") {
    report(tree.at, { code: "wrong-shape", message: `${what} must be written as key: value pairs.` });
    return undefined;
  }
  for (const entry of known === undefined ? [] : tree.entries) {
    if (known?.includes(entry.key) !== false) continue;
    report(entry.at, {
      code: "unknown-key",
      message: `${what} has no key "${entry.key}". It may have: ${known.join(", ")}.`,
      suggestion: suggest(entry.key, known),
    });
  }
  return new Map(tree.entries.map((entry) => [entry.key, entry]));
}

/** A list's items; a single value counts as a list of one. */
export function readItems(tree: Tree): readonly Tree[] {
  return tree.kind === "list" ? tree.items : [tree];
}

/** A scalar as the author wrote it; lists, maps and nothing are reported. */
export function readLiteral(tree: Tree, what: string, report: Report): Literal | undefined {
  if (tree.kind === "scalar" && tree.value !== null) return { text: tree.text, value: tree.value, at: tree.at };
  report(tree.at, { code: "wrong-shape", message: `${what} must be one value.` });
  return undefined;
}

/** A word: a path, a name. Numbers and the like are taken by their spelling. */
export function readWord(tree: Tree, what: string, report: Report): Word | undefined {
  const literal = readValue(tree, what, report);
  return literal && { text: literal.text, at: literal.at };
}

/** A word out of a few. */
export function readChoice<T extends string>(
  tree: Tree,
  options: { readonly what: string; readonly choices: readonly T[]; readonly report: Report },
): T | undefined {
  const word = readWord(tree, options.what, options.report);
  if (word === undefined) return undefined;
  const choice = options.choices.find((candidate) => candidate === word.text);
  if (choice === undefined)
    options.report(word.at, {
      code: "unknown-choice",
      message: `${options.what} must be one of: ${options.choices.join(", ")}.`,
      suggestion: suggest(word.text, options.choices),
    });
  return choice;
}

/** A dotted path. Segments that every object inherits (`constructor`) are refused. */
export function readPath(tree: Tree, what: string, report: Report): Word | undefined {
  const word = readWord(tree, what, report);
  if (word === undefined || isPath(word.text)) return word;
  report(word.at, { code: "bad-path", message: `${what} must be a path such as Account.Name.` });
  return undefined;
}

/** Longer than any path: what looks at a path part by part need not fear long ones. */
const longestPath = 1000;

/** Is it a dotted path of names, of which a segment may end in `[]`? */
export function isPath(text: string): boolean {
  return (
    text.length <= longestPath &&
    text.split(".").every((segment) => /^[$\w-]+(\[\])?$/u.test(segment) && !(segment in Object.prototype))
  );
}

/** A value that a target shall have. Nothing and empty text are no values: a rule that gives none is left out. */
export function readValue(tree: Tree, what: string, report: Report): Literal | undefined {
  const literal = readLiteral(tree, what, report);
  if (literal?.text !== "") return literal;
  report(tree.at, { code: "wrong-shape", message: `${what} must not be empty.` });
  return undefined;
}

/** A value, or a list of values. */
export function readConstant(tree: Tree, what: string, report: Report): Constant | undefined {
  if (tree.kind !== "list") {
    const literal = readValue(tree, what, report);
    return literal && { kind: "one", literal };
  }
  const items = tree.items.flatMap((item) => readValue(item, what, report) ?? []);
  return { kind: "list", items, at: tree.at };
}
