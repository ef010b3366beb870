import type { StepCall } from "../document.ts";

/** Steps that make no text longer. */
const keepsLength: ReadonlySet<string> = new Set([
  "first",
  "html-to-text",
  "last",
  "lower",
  "split",
  "trim",
  "unique",
  "upper",
]);

/** Most characters of what a step gives, when it gets at most so many. Absent: not known. */
export function lengthAfter(call: StepCall, length: number | undefined): number | undefined {
  const name = call.name.text;
  if (name === "truncate") {
    const limit = Number(literalOf(call, "value"));
    return Number.isNaN(limit) ? length : Math.min(limit, length ?? limit);
  }
  if (name === "replace") {
    const [find = "", replacement = ""] = [literalOf(call, "find"), literalOf(call, "with")];
    return replacement.length <= find.length ? length : undefined;
  }
  return keepsLength.has(name) ? length : undefined;
}

function literalOf(call: StepCall, name: string): string | undefined {
  const argument = call.arguments.find((candidate) => candidate.name.text === name)?.argument;
  return argument?.kind === "literal" ? argument.literal.text : undefined;
}
