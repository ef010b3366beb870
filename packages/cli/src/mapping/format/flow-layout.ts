import { type Document, isPair, isScalar, visit, YAMLMap, YAMLSeq } from "yaml";

/** What the `yaml` package tells a node that writes itself. */
type Context = NonNullable<Parameters<YAMLMap["toString"]>[0]>;

/** The column at which a map is broken up at the latest. */
const columns = 120;
/** Narrower than this nothing is made. */
const narrowest = 20;

/**
 * Lets `{ … }` and `[…]` be written as prettier writes them: lists without inner spaces, and a map that is too long behind
 * its key on a line of its own, before it is broken up. The `yaml` package looks at a map's own length only, so every
 * node is given a writer that knows what stands in front of it.
 */
export function layOutFlow(document: Document): void {
  visit(document, {
    Seq: (_key, node) => {
      node.toString = (context, ...rest) =>
        YAMLSeq.prototype.toString.call(node, context && unpadded(context), ...rest);
    },
    Map: (_key, node, ancestors) => {
      const keyLength = lengthOfKey(node, ancestors.at(-1));
      node.toString = (context, ...rest) => {
        const write = (width: number): string =>
          YAMLMap.prototype.toString.call(node, context && within(context, width), ...rest);
        if (context === undefined || node.flow !== true || context.inFlow === true)
          return write(context?.options.lineWidth ?? columns);
        const indent = context.indent.length;
        const start = keyLength === 0 ? indent : indent - 2 + keyLength;
        const line = write(0);
        if (line.includes("\n") || start + line.length <= columns) return line;
        if (keyLength > 0 && indent + line.length <= columns) return `${mark}${context.indent}${mark}${line}`;
        return write(Math.max(narrowest, columns - start));
      };
    },
  });
}

/** Puts the maps that were marked for it on a line of their own. */
export function placeFlowLines(text: string): string {
  return text.replaceAll(new RegExp(` ${mark}( *)${mark}`, "g"), "\n$1");
}

/** A character that YAML forbids, and so is in no file. */
const mark = "\u0001";

/** The columns that a key takes, with colon and space; 0 for what has none. */
function lengthOfKey(node: YAMLMap, parent: unknown): number {
  if (!isPair(parent) || parent.value !== node || !isScalar(parent.key)) return 0;
  return (parent.key.source ?? String(parent.key.value)).length + ": ".length;
}

const unpadded = (context: Context): Context => ({ ...context, flowCollectionPadding: "" });

/** `width` 0 writes one line, however long. */
const within = (context: Context, lineWidth: number): Context => ({
  ...context,
  flowCollectionPadding: " ",
  options: { ...context.options, lineWidth },
});
