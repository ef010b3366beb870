import type { JsonObject, JsonValue, MappingFunction } from "@cosell/connector";
import type { StepCall } from "../document.ts";
import { isProblem, Problem } from "../problem.ts";
import { steps } from "../steps/index.ts";
import type { Step, StepArguments, StepResult } from "../steps/step.ts";
import { present, valueAt } from "./compile-path.ts";
import type { Context } from "./context.ts";
import { eachItem, type OnItem } from "./each-item.ts";
import { failed, type Outcome, report, reportProblem, type Run, type Site } from "./run.ts";

/** Brings a present value on. */
export type Pipe = (value: JsonValue, item: JsonObject, run: Run) => Outcome;

type Given = (item: JsonObject, run: Run) => StepArguments;

/** Makes a rule's steps ready, in their order. `undefined` when there are none. */
export function compileSteps(calls: readonly StepCall[], site: Site, context: Context): Pipe | undefined {
  const [first, ...more] = calls.map((call) => compileStep(call, site, context));
  if (first === undefined || more.length === 0) return first;
  return (value, item, run) => {
    let current = first(value, item, run);
    for (const pipe of more) {
      if (current === undefined || current === failed) return current;
      current = pipe(current, item, run);
    }
    return current;
  };
}

function compileStep(call: StepCall, site: Site, context: Context): Pipe {
  const given = compileArguments(call, context);
  const isFixed = call.arguments.every(({ argument }) => argument.kind === "literal");
  const step = steps.get(call.name.text);
  const own = context.functions[call.name.text];
  const prepare = (values: StepArguments): Pipe =>
    step !== undefined ? applyStep(step, prepareStep(step, values), site) : callFunction(own, values, site);
  return isFixed ? prepare(fixedArguments(call)) : (value, item, run) => prepare(given(item, run))(value, item, run);
}

function compileArguments(call: StepCall, context: Context): Given {
  const getters = call.arguments.map(({ name, argument }) => {
    if (argument.kind === "path") {
      const path = context.scope.path(argument.path.text, "record");
      return [name.text, (item: JsonObject, run: Run) => textOf(valueAt(path, item, run))] as const;
    }
    const { text } = argument.literal;
    return [name.text, () => text] as const;
  });
  return (item, run) => Object.fromEntries(getters.map(([name, get]) => [name, get(item, run)]));
}

/** The arguments that a mapping writes out, by name, in their spelling. */
export function fixedArguments(call: StepCall): StepArguments {
  return Object.fromEntries(
    call.arguments.flatMap(({ name, argument }) =>
      argument.kind === "literal" ? [[name.text, argument.literal.text]] : [],
    ),
  );
}

/** A step that knows its arguments. */
type Ready = (value: JsonValue) => StepResult;

function prepareStep(step: Step, given: StepArguments): Ready {
  if (step.takes === "list") {
    const ready = step.prepare(given);
    return isProblem(ready) ? () => ready : (value) => ready(Array.isArray(value) ? value : [value]);
  }
  const ready = step.prepare(given);
  if (isProblem(ready)) return () => ready;
  return (value) => {
    const text = textOf(value);
    return text === undefined ? new Problem("wrong-type", "is not one value but several") : ready(text);
  };
}

function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

function applyStep(step: Step, ready: Ready, site: Site): Pipe {
  const { lossy } = step;
  const one: OnItem = (value, run, index) => {
    const result = ready(value);
    if (isProblem(result)) return reportProblem(run, site, result, value, index);
    if (lossy !== undefined && result !== value) {
      const { code, message } = lossy;
      const subject = run.used ?? site.sources.join(" and ");
      report(run, site, { severity: "warning", code, message: `${subject} ${message}.`, index });
    }
    return present(result);
  };
  const many = step.takes === "list" ? undefined : eachItem(one);
  return (value, _item, run) =>
    many === undefined || !Array.isArray(value) ? one(value, run, undefined) : many(value, run);
}

function callFunction(own: MappingFunction | undefined, given: StepArguments, site: Site): Pipe {
  const broken = new Problem("function-failed", "could not be computed: the connector's function failed");
  return (value, _item, run) => {
    try {
      return present(own?.run(value, given));
    } catch {
      return reportProblem(run, site, broken, value);
    }
  };
}
