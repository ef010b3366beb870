import { type Scope, recordScope } from "../compile/compile-path.ts";
import { inboundScope } from "../compile/compile-inbound.ts";
import type { MappingDocument, Rule } from "../document.ts";
import { pathsOf } from "../rule-paths.ts";

/** A rule, also one inside another, with the paths that it reads from the record on. */
export interface FlatRule {
  /** Outbound the model's path (`Customer.Contacts[].Email`), inbound the CRM field. */
  readonly target: string;
  readonly rule: Rule;
  /** Paths that give the value. */
  readonly sources: readonly string[];
  /** Paths that decide whether there is one, or that steps read. */
  readonly alsoReads: readonly string[];
}

/** Every outbound rule, those inside others behind them. */
export function outboundRules({ outbound }: Pick<MappingDocument, "outbound">): readonly FlatRule[] {
  const scope = recordScope();
  return outbound.flatMap((rule) => flatten(rule, "", scope));
}

/** Every inbound rule. */
export function inboundRules({ inbound }: Pick<MappingDocument, "inbound">): readonly FlatRule[] {
  return inbound.map((rule) => flatRule(rule, rule.target.text, inboundScope));
}

function flatten(rule: Rule, within: string, scope: Scope): readonly FlatRule[] {
  const path = within + rule.target.text;
  const { source } = rule.body;
  const inner = (rules: readonly Rule[], prefix: string, inside = scope): readonly FlatRule[] =>
    rules.flatMap((member) => flatten(member, prefix, inside));
  const here = flatRule(rule, path, scope);
  switch (source.verb) {
    case "fields":
      return [here, ...inner(source.fields, `${path}.`)];
    case "each":
      return [here, ...inner(source.fields, `${path}[].`, scope.within(scope.path(source.path.text, "item")))];
    case "list":
      return [
        here,
        ...source.items.flatMap((item) => (item.kind === "object" ? inner(item.fields, `${path}[].`) : [])),
      ];
    case "from":
    case "const":
    case "template":
    case "choose":
      return [here];
  }
}

function flatRule(rule: Rule, target: string, scope: Scope): FlatRule {
  const paths = pathsOf(rule.body, scope);
  const sources = new Set(paths.flatMap(({ source, role }) => (role === "value" ? [source] : [])));
  const others = new Set(paths.flatMap(({ source }) => (sources.has(source) ? [] : [source])));
  return { target, rule, sources: [...sources], alsoReads: [...others] };
}
