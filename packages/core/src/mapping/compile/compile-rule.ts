import type { JsonValue } from "@cosell/connector";
import { compileFit, fitCount } from "../constraints.ts";
import type { TargetField } from "../../target.ts";
import type { Rule } from "../document.ts";
import { isProblem } from "../problem.ts";
import { compileBody } from "./compile-body.ts";
import type { Context, Destination } from "./context.ts";
import { eachItem } from "./each-item.ts";
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

/** A rule with its target: what the body gives, brought to what the model takes, with its provenance. */
export function compileRule(rule: Rule, destination: Destination, context: Context): Evaluate {
  const evaluate = compileBody(rule.body, destination, context);
  const { name, site, field, modelPath } = destination;
  const accept = field?.type === "list" ? acceptList(field, destination.itemField, site) : acceptOne(field, site);
  const { required } = rule;
  const namesInItems: string[] = [];
  const missing = missingMessage(modelPath, site.sources, context.targetName);
  return (item, run) => {
    const value = evaluate(item, run);
    if (value === failed) return failed;
    if (value === undefined) {
      if (!required) return undefined;
      report(run, site, { severity: "error", code: "missing", message: missing });
      return failed;
    }
    const accepted = accept(value, run);
    const { used } = run;
    if (used !== undefined && accepted !== undefined && accepted !== failed) {
      run.reads += 1;
      run.usedSources[run.prefix === "" ? name : nameInItem(run, name, namesInItems)] = used;
    }
    return accepted;
  };
}

/** `Customer.Contacts[0].Email`: remembered, since putting names together costs more than the rest of a leaf. */
function nameInItem(run: Run, name: string, remembered: string[]): string {
  return run.place === undefined ? run.prefix + name : (remembered[run.place] ??= run.prefix + name);
}

type Accept = (value: JsonValue, run: Run) => Outcome;

function acceptOne(field: TargetField | undefined, site: Site): Accept {
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
  const acceptItems = eachItem((value, run, index) => {
    const fitted = fit === undefined ? value : fit(value);
    return isProblem(fitted) ? reportProblem(run, site, fitted, value, index) : fitted;
  });
  return (value, run) => {
    const items = acceptItems(Array.isArray(value) ? value : [value], run);
    if (!Array.isArray(items)) return items;
    const problem = fitCount(items.length, field);
    return problem === undefined ? items : reportProblem(run, site, problem, items);
  };
}
