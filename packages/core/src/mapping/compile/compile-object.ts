import type { JsonObject } from "@cosell/connector";
import type { Rule } from "../document.ts";
import { assemble, layOut, type Place } from "./assemble.ts";
import { compileRule } from "./compile-rule.ts";
import type { Context } from "./context.ts";
import { destinationOf } from "./destination.ts";
import type { Outcome, Run } from "./run.ts";

type Build = (item: JsonObject, run: Run) => JsonObject | undefined;

/** Makes an object out of rules. */
export function compileObject(rules: readonly Rule[], place: Place, context: Context): Build {
  const { destinations, evaluateAll } = compileRules(rules, place, context);
  const layout = layOut(destinations, place, context);
  return (item, run) => assemble(layout, evaluateAll(item, run), run);
}

/**
 * Makes an item of a list out of rules. It is absent when it should hold something of the record and none of its rules
 * found anything there: constants and defaults alone are no contact and no amount.
 */
export function compileItem(rules: readonly Rule[], place: Place, context: Context): Build {
  const { destinations, evaluateAll } = compileRules(rules, place, context);
  const layout = layOut(destinations, place, context);
  const readsRecord = destinations.some(({ site }) => site.sources.length > 0);
  return (item, run) => {
    const { reads } = run;
    const issues = run.issues.length;
    const values = evaluateAll(item, run);
    if (!readsRecord || run.reads > reads) return assemble(layout, values, run);
    forgetMissing(run, issues);
    return undefined;
  };
}

function compileRules(rules: readonly Rule[], place: Place, context: Context) {
  const parts = rules.map((rule) => ({ rule, destination: destinationOf(rule, place, context) }));
  const compiled = parts.map(({ rule, destination }) => compileRule(rule, destination, context));
  const evaluateAll = (item: JsonObject, run: Run): readonly Outcome[] => {
    const values = new Array<Outcome>(compiled.length);
    for (let slot = 0; slot < compiled.length; slot += 1) values[slot] = compiled[slot]?.(item, run);
    return values;
  };
  return { destinations: parts.map(({ destination }) => destination), evaluateAll };
}

/** Of an object that is not there at all, nothing is missing. */
function forgetMissing(run: Run, from: number): void {
  const kept = run.issues.splice(from).filter(({ code }) => code !== "missing");
  run.issues.push(...kept);
}
