import type { JsonValue } from "@cosell/connector";
import type { Constant, Source, TemplatePart } from "../document.ts";
import { compileBody } from "./compile-body.ts";
import { compileCondition } from "./compile-condition.ts";
import { valueAt } from "./compile-path.ts";
import { compileEach, compileFields, compileList } from "./compile-structure.ts";
import type { Context, Destination } from "./context.ts";
import type { Evaluate } from "./run.ts";

/** Makes a rule's verb ready: where the value comes from. */
export function compileSource(source: Source, destination: Destination, context: Context): Evaluate {
  switch (source.verb) {
    case "from":
      return compileFrom(
        source.paths.map(({ text }) => text),
        context,
      );
    case "const": {
      const value = constantValue(source.constant, destination, context);
      return (_item, run) => {
        run.used = undefined;
        return value;
      };
    }
    case "template":
      return compileTemplate(source.parts, context);
    case "choose": {
      const options = source.options.map(({ when, ...body }) => ({
        holds: when && compileCondition(when, context),
        evaluate: compileBody(body, destination, context),
      }));
      return (item, run) => {
        for (const { holds, evaluate } of options) if (holds?.(item, run) !== false) return evaluate(item, run);
        return undefined;
      };
    }
    case "list":
      return compileList(source.items, destination, context);
    case "each":
      return compileEach(source, destination, context);
    case "fields":
      return compileFields(source.fields, destination, context);
  }
}

/** A `const`, a `default`: the target's own type, and frozen, since every result shares it. */
export function constantValue(constant: Constant, destination: Destination, context: Context): JsonValue {
  if (constant.kind === "one") return context.literal(constant.literal, destination);
  return Object.freeze(constant.items.map((item) => context.literal(item, destination)));
}

function compileFrom(texts: readonly string[], context: Context): Evaluate {
  const paths = texts.map((text) => context.scope.path(text, "item"));
  const [only, ...more] = paths;
  if (only !== undefined && more.length === 0) {
    return (item, run) => {
      run.used = only.source;
      return valueAt(only, item, run);
    };
  }
  return (item, run) => {
    for (const path of paths) {
      const value = valueAt(path, item, run);
      if (value === undefined) continue;
      run.used = path.source;
      return value;
    }
    run.used = undefined;
    return undefined;
  };
}

const separator = /[\s\-–—,;:|/·]/u;

/** Takes separators off both ends, in one pass over them: a pattern for the end would start anew at each of them. */
function withoutDangling(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && separator.test(text.charAt(start))) start += 1;
  while (end > start && separator.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/**
 * A text with values in it. It is absent when all its values are; where only some are, separators that are left over
 * at its ends go with them.
 */
function compileTemplate(parts: readonly TemplatePart[], context: Context): Evaluate {
  const pieces = parts.map((part) => (part.kind === "text" ? part.text : context.scope.path(part.path.text, "item")));
  return (item, run) => {
    let text = "";
    let missing = false;
    run.used = undefined;
    for (const piece of pieces) {
      if (typeof piece === "string") {
        text += piece;
        continue;
      }
      const value = valueAt(piece, item, run);
      missing ||= value === undefined || typeof value === "object";
      if (value === undefined || typeof value === "object") continue;
      run.used ??= piece.source;
      text += String(value);
    }
    if (run.used === undefined) return undefined;
    return missing ? withoutDangling(text) : text;
  };
}
