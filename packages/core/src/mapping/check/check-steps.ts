import type { MappingFunction } from "@cosell/connector";
import { fixedArguments } from "../compile/compile-steps.ts";
import type { StepCall, Word } from "../document.ts";
import { isProblem } from "../problem.ts";
import { steps } from "../steps/index.ts";
import type { ScalarStep, Step, StepArguments } from "../steps/step.ts";
import { suggest } from "../suggest.ts";
import type { CheckContext } from "./context.ts";
import { lengthAfter } from "./step-length.ts";
import { formNames, type ValueForm, type ValueShape } from "./value-shape.ts";

/** The forms of value that a step can work with. */
const accepts: Readonly<Record<ScalarStep["takes"], readonly ValueForm[]>> = {
  text: ["text", "prose", "number", "integer", "day", "time"],
  number: ["number", "integer", "text"],
  date: ["day", "time", "text", "integer"],
  boolean: ["boolean", "text", "integer"],
};

/** Steps on lists that leave the values as they are. */
const picksMembers: ReadonlySet<string> = new Set(["first", "last", "unique"]);

/**
 * Checks the calls one after the other, and returns what is known of the value that comes out. `checkPath` checks the
 * arguments that are read from the record.
 */
export function checkSteps(
  calls: readonly StepCall[],
  given: ValueShape,
  checkPath: (path: Word) => void,
  context: CheckContext,
): ValueShape {
  let shape = given;
  for (const call of calls) {
    for (const { argument } of call.arguments) if (argument.kind === "path") checkPath(argument.path);
    const step = steps.get(call.name.text);
    if (step === undefined) {
      checkFunction(call, context);
      shape = { origin: shape.origin };
      continue;
    }
    const isReady = checkArguments(call, callableStep(step), context);
    const fits = checkForm(call, step, shape, context);
    shape = isReady && fits ? afterStep(call, step, shape, context) : { origin: shape.origin };
  }
  return shape;
}

/** A step or a function, as far as its arguments go. */
interface Callable {
  readonly arguments?: Readonly<Record<string, "required" | "optional">> | undefined;
  /** Why it cannot work with arguments that the mapping writes out. */
  readonly refuse: (given: StepArguments) => string | undefined;
}

function callableStep(step: Step): Callable {
  const refuse = (given: StepArguments): string | undefined => {
    const prepared = step.prepare(given);
    return isProblem(prepared) ? `The value ${prepared.message}.` : undefined;
  };
  return { arguments: step.arguments, refuse };
}

function checkFunction(call: StepCall, context: CheckContext): void {
  const { functions, report } = context;
  const { at, text } = call.name;
  const own = Object.hasOwn(functions, text) ? functions[text] : undefined;
  if (own !== undefined) {
    checkArguments(call, { arguments: own.arguments, refuse: (given) => refusalOf(own, given) }, context);
    return;
  }
  report(at, {
    code: "unknown-step",
    message: `There is no step "${text}".`,
    suggestion: suggest(text, [...steps.keys(), ...Object.keys(functions)]),
  });
}

/** A connector's own code may fail: that is a refusal too, and never ends the check. */
function refusalOf({ refuseArguments }: MappingFunction, given: StepArguments): string | undefined {
  try {
    return refuseArguments?.(given);
  } catch {
    return "The connector's function fails with these arguments.";
  }
}

/** Are the arguments those that the step takes? */
function checkArguments(call: StepCall, step: Callable, { report }: CheckContext): boolean {
  const known = step.arguments ?? {};
  const stepName = call.name.text;
  const unknown = call.arguments.filter(({ name }) => !Object.hasOwn(known, name.text));
  for (const { name } of unknown) {
    const unnamed = name.text === "value";
    const names = Object.keys(known).join(", ");
    const message = unnamed
      ? `The step ${stepName} takes ${names === "" ? "no argument" : `{ ${names}: … }`}.`
      : `The step ${stepName} has no argument "${name.text}".`;
    report(name.at, {
      code: "unknown-argument",
      message,
      suggestion: unnamed ? undefined : suggest(name.text, Object.keys(known)),
    });
  }
  const absent = Object.keys(known).filter(
    (name) => known[name] === "required" && !call.arguments.some((argument) => argument.name.text === name),
  );
  for (const name of absent)
    report(call.name.at, {
      code: "missing-argument",
      message:
        name === "value"
          ? `The step ${stepName} needs an argument: { ${stepName}: … }.`
          : `The step ${stepName} needs "${name}".`,
    });
  if (unknown.length > 0 || absent.length > 0) return false;
  if (!isFixed(call)) return true;
  const message = step.refuse(fixedArguments(call));
  if (message === undefined) return true;
  report(call.name.at, { code: "bad-argument", message });
  return false;
}

function isFixed(call: StepCall): boolean {
  return call.arguments.every(({ argument }) => argument.kind === "literal");
}

/** Can the step work on such a value at all? */
function checkForm(call: StepCall, step: Step, { form, isList }: ValueShape, { report }: CheckContext): boolean {
  const { at, text } = call.name;
  const message = (given: string) => `The step ${text} works on a ${step.takes}, and here it gets a ${given}.`;
  if (step.takes === "list") {
    // Lines are a list already to this step, also inside one text.
    if (isList !== false || form === undefined || text === "lines-to-text") return true;
    report(at, { code: "step-type", message: message(formNames[form]), suggestion: "split, before it" });
    return false;
  }
  if (form === undefined || accepts[step.takes].includes(form)) return true;
  report(at, { code: "step-type", message: message(formNames[form]) });
  return false;
}

function afterStep(call: StepCall, step: Step, given: ValueShape, context: CheckContext): ValueShape {
  const name = call.name.text;
  const { origin, retired, isNarrowed } = given;
  const values = valuesAfter(call, step, given, context);
  const known = { origin, retired, isNarrowed, values, isClosed: values !== undefined && given.isClosed === true };
  const maxLength = lengthAfter(call, given.maxLength);
  if (step.takes === "list" && step.gives !== "list") {
    return { ...known, maxLength, isList: false, form: picksMembers.has(name) ? given.form : "text" };
  }
  if (step.takes === "list") return { ...given, ...known, maxLength };
  switch (step.gives) {
    case "list":
      return { ...known, maxLength, isList: true, form: "text" };
    case "date":
      return { ...known, maxLength, isList: given.isList, form: name === "date" ? "day" : "time" };
    case "text":
      return { ...known, maxLength, isList: given.isList, isJoined: given.isJoined, form: "text" };
    case "number":
    case "boolean":
      return { ...known, maxLength, isList: given.isList, form: step.gives };
  }
}

/** What the step makes of every value that the CRM lists. Where it can make nothing of any, it is in the wrong place. */
function valuesAfter(
  call: StepCall,
  step: Step,
  { values, isClosed, origin }: ValueShape,
  { report }: CheckContext,
): readonly string[] | undefined {
  if (values === undefined || !isFixed(call)) return undefined;
  if (step.takes === "list") return picksMembers.has(call.name.text) ? values : undefined;
  const ready = step.prepare(fixedArguments(call));
  if (isProblem(ready)) return undefined;
  const made = values.flatMap((value) => {
    const result = ready(value);
    if (result === undefined || result === null || isProblem(result)) return [];
    return (Array.isArray(result) ? result : [result]).map(String);
  });
  if (made.length === 0 && values.length > 0 && isClosed === true) {
    const whose = origin === undefined ? "the values here" : `the values of ${origin}`;
    report(call.name.at, {
      code: "step-type",
      message: `The step ${call.name.text} can make nothing of any of ${whose}.`,
    });
    return undefined;
  }
  return [...new Set(made)];
}
