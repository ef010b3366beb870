import { bodyKeys, ruleOnlyKeys, writes } from "./definitions/rule-keys.ts";
import { verbs } from "./definitions/verbs.ts";
import { choiceOf, described } from "./described.ts";
import { closed, type JsonSchema, oneOrMore, reference } from "./json-schema.ts";
import { path, scalar } from "./value-schema.ts";

/** The keys of a rule, each as it may be written there. */
export type RuleKeys = Readonly<Record<string, JsonSchema>>;

/** What stands in every rule alike, as definitions of their own. */
export function sharedKeyDefinitions(): RuleKeys {
  return {
    from: described(verbs.from, oneOrMore(path)),
    inboundFrom: described(verbs.from, oneOrMore(reference("inboundPath"))),
    template: described(verbs.template, scalar),
    each: described(verbs.each, path),
    when: described(bodyKeys.when, reference("outboundCondition")),
    inboundWhen: described(bodyKeys.when, reference("inboundCondition")),
    steps: described(bodyKeys.steps, oneOrMore(reference("step"))),
    table: described(bodyKeys.table, scalar),
    required: described(ruleOnlyKeys.required, { type: "boolean" }),
    write: described(ruleOnlyKeys.write, choiceOf(writes)),
  };
}

/** The keys of a rule that gives one value, or a list of values; `direction` says what its paths start at. */
export function valueKeys(constant: JsonSchema, direction: "outbound" | "inbound" = "outbound"): RuleKeys {
  return {
    from: reference(direction === "inbound" ? "inboundFrom" : "from"),
    const: described(verbs.const, constant),
    template: reference("template"),
    steps: reference("steps"),
    table: reference("table"),
    default: described(bodyKeys.default, constant),
    when: reference(direction === "inbound" ? "inboundWhen" : "when"),
  };
}

/** A rule with these keys, and an option of its `choose`. */
export function ruleDefinitions(name: string, keys: RuleKeys): Readonly<Record<string, JsonSchema>> {
  const own = withChoose(name, keys);
  const { oneOf: bodies, ...rule } = bodySchema({ ...own, required: reference("required"), write: reference("write") });
  return {
    // An overlay takes a rule away with null.
    [ruleName(name)]: { ...rule, type: ["object", "null"], oneOf: [...bodies, { type: "null" }] },
    ...optionDefinition(name, keys),
  };
}

/** What an option of `choose`, or an item of `list`, may say. */
export function optionDefinition(name: string, keys: RuleKeys): Readonly<Record<string, JsonSchema>> {
  return { [optionName(name)]: bodySchema(withChoose(name, keys)) };
}

function withChoose(name: string, keys: RuleKeys): RuleKeys {
  return { ...keys, choose: described(verbs.choose, oneOrMore(reference(optionName(name)))) };
}

/** The definition of the rules of this name. */
export function ruleName(name: string): string {
  return `rule:${name}`;
}

/** The definition of an option of such rules. */
export function optionName(name: string): string {
  return `option:${name}`;
}

/** Exactly one verb, and what goes with it. */
function bodySchema(keys: RuleKeys): JsonSchema & { readonly oneOf: readonly JsonSchema[] } {
  const sources = Object.keys(verbs).filter((verb) => verb in keys && !(verb === "fields" && "each" in keys));
  const required = sources.map((verb) => (verb === "each" ? ["each", "fields"] : [verb]));
  return { ...closed(keys), oneOf: required.map((names) => ({ type: "object", required: names })) };
}
