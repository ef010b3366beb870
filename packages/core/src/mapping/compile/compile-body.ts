import type { RuleBody } from "../document.ts";
import { compileCondition } from "./compile-condition.ts";
import { compileSource, constantValue } from "./compile-source.ts";
import { compileSteps } from "./compile-steps.ts";
import type { Context, Destination } from "./context.ts";
import { type Evaluate, failed } from "./run.ts";

/** A rule without its target, in the order of the language: when, source, steps, table, default. */
export function compileBody(body: RuleBody, destination: Destination, context: Context): Evaluate {
  const holds = body.when && compileCondition(body.when, context);
  const source = compileSource(body.source, destination, context);
  const pipe = compileSteps(body.steps, destination.site, context);
  const table = body.table && context.tables.get(body.table.text);
  const lookup = table && context.lookup(table, destination);
  const fallback = body.default && constantValue(body.default, destination, context);
  if (holds === undefined && pipe === undefined && lookup === undefined && fallback === undefined) return source;
  return (item, run) => {
    if (holds !== undefined && !holds(item, run)) return undefined;
    let value = source(item, run);
    if (pipe !== undefined && value !== undefined && value !== failed) value = pipe(value, item, run);
    if (lookup !== undefined && value !== undefined && value !== failed) value = lookup(value, run);
    if (value !== undefined || fallback === undefined) return value;
    run.used = undefined;
    return fallback;
  };
}
