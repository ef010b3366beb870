import type { JsonObject } from "@cosell/connector";
import type { Rule } from "../document.ts";
import { assemble, layOut, type Place } from "./assemble.ts";
import { compileRule } from "./compile-rule.ts";
import type { Context } from "./context.ts";
import { destinationOf } from "./destination.ts";
import type { Evaluate, Outcome, Run } from "./run.ts";

/** Makes an object of the record, or of an item of `each`; absent when it would be empty. */
export type Build = (item: JsonObject, run: Run) => JsonObject | undefined;

/** Makes an object out of rules. */
export function compileObject(rules: readonly Rule[], place: Place, context: Context): Build {
  const { destinations, evaluate } = compileRules(rules, place, context);
  const layout = layOut(destinations, place, context);
  return (item, run) => assemble(layout, evaluate(item, run), run);
}

/**
 * Makes an item of a list out of rules. It is absent when it should hold something of the record and none of its rules
 * found anything there: constants and defaults alone are no contact and no amount.
 */
export function compileItem(rules: readonly Rule[], place: Place, context: Context): Build {
  const { destinations, evaluate } = compileRules(rules, place, context);
  const layout = layOut(destinations, place, context);
  const readsRecord = destinations.some(({ site }) => site.sources.length > 0);
  return (item, run) => {
    const { reads } = run;
    const issues = run.issues.length;
    const values = evaluate(item, run);
    if (!readsRecord || run.reads > reads) return assemble(layout, values, run);
    forgetMissing(run, issues);
    return undefined;
  };
}

function compileRules(rules: readonly Rule[], place: Place, context: Context) {
  const parts = rules.map((rule) => ({ rule, destination: destinationOf(rule, place, context) }));
  const destinations = parts.map(({ destination }) => destination);
  const plan: Plan = {
    names: destinations.map(({ name }) => name),
    evaluate: parts.map(({ rule, destination }) => compileRule(rule, destination, context)),
  };
  const evaluate = (item: JsonObject, run: Run): readonly Outcome[] => {
    const values = new Array<Outcome>(parts.length);
    evaluateAll(plan, values, item, run);
    return values;
  };
  return { destinations, evaluate };
}

/** The rules of one object, side by side. */
export interface Plan {
  readonly names: readonly string[];
  readonly evaluate: readonly Evaluate[];
}

/** Evaluates rules one after the other into their slots, and keeps which path gave what. */
export function evaluateAll({ names, evaluate }: Plan, values: Outcome[], item: JsonObject, run: Run): void {
  const used = new Array<string | undefined>(evaluate.length);
  for (let slot = 0; slot < evaluate.length; slot += 1) {
    const value = evaluate[slot]?.(item, run);
    values[slot] = value;
    used[slot] = run.used;
    if (value !== undefined && run.used !== undefined) run.reads += 1;
  }
  run.trace.push({ names, values, used, prefix: run.prefix });
}

/** Of an object that is not there at all, nothing is missing. */
function forgetMissing(run: Run, from: number): void {
  const kept = run.issues.splice(from).filter(({ code }) => code !== "missing");
  run.issues.push(...kept);
}
