import type { TargetField } from "../../target.ts";
import { type JsonSchema, oneOrMore } from "./json-schema.ts";
import { type ValueLists, valuesReference } from "./value-lists.ts";

/** Any single value. Where a text is wanted, its spelling counts. */
export const scalar: JsonSchema = { type: ["string", "number", "boolean"] };

/** A dotted path. */
export const path: JsonSchema = {
  type: ["string", "number"],
  pattern: "^[$\\w-]+(\\[\\])?(\\.[$\\w-]+(\\[\\])?)*$",
  patternErrorMessage: "A path is names with dots between them, such as Account.Name.",
};

/** What a mapping itself may write into a field (a `const`, a `default`); `leaf` is the field, or its items'. */
export function constantFor(field: TargetField, leaf: TargetField, lists: ValueLists): JsonSchema {
  return field.type === "list" ? oneOrMore(literalFor(leaf, lists)) : literalFor(leaf, lists);
}

function literalFor(field: TargetField, lists: ValueLists): JsonSchema {
  const { minLength, maxLength, pattern, format } = field;
  const list = lists.nameOf(field);
  if (list !== undefined) return valuesReference(list);
  return {
    ...scalar,
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
    ...(pattern !== undefined && { pattern }),
    ...(pattern !== undefined && {
      patternErrorMessage: `This does not have the form that the field takes${format === undefined ? `: ${pattern}` : ` (${format})`}.`,
    }),
  };
}
