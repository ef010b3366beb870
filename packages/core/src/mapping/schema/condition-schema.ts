import type { TargetField } from "../../target.ts";
import { comparisons, joiners } from "./definitions/conditions.ts";
import { described } from "./described.ts";
import { closed, type JsonSchema, mapValues, oneOrMore, reference } from "./json-schema.ts";
import { type ValueLists, valuesReference } from "./value-lists.ts";
import { scalar } from "./value-schema.ts";

/** A condition, as the definition `name`, which refers to itself. `known` paths offer their values; `others` says whether there may be others. */
export function conditionSchema(
  name: string,
  options: { readonly known: readonly TargetField[]; readonly others: boolean; readonly lists: ValueLists },
): JsonSchema {
  const self = reference(name);
  const { all, any, not } = joiners;
  const paths = options.known.map(
    (field) => [field.path, reference(comparisonName(options.lists.nameOf(field)))] as const,
  );
  return {
    type: "object",
    properties: {
      all: described(all, oneOrMore(self)),
      any: described(any, oneOrMore(self)),
      not: described(not, self),
      ...Object.fromEntries(paths),
    },
    additionalProperties: options.others ? reference(comparisonName(undefined)) : false,
  };
}

/** The comparisons of any path, and of paths with a list of values. */
export function comparisonDefinitions(lists: ValueLists): Readonly<Record<string, JsonSchema>> {
  const compared = [undefined, ...lists.names].map((list) => [comparisonName(list), comparisonSchema(list)] as const);
  return { ...alike, ...Object.fromEntries(compared) };
}

function comparisonName(list: string | undefined): string {
  return list === undefined ? "comparison" : `comparison:${list}`;
}

const { eq, ne, in: isIn, notIn, exists, ...orders } = comparisons;

/** The comparisons that are the same whatever is compared. */
const alike = Object.fromEntries([
  ["exists", described(exists, { type: "boolean" })],
  ...Object.entries(orders).map(([name, definition]) => [name, described(definition, scalar)] as const),
]);

function comparisonSchema(list: string | undefined): JsonSchema {
  // Offers what the target takes, and takes anything: a CRM's field may have the same name.
  const operand: JsonSchema = list === undefined ? scalar : { anyOf: [valuesReference(list), scalar] };
  const own = {
    eq: described(eq, operand),
    ne: described(ne, operand),
    in: described(isIn, oneOrMore(operand)),
    notIn: described(notIn, oneOrMore(operand)),
  };
  return { ...closed({ ...own, ...mapValues(alike, (_, name) => reference(name)) }), minProperties: 1 };
}
