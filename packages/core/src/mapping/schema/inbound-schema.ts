import type { TargetModel } from "../../target.ts";
import { conditionSchema } from "./condition-schema.ts";
import type { Summarize } from "./describe-target.ts";
import { described } from "./described.ts";
import { type JsonSchema, oneOrMore, reference } from "./json-schema.ts";
import { ruleDefinitions, ruleName, valueKeys } from "./rule-schema.ts";
import { sourcePaths } from "./target-paths.ts";
import type { ValueLists } from "./value-lists.ts";
import { scalar } from "./value-schema.ts";

/** `inbound`: rules that read the target and write one value into a CRM field, which nobody knows here. */
export function inboundSchema(
  target: TargetModel,
  options: { readonly summarize: Summarize; readonly lists: ValueLists },
): { readonly definitions: Readonly<Record<string, JsonSchema>>; readonly schema: JsonSchema } {
  const { summarize, lists } = options;
  const known = sourcePaths(target);
  return {
    definitions: {
      ...ruleDefinitions("inbound", valueKeys(oneOrMore(scalar), "inbound")),
      inboundPath: {
        anyOf: [
          noSuchPath(target.name),
          ...known.map((field) => described({ summary: summarize(field) }, { const: field.path })),
        ],
      },
      inboundCondition: conditionSchema("inboundCondition", { known, others: false, lists }),
    },
    schema: { type: "object", additionalProperties: reference(ruleName("inbound")) },
  };
}

/** What an editor says of a path that cannot be read: without this it would name them all. No text fits the pattern. */
function noSuchPath(targetName: string): JsonSchema {
  return { type: "string", pattern: "(?!)", patternErrorMessage: `${targetName} has no such field to read.` };
}
