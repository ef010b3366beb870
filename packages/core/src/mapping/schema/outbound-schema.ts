import type { TargetField, TargetModel } from "../../target.ts";
import { bodyKeys } from "./definitions/rule-keys.ts";
import { verbs } from "./definitions/verbs.ts";
import type { Summarize } from "./describe-target.ts";
import { described } from "./described.ts";
import { closed, type JsonSchema, oneOrMore, reference } from "./json-schema.ts";
import { optionDefinition, optionName, ruleDefinitions, type RuleKeys, ruleName, valueKeys } from "./rule-schema.ts";
import { membersOf, targetPaths, topPaths } from "./target-paths.ts";
import type { ValueLists } from "./value-lists.ts";
import { constantFor } from "./value-schema.ts";

interface Rules {
  /** What rules of a kind share. */
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  /** `outbound`. */
  readonly schema: JsonSchema;
}

/** `outbound`: a rule for every target, which takes what the target takes. Targets that take the same share a definition. */
export function outboundSchema(
  target: TargetModel,
  options: { readonly summarize: Summarize; readonly lists: ValueLists },
): Rules {
  const { summarize, lists } = options;
  const ruleFor = (field: TargetField) =>
    described({ summary: summarize(field) }, reference(ruleName(kindOf(field, target))));
  const definitions = targetPaths(target).map((field) => definitionsFor(field, { target, lists, ruleFor }));
  return {
    definitions: Object.assign({}, ...definitions) as Rules["definitions"],
    schema: closed(Object.fromEntries(topPaths(target).map((field) => [field.path, ruleFor(field)]))),
  };
}

/** Targets of one kind are written alike. */
function kindOf(field: TargetField, target: TargetModel): string {
  const leaf = leafOf(field, target);
  const many = field.type === "list" ? "list-of-" : "";
  const { minLength = 0, maxLength = "" } = leaf;
  if (leaf.type === "structure" || leaf.values !== undefined || leaf.pattern !== undefined)
    return field.path.replaceAll("[]", "*");
  return `${many}${leaf.type}-${minLength}-${maxLength}`;
}

function leafOf(field: TargetField, { writable }: TargetModel): TargetField {
  return (field.type === "list" ? writable.get(`${field.path}[]`) : undefined) ?? field;
}

interface RuleContext {
  readonly target: TargetModel;
  readonly lists: ValueLists;
  readonly ruleFor: (member: TargetField) => JsonSchema;
}

function definitionsFor(
  field: TargetField,
  { target, lists, ruleFor }: RuleContext,
): Readonly<Record<string, JsonSchema>> {
  const kind = kindOf(field, target);
  const leaf = leafOf(field, target);
  if (leaf.type !== "structure") {
    const constant = `value:${kind}`;
    const keys: RuleKeys = {
      ...valueKeys(reference(constant)),
      ...(field.type === "list" && { list: described(verbs.list, valueList(constant, kind)) }),
    };
    return { [constant]: constantFor(field, leaf, lists), ...ruleDefinitions(kind, keys) };
  }
  const members = [...membersOf(field.path, target)].map(([name, member]) => [name, ruleFor(member)] as const);
  const object = `fields:${kind}`;
  const fields = described(verbs.fields, reference(object));
  const when = described(bodyKeys.when, reference("outboundCondition"));
  const definitions = { [object]: closed(Object.fromEntries(members)) };
  if (field.type === "structure") return { ...definitions, ...ruleDefinitions(kind, { fields, when }) };
  const item = `${kind}*`;
  const list = described(verbs.list, oneOrMore({ anyOf: [reference(object), reference(optionName(item))] }));
  return {
    ...definitions,
    ...optionDefinition(item, { fields, when }),
    ...ruleDefinitions(kind, { list, each: reference("each"), fields, when }),
  };
}

/** A list of values: each written out, or found by a verb. */
function valueList(constant: string, kind: string): JsonSchema {
  return oneOrMore({ anyOf: [reference(constant), reference(optionName(kind))] });
}
