import type { TargetField, TargetModel } from "../../target.ts";
import { comparisonDefinitions, conditionSchema } from "./condition-schema.ts";
import { authorities } from "./definitions/authorities.ts";
import { crmKeys, fileKeys, invitationKeys, linkKeys } from "./definitions/file-keys.ts";
import { choiceOf, described } from "./described.ts";
import { describeTarget, type NamedState, targetSummary } from "./describe-target.ts";
import { inboundSchema } from "./inbound-schema.ts";
import { closed, type JsonSchema, mapValues, reference } from "./json-schema.ts";
import { outboundSchema } from "./outbound-schema.ts";
import { sharedKeyDefinitions } from "./rule-schema.ts";
import { stepDefinitionsSchema } from "./step-schema.ts";
import { tableDefinitions } from "./table-schema.ts";
import { namedPaths, targetPaths, topPaths } from "./target-paths.ts";
import { valueListsOf } from "./value-lists.ts";
import { scalar } from "./value-schema.ts";

/** What the schema is made for. */
export interface MappingSchemaOptions {
  /** Its paths, limits and lists become completions and diagnostics. */
  readonly target: TargetModel;
  /** The states between which what can be changed differs, in the order of a deal's life. */
  readonly states: readonly NamedState[];
}

/**
 * The JSON Schema (draft-07) of a mapping file, for editors: completion, hover and diagnostics while it is written. It
 * knows the target and not the CRM; what only the checker can say (an unknown CRM field, an unmapped target, a value that
 * a table does not cover) it leaves to the checker. Where it refuses something, the checker has a finding.
 */
export function mappingSchema(options: MappingSchemaOptions): JsonSchema {
  const { target } = options;
  const summarize = (field: TargetField) => targetSummary(describeTarget(field, options));
  const lists = valueListsOf(target);
  const outbound = outboundSchema(target, { summarize, lists });
  const inbound = inboundSchema(target, { summarize, lists });
  const word: JsonSchema = { type: ["string", "number", "boolean", "null"] };
  const named = (schema: JsonSchema) =>
    Object.fromEntries(
      [...namedPaths(target)].map(([path, field]) => {
        const summary = field === undefined ? `Everything under ${path}.` : summarize(field);
        return [path, described({ summary }, schema)];
      }),
    );
  const inLists = targetPaths(target).filter(({ path }) => path.includes("[]"));
  const schemas: Readonly<Record<keyof typeof fileKeys, JsonSchema>> = {
    version: { const: 1 },
    kind: { enum: ["opportunity", "invitation"] },
    extends: scalar,
    id: scalar,
    crm: wordsOf(crmKeys),
    match: reference("condition"),
    link: wordsOf(linkKeys),
    tables: { type: "object", additionalProperties: reference("valueTable") },
    outbound: outbound.schema,
    inbound: inbound.schema,
    leftOut: closed({
      ...named(word),
      ...Object.fromEntries(inLists.map((field) => [field.path, described({ summary: summarize(field) }, word)])),
    }),
    authority: closed({ default: reference("authority"), ...named(reference("authority")) }),
  };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    description: `A Cosell mapping to ${target.name}, edition 1.`,
    ...closed(mapValues(fileKeys, (definition, key) => described(definition, schemas[key]))),
    allOf: whatIsNeeded,
    definitions: {
      ...sharedKeyDefinitions(),
      ...outbound.definitions,
      ...inbound.definitions,
      ...stepDefinitionsSchema(),
      ...comparisonDefinitions(lists),
      condition: conditionSchema("condition", { known: [], others: true, lists }),
      outboundCondition: conditionSchema("outboundCondition", { known: topPaths(target), others: true, lists }),
      ...lists.definitions,
      ...tableDefinitions(target),
      // An overlay takes an authority away with null.
      authority: { anyOf: [choiceOf(authorities), { type: "null" }] },
    },
  };
}

/** A mapping that extends another may leave everything to it; one of invitations has no link and no outbound half. */
const whatIsNeeded: readonly JsonSchema[] = [
  { if: { required: ["extends"] }, else: { required: neededKeys("always") } },
  {
    if: { properties: { kind: { const: "invitation" } }, required: ["kind"] },
    then: {
      properties: Object.fromEntries(
        Object.keys(fileKeys).flatMap((key) => (key in invitationKeys ? [] : [[key, false as const]])),
      ),
    },
    else: { if: { required: ["extends"] }, else: { required: neededKeys("opportunity") } },
  },
];

function neededKeys(need: "always" | "opportunity"): readonly string[] {
  return Object.entries(fileKeys).flatMap(([key, definition]) => (definition.needed === need ? [key] : []));
}

function wordsOf(keys: Readonly<Record<string, { readonly summary: string }>>): JsonSchema {
  return {
    ...closed(mapValues(keys, (definition) => described(definition, scalar))),
    required: Object.keys(keys),
  };
}
