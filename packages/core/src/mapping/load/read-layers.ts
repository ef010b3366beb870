import type { Word } from "../document.ts";
import type { Report } from "../finding.ts";
import { layOver } from "./lay-over.ts";
import { readWord } from "./reader.ts";
import type { Resolve } from "./resolve.ts";
import { readYaml, type Tree } from "./yaml-tree.ts";

interface LayerContext {
  readonly report: Report;
  readonly resolve: Resolve | undefined;
  /** The files above this one, to notice a circle. */
  readonly reading?: readonly string[];
}

/**
 * Reads a mapping and every mapping under it that it `extends`, as one tree. `undefined` when one of them cannot be
 * read: what is left would be full of mistakes that nobody made.
 */
export function readLayers(
  source: { readonly file: string; readonly text: string },
  context: LayerContext,
): Tree | undefined {
  const { report } = context;
  const tree = readYaml(source.file, source.text, report);
  if (tree?.kind !== "map") return tree;
  const reference = tree.entries.find(({ key }) => key === "extends");
  if (reference === undefined) return tree;
  const word = readWord(reference.value, "extends", report);
  const base = word && readBase(word, { ...context, reading: [...(context.reading ?? []), source.file] });
  return base && layOver(base, tree, report);
}

function readBase(reference: Word, context: LayerContext & { readonly reading: readonly string[] }): Tree | undefined {
  const found = context.resolve?.(reference.text, reference.at.file);
  if (found !== undefined && !context.reading.includes(found.file)) return readLayers(found, context);
  const why = found === undefined ? "cannot be found" : "extends this one in turn";
  context.report(reference.at, { code: "bad-extends", message: `The mapping ${reference.text} ${why}.` });
  return undefined;
}
