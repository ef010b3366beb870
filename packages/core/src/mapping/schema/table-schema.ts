import type { TargetModel } from "../../target.ts";
import { missPolicies, tableKeys } from "./definitions/table-keys.ts";
import { described } from "./described.ts";
import { closed, type JsonSchema, mapValues, reference } from "./json-schema.ts";

/** Longer lists (countries, currencies) are codes that nobody looks for by browsing. */
const longestList = 70;

/** One entry of `tables`. Which rule will use it is not known here, so that every value of the target's lists is offered. */
export function tableDefinitions(target: TargetModel): Readonly<Record<string, JsonSchema>> {
  const value = reference("targetValue");
  const { error, omit, value: instead } = missPolicies;
  const schemas: Readonly<Record<keyof typeof tableKeys, JsonSchema>> = {
    extends: scalarOrNull,
    outbound: rows(value),
    inbound: rows(scalarOrNull),
    otherwise: {
      oneOf: [
        described(error, { const: "error" }),
        described(omit, { const: "omit" }),
        { ...closed({ value: described(instead, value) }), required: ["value"] },
        { type: "null" },
      ],
    },
  };
  return {
    targetValue: { ...scalarOrNull, defaultSnippets: snippets(target) },
    valueTable: {
      ...closed(mapValues(tableKeys, (definition, key) => described(definition, schemas[key]))),
      type: ["object", "null"],
    },
  };
}

/** The JSON Schema (draft-07) of a file that tables extend: a table by itself. */
export function tableFileSchema(target: TargetModel): JsonSchema {
  const { valueTable, ...definitions } = tableDefinitions(target);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    description: `A table of values for Cosell mappings to ${target.name}, edition 1.`,
    ...valueTable,
    type: "object",
    definitions,
  };
}

/** An overlay takes a row, or a part, away with null. */
const scalarOrNull: JsonSchema = { type: ["string", "number", "boolean", "null"] };

function rows(value: JsonSchema): JsonSchema {
  return { type: ["object", "null"], additionalProperties: value };
}

function snippets({ writable }: TargetModel): NonNullable<JsonSchema["defaultSnippets"]> {
  const pathsByValue = new Map<string, readonly string[]>();
  for (const { path, values } of writable.values())
    if (values !== undefined && values.length <= longestList)
      for (const value of values)
        pathsByValue.set(value, [...(pathsByValue.get(value) ?? []), path.replace(/\[\]$/u, "")]);
  return [...pathsByValue].map(([value, paths]) => ({ label: value, description: paths.join(", "), body: value }));
}
