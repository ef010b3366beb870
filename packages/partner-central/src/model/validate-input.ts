import { selling } from "./generated/selling.ts";
import { accountPatternHints, patternHints } from "./pattern-hints.ts";
import type { ServiceModel } from "./service-model.ts";
import { shapeErrors, type ValidationCode, type ValidationError } from "./shape-errors.ts";
import { closedLists } from "./value-lists.ts";

export type { ValidationCode, ValidationError } from "./shape-errors.ts";

/**
 * Everything in an input that AWS's model, or a list of values that AWS closes in its documentation, does not allow: all
 * errors at once, in the model's order. Unknown members are ignored and null counts as absent, as AWS does. Total: never
 * throws for any JSON, and takes time linear in its size. An operation that does not exist has no rules.
 */
export function validateInput(
  operation: string,
  input: unknown,
  model: ServiceModel = selling,
): readonly ValidationError[] {
  const shapes = Object.hasOwn(model.operations, operation) ? model.operations[operation] : undefined;
  if (shapes === undefined) return [];
  const rules = { model, unknownMembers: "ignored" } as const;
  if (model === selling)
    return shapeErrors(shapes.input, input, { ...rules, closed: closedInSelling, hints: patternHints });
  return shapeErrors(shapes.input, input, { ...rules, closed: new Map(), hints: accountPatternHints }).map((error) => ({
    ...error,
    code: accountCodes[error.code] ?? error.code,
  }));
}

/** The Account API has no codes for these. */
const accountCodes: Partial<Readonly<Record<ValidationCode, ValidationCode>>> = {
  NOT_ENOUGH_VALUES: "INVALID_VALUE",
  VALUE_OUT_OF_RANGE: "INVALID_VALUE",
};

/** The Selling API's: its paths name nothing elsewhere. */
const closedInSelling = new Map(
  closedLists
    .filter((list) => list.refused)
    .map((list) => [list.path, new Set([...list.values, ...list.alsoTaken])] as const),
);
