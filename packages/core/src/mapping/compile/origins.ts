import type { Rule, Write } from "../document.ts";
import type { RuleOrigin } from "../mapping.ts";
import { pathsOf } from "../rule-paths.ts";
import type { Scope } from "./compile-path.ts";

/** Where every target comes from. */
export interface Origins {
  /** The targets outside lists; a structure made of `fields` by its members. */
  readonly outbound: ReadonlyMap<string, RuleOrigin>;
  /** Rule and sources of any path, however its list places and letters are written. */
  readonly originOf: (path: string) => RuleOrigin | undefined;
}

/** Gathers the origins of rules, also of those inside lists. */
export function gatherOrigins(rules: readonly Rule[], scope: Scope): Origins {
  const outbound = new Map<string, RuleOrigin>();
  const all = new Map<string, RuleOrigin>();

  const add = (prefix: string, inList: boolean, within: Scope, write?: Write) => (rule: Rule) => {
    const path = prefix + rule.target.text;
    // A member is sent no more often than the structure that it is in.
    const sent = rule.write === "always" ? (write ?? "always") : rule.write;
    const origin = originOfRule({ ...rule, write: sent }, within);
    const { source } = rule.body;
    if (!inList && source.verb !== "fields") outbound.set(path, origin);
    if (!all.has(normalPath(path))) all.set(normalPath(path), origin);
    switch (source.verb) {
      case "fields":
        source.fields.forEach(add(`${path}.`, inList, within, sent));
        break;
      case "each":
        source.fields.forEach(add(`${path}.`, true, within.within(within.path(source.path.text, "item"))));
        break;
      case "list":
        for (const item of source.items) if (item.kind === "object") item.fields.forEach(add(`${path}.`, true, within));
        break;
      case "from":
      case "const":
      case "template":
      case "choose":
        break;
    }
  };
  rules.forEach(add("", false, scope));
  return { outbound, originOf: (path) => find(normalPath(path), all) };
}

function originOfRule({ target, body, write }: Rule, scope: Scope): RuleOrigin {
  const sources = pathsOf(body, scope).flatMap(({ source, role }) => (role === "value" ? [source] : []));
  return { rule: target.at, sources: [...new Set(sources)], ...writeOf(write) };
}

function writeOf(write: Write): { readonly write?: Write } {
  return write === "always" ? {} : { write };
}

/** `Customer.Contacts[0].Email`, `customer.contacts.0.email` and `Customer.Contacts[].Email` are one path. */
function normalPath(path: string): string {
  return path.replace(/\[\d*\]|\.\d+(?=\.|$)/gu, "").toLowerCase();
}

/** The path's own rule, else the rule of what it is in, else one of what is in it. */
function find(path: string, all: ReadonlyMap<string, RuleOrigin>): RuleOrigin | undefined {
  for (let target = path; target !== ""; target = target.slice(0, Math.max(0, target.lastIndexOf(".")))) {
    const origin = all.get(target);
    if (origin !== undefined) return origin;
  }
  return [...all].find(([target]) => target.startsWith(`${path}.`))?.[1];
}
