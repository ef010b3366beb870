import { fixedArguments } from "../compile/compile-steps.ts";
import type { StepCall } from "../document.ts";
import { isProblem } from "../problem.ts";
import { steps } from "../steps/index.ts";
import type { Step, ValueKind } from "../steps/step.ts";
import { suggest } from "../suggest.ts";
import { checkSource } from "./check-source.ts";
import type { CheckContext, ObjectScope } from "./context.ts";

/** The kinds of value that a step can work with. */
const accepts: Readonly<Record<ValueKind, readonly ValueKind[]>> = {
  text: ["text", "number", "date", "list"],
  number: ["number", "text", "list"],
  date: ["date", "text", "number", "list"],
  boolean: ["boolean", "text", "number", "list"],
  list: ["list"],
};

/**
 * Checks the calls one after the other, and returns the kind of value that comes out; `undefined` where that is not
 * known. `paths` checks the arguments that are read from the record; absent where a rule has no record (inbound).
 */
export function checkSteps(
  calls: readonly StepCall[],
  given: ValueKind | undefined,
  context: CheckContext,
  scope?: ObjectScope,
): ValueKind | undefined {
  let kind = given;
  for (const call of calls) {
    for (const { argument } of call.arguments)
      if (argument.kind === "path" && scope !== undefined) checkSource(argument.path, "record", scope, context);
    const step = steps.get(call.name.text);
    if (step === undefined) {
      checkFunction(call, context);
      kind = undefined;
      continue;
    }
    checkArguments(call, step, context);
    kind = kindAfter(call, step, kind, context);
  }
  return kind;
}

function checkFunction({ name }: StepCall, { functions, report }: CheckContext): void {
  if (Object.hasOwn(functions, name.text)) return;
  report(name.at, {
    code: "unknown-step",
    message: `There is no step "${name.text}".`,
    suggestion: suggest(name.text, [...steps.keys(), ...Object.keys(functions)]),
  });
}

function checkArguments(call: StepCall, step: Step, { report }: CheckContext): void {
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
  const isFixed = call.arguments.every(({ argument }) => argument.kind === "literal");
  if (!isFixed || unknown.length > 0 || absent.length > 0) return;
  const prepared = step.prepare(fixedArguments(call));
  if (isProblem(prepared)) report(call.name.at, { code: "bad-argument", message: `The value ${prepared.message}.` });
}

function kindAfter(call: StepCall, step: Step, kind: ValueKind | undefined, { report }: CheckContext): ValueKind {
  if (kind !== undefined && !accepts[step.takes].includes(kind) && !takesLines(call, kind))
    report(call.name.at, {
      code: "step-type",
      message: `The step ${call.name.text} works on a ${step.takes}, and here it gets a ${kind}.`,
      ...(step.takes === "list" && { suggestion: "split, before it" }),
    });
  return kind === "list" && step.takes !== "list" ? "list" : step.gives;
}

/** Lines are a list already to this step, also inside one text. */
function takesLines(call: StepCall, kind: ValueKind): boolean {
  return call.name.text === "lines-to-text" && kind === "text";
}
