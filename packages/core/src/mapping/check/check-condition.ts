import type { Condition } from "../document.ts";
import { suggest } from "../suggest.ts";
import { checkLiteral } from "./check-literal.ts";
import { checkSource } from "./check-source.ts";
import type { CheckContext, ObjectScope } from "./context.ts";

/** The outbound targets, as a rule at some place sees them. */
export interface TargetsAbove {
  readonly above: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
}

export const noTargets: TargetsAbove = { above: new Set(), all: new Set() };

/** Checks the paths of a condition, and the values that they are compared with. */
export function checkCondition(
  condition: Condition,
  targets: TargetsAbove,
  scope: ObjectScope,
  context: CheckContext,
): void {
  switch (condition.kind) {
    case "all":
    case "any":
      for (const part of condition.of) checkCondition(part, targets, scope, context);
      return;
    case "not":
      checkCondition(condition.of, targets, scope, context);
      return;
    case "test":
      if (isWithin(condition.path.text, targets.above)) checkTargetTest(condition, context);
      else if (isWithin(condition.path.text, targets.all))
        context.report(condition.path.at, {
          code: "target-not-above",
          message: `A condition may name only targets that are mapped above it: move the rule for ${condition.path.text} up.`,
        });
      else checkSourceTest(condition, scope, context);
  }
}

type Test = Extract<Condition, { kind: "test" }>;

function checkTargetTest({ path, comparison, operands }: Test, context: CheckContext): void {
  const field = context.target.writable.get(path.text);
  if (comparison === "exists" || field?.values === undefined) return;
  for (const operand of operands) checkLiteral(operand, field, context);
}

function checkSourceTest({ path, comparison, operands }: Test, scope: ObjectScope, context: CheckContext): void {
  const { field } = checkSource(path, "item", scope, context);
  const values = field?.picklist?.map(({ value }) => value) ?? [];
  if (comparison === "exists" || field?.restricted !== true || values.length === 0) return;
  for (const operand of operands.filter(({ text }) => !values.includes(text)))
    context.report(operand.at, {
      severity: "warning",
      code: "never-holds",
      message: `"${operand.text}" is not among the values of ${field.name} in the CRM: this can never be so.`,
      suggestion: suggest(operand.text, values),
    });
}

/** Is it one of the targets, or inside one? */
function isWithin(path: string, targets: ReadonlySet<string>): boolean {
  for (let part = path; part !== ""; part = part.slice(0, Math.max(0, part.lastIndexOf("."))))
    if (targets.has(part)) return true;
  return false;
}
