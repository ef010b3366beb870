import type { JsonObject } from "@cosell/connector";
import type { Rule } from "../document.ts";
import { assemble, layOut, type Place } from "./assemble.ts";
import { compileRule } from "./compile-rule.ts";
import type { Context } from "./context.ts";
import { destinationOf } from "./destination.ts";
import type { Outcome, Run } from "./run.ts";

/**
 * Makes an object out of rules. It is absent when it should hold something of the record and none of its rules found
 * anything there: constants and defaults alone are no contact and no amount.
 */
export function compileObject(
  rules: readonly Rule[],
  place: Place,
  context: Context,
): (item: JsonObject, run: Run) => JsonObject | undefined {
  const parts = rules.map((rule) => ({ rule, destination: destinationOf(rule, place, context) }));
  const destinations = parts.map(({ destination }) => destination);
  const compiled = parts.map(({ rule, destination }) => compileRule(rule, destination, context));
  const layout = layOut(destinations, place, context);
  const readsRecord = destinations.some(({ site }) => site.sources.length > 0);
  return (item, run) => {
    const { reads } = run;
    const issues = run.issues.length;
    const values = new Array<Outcome>(compiled.length);
    for (let slot = 0; slot < compiled.length; slot += 1) values[slot] = compiled[slot]?.(item, run);
    if (!readsRecord || run.reads > reads) return assemble(layout, values, run);
    forgetMissing(run, issues);
    return undefined;
  };
}

/** Of an object that is not there at all, nothing is missing. */
function forgetMissing(run: Run, from: number): void {
  const kept = run.issues.splice(from).filter(({ code }) => code !== "missing");
  run.issues.push(...kept);
}
