import type { JsonValue } from "@cosell/connector";
import { compileFit, fitCount, isWithin, type TextLimits, textLimitsOf } from "../constraints.ts";
import type { TargetField } from "../../target.ts";
import type { Rule } from "../document.ts";
import { isProblem } from "../problem.ts";
import { compileBody } from "./compile-body.ts";
import { valueAt } from "./compile-path.ts";
import type { Context, Destination } from "./context.ts";
import { eachItem } from "./each-item.ts";
import { knownValues } from "./known-values.ts";
import {
  type Evaluate,
  failed,
  missingMessage,
  type Outcome,
  report,
  reportProblem,
  type Run,
  type Site,
} from "./run.ts";

/** A rule with its target: what the body gives, brought to what the model takes. */
export function compileRule(rule: Rule, destination: Destination, context: Context): Evaluate {
  const { site, modelPath } = destination;
  const accept = acceptFor(destination);
  const missing = missingMessage(modelPath, site.sources, context.targetName);
  const absent = (run: Run): Outcome => {
    run.used = undefined;
    if (!rule.required) return undefined;
    report(run, site, { severity: "error", code: "missing", message: missing });
    return failed;
  };
  const limits = textLimitsOf(destination.field);
  const text = onlyPath(rule.body);
  if (text !== undefined) {
    // Most rules are no more than this: that they make no call is what keeps a whole mapping quick.
    const path = context.scope.path(text, "item");
    return (item, run) => {
      const value = valueAt(path, item, run);
      if (value === undefined) return absent(run);
      run.used = path.source;
      return isWithin(value, limits) ? value : accept(value, run);
    };
  }
  const evaluate = compileBody(rule.body, destination, context);
  if (fitsAlways(rule.body, destination, context))
    return (item, run) => {
      const value = evaluate(item, run);
      if (value === undefined) return absent(run);
      // A table gives a list for a list.
      return typeof value === "object" ? accept(value, run) : value;
    };
  return (item, run) => {
    const value = evaluate(item, run);
    if (value === failed) return failed;
    if (value === undefined) return absent(run);
    return isWithin(value, limits) ? value : accept(value, run);
  };
}

/** Is every value that the rule can give one that the target takes as it is? Then none needs to be judged again. */
function fitsAlways(body: Rule["body"], destination: Destination, context: Context): boolean {
  const { field } = destination;
  if (field === undefined || field.type === "list" || field.type === "structure") return false;
  const fit = compileFit(field);
  return knownValues(body, destination, context)?.every((value) => fit(value) === value) ?? false;
}

/** The path of a rule that is nothing but a path. */
function onlyPath({ source, when, steps, table, default: fallback }: Rule["body"]): string | undefined {
  const isBare = when === undefined && steps.length === 0 && table === undefined && fallback === undefined;
  return isBare && source.verb === "from" && source.paths.length === 1 ? source.paths[0]?.text : undefined;
}

type Accept = (value: JsonValue, run: Run) => Outcome;

function acceptFor({ field, itemField, site }: Destination): Accept {
  if (field?.type === "list") return acceptList(field, itemField, site);
  if (field === undefined || field.type === "structure") return (value) => value;
  const fit = compileFit(field);
  return (value, run) => {
    const fitted = fit(value);
    return typeof fitted === "string" || !isProblem(fitted) ? fitted : reportProblem(run, site, fitted, value);
  };
}

/** A list whose items do not all fit keeps those that do. One value counts as a list of one. */
function acceptList(field: TargetField, itemField: TargetField | undefined, site: Site): Accept {
  const fit = itemField === undefined || itemField.type === "structure" ? undefined : compileFit(itemField);
  const limits = textLimitsOf(itemField);
  const acceptItems =
    fit &&
    eachItem((value, run, index) => {
      const fitted = isWithin(value, limits) ? value : fit(value);
      return isProblem(fitted) ? reportProblem(run, site, fitted, value, index) : fitted;
    });
  return (value, run) => {
    const given = Array.isArray(value) ? value : [value];
    const items = acceptItems === undefined || allWithin(given, limits) ? given : acceptItems(given, run);
    if (!Array.isArray(items)) return items;
    const problem = fitCount(items.length, field);
    return problem === undefined ? items : reportProblem(run, site, problem, items);
  };
}

function allWithin(items: readonly JsonValue[], limits: TextLimits | undefined): boolean {
  for (const item of items) if (!isWithin(item, limits)) return false;
  return items.length > 0;
}
