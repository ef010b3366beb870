import { plainPath } from "../check/target-fields.ts";
import { authorityOf } from "../compile/authority.ts";
import type { TargetField, TargetModel, TargetState } from "../../target.ts";
import type { MappingDocument, Table } from "../document.ts";
import type { Authority, Position } from "../mapping.ts";
import { inverseOf } from "../table-inverse.ts";
import { type FlatRule, inboundRules, outboundRules } from "./flatten-rules.ts";
import type { Requirement } from "./requirement.ts";
import { conditionWords, constantWords, sourceWords, stepWords } from "./rule-words.ts";

/** The table that a rule uses, in the rule's direction. */
export interface TableExplanation {
  readonly name: string;
  readonly at: Position;
  readonly rows: readonly { readonly from: string; readonly to: string }[];
  /** What becomes of a value that it does not list. */
  readonly otherwise: string;
}

/** One rule in words. */
export interface RuleExplanation {
  readonly direction: "outbound" | "inbound";
  readonly target: string;
  readonly rule: Position;
  /** The paths that give the value. */
  readonly sources: readonly string[];
  readonly value: string;
  readonly when?: string;
  readonly steps: readonly string[];
  readonly table?: TableExplanation;
  readonly default?: string;
  readonly required: boolean;
  readonly write: "always" | "once" | "if-empty";
}

/** What the target says about one field, and what the mapping says about its authority. */
export interface TargetExplanation {
  readonly field: TargetField;
  /** A list's items, where the field is a list of values. */
  readonly itemField?: TargetField;
  readonly authority: Authority;
  readonly locks: readonly {
    readonly state: string;
    readonly lock: "editable" | "locked" | "ignored";
    readonly reason?: string;
  }[];
  readonly needs: readonly Requirement[];
  /** Why the mapping leaves it out. */
  readonly leftOut?: { readonly reason: string; readonly at: Position };
}

/** Everything that a mapping and the target say about one field of either side. */
export interface Explanation {
  readonly side: "target" | "crm";
  readonly path: string;
  readonly rules: readonly RuleExplanation[];
  /** The target's fields concerned: the one that was asked about, or those that a CRM field feeds and is fed by. */
  readonly fields: readonly TargetExplanation[];
}

/** What explaining needs to know. */
export interface ExplainOptions {
  readonly target: TargetModel;
  readonly requirements: readonly Requirement[];
  /** The states for which locks are told, under the name that people know. */
  readonly states: readonly { readonly name: string; readonly state: TargetState }[];
  /** CRM paths that are known beside those of the mapping. */
  readonly crmPaths?: readonly string[];
}

/** Explains an AWS path (list places and letters as you like) or a CRM path. `undefined` for what neither side has. */
export function explain(document: MappingDocument, asked: string, options: ExplainOptions): Explanation | undefined {
  const { target, crmPaths = [] } = options;
  const outbound = outboundRules(document);
  const inbound = inboundRules(document);
  const known = [...target.writable.keys(), ...target.readable.keys()].map(plainPath);
  const path = known.find((candidate) => normal(candidate) === normal(asked));
  if (path !== undefined) {
    const concerned = [
      ...outbound
        .filter(({ target: name }) => touches(plainPath(name), path))
        .map((rule) => ruleOf("outbound", rule, document)),
      ...inbound
        .filter(({ sources }) => sources.some((name) => touches(plainPath(name), path)))
        .map((rule) => ruleOf("inbound", rule, document)),
    ];
    return { side: "target", path, rules: concerned, fields: [fieldOf(path, document, options)] };
  }
  const reading = outbound.filter(({ sources, alsoReads }) =>
    [...sources, ...alsoReads].some((name) => normal(name) === normal(asked)),
  );
  // A rule that holds others reads what they read: only they are meant then.
  const feeds = reading.filter((rule) => !reading.some((other) => isInside(other.target, rule.target)));
  const fedBy = inbound.filter(({ target: name }) => normal(name) === normal(asked));
  const crmPath = [
    ...crmPaths,
    ...feeds.flatMap(({ sources, alsoReads }) => [...sources, ...alsoReads]),
    ...fedBy.map((rule) => rule.target),
  ].find((candidate) => normal(candidate) === normal(asked));
  if (crmPath === undefined) return undefined;
  const rules = [
    ...feeds.map((rule) => ruleOf("outbound", rule, document)),
    ...fedBy.map((rule) => ruleOf("inbound", rule, document)),
  ];
  const paths = new Set([
    ...feeds.map((rule) => plainPath(rule.target)),
    ...fedBy.flatMap(({ sources }) => sources.map(plainPath)),
  ]);
  return {
    side: "crm",
    path: plainPath(crmPath),
    rules,
    fields: [...paths].map((name) => fieldOf(name, document, options)),
  };
}

