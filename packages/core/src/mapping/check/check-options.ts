import type { RuleBody } from "../document.ts";
import { type Assumptions, assumeWithin } from "./assumptions.ts";
import { assumeOtherwise } from "./check-condition.ts";
import type { CheckContext } from "./context.ts";
import type { FindSubject } from "./subject.ts";
import { eitherShape, type ValueShape } from "./value-shape.ts";

/** Checks the options of a `choose`, each with what is left by those above it, and says what is known of the choice. */
export function checkOptions(
  options: readonly RuleBody[],
  outer: Assumptions | undefined,
  find: FindSubject,
  context: CheckContext,
  checkOption: (option: RuleBody, assumptions: Assumptions) => ValueShape,
): ValueShape {
  const left = assumeWithin(outer);
  const shapes: ValueShape[] = [];
  let isReached = true;
  for (const option of options) {
    if (!isReached)
      context.report(option.at, {
        severity: "warning",
        code: "never-reached",
        message: "This option is never reached: those above it take every record.",
      });
    shapes.push(checkOption(option, isReached ? left : assumeWithin(outer)));
    isReached &&= option.when !== undefined && assumeOtherwise(option.when, find, left, context);
  }
  return eitherShape(shapes);
}