function ruleOf(
  direction: RuleExplanation["direction"],
  { target, rule, sources }: FlatRule,
  document: MappingDocument,
): RuleExplanation {
  const { when, source, steps, table: name, default: fallback } = rule.body;
  const table = name && document.tables.find((candidate) => candidate.name.text === name.text);
  return {
    direction,
    target,
    rule: rule.target.at,
    sources,
    value: sourceWords(source),
    ...(when && { when: conditionWords(when) }),
    steps: steps.map(stepWords),
    ...(table && { table: tableOf(direction, table) }),
    ...(fallback && { default: constantWords(fallback) }),
    required: rule.required,
    write: rule.write,
  };
}

function tableOf(direction: RuleExplanation["direction"], table: Table): TableExplanation {
  const rows = direction === "outbound" ? table.outbound : inverseOf(table);
  return {
    name: table.name.text,
    at: table.name.at,
    rows: rows.map(({ from, to }) => ({ from: from.text, to: to.text })),
    otherwise: direction === "outbound" ? outboundMiss(table) : inboundMiss(table),
  };
}

function outboundMiss({ otherwise }: Table): string {
  if (otherwise.kind === "value") return otherwise.value.text;
  return otherwise.kind === "omit" ? "nothing is sent" : "an issue, and nothing is sent";
}

function inboundMiss({ inbound, otherwise }: Table): string {
  const silent = inbound !== undefined || otherwise.kind === "omit";
  return silent ? "the CRM keeps its value" : "an issue, and the CRM keeps its value";
}

function fieldOf(path: string, document: MappingDocument, options: ExplainOptions): TargetExplanation {
  const { target, requirements, states } = options;
  const find = (name: string) =>
    [target.writable, target.readable].flatMap((fields) => [...fields.values()]).find((field) => field.path === name);
  const field = [...target.writable.values(), ...target.readable.values()].find(
    (candidate) => plainPath(candidate.path) === path,
  );
  if (field === undefined) throw new RangeError(`${target.name} has no field ${path}`);
  const itemField = field.type === "list" ? find(`${field.path}[]`) : undefined;
  const leftOut = document.leftOut?.entries.find((entry) => isWithin(path, plainPath(entry.path.text)));
  const isWritable = target.writable.has(field.path);
  return {
    field,
    ...(itemField && { itemField }),
    authority: authorityOf(document.authority)(path),
    locks: isWritable
      ? states.map(({ name, state }) => {
          const lock = target.lockOf(path, state);
          return { state: name, lock: lock.lock, ...(lock.lock !== "editable" && { reason: lock.reason }) };
        })
      : [],
    needs: requirements.filter((requirement) => touches(requirement.path, path)),
    ...(leftOut && { leftOut: { reason: leftOut.reason, at: leftOut.path.at } }),
  };
}

/** `Customer.Contacts[0].Email` and `customer.contacts.email` are one path. */
function normal(path: string): string {
  return path.replace(/\[\d*\]|\.\d+(?=\.|$)/gu, "").toLowerCase();
}

const isInside = (path: string, whole: string): boolean =>
  path.startsWith(`${whole}.`) || path.startsWith(`${whole}[].`);

const touches = (path: string, other: string): boolean => isWithin(path, other) || isWithin(other, path);

const isWithin = (path: string, whole: string): boolean => path === whole || path.startsWith(`${whole}.`);
