import type { JsonObject } from "@cosell/connector";
import type { TargetModel } from "../../target.ts";
import type { MappingDocument, Rule } from "../document.ts";
import type { MappingFunctions } from "../function.ts";
import type { InboundResult, InboundRule, InboundSource } from "../mapping.ts";
import { requiredMembers } from "../required-members.ts";
import { pathsOf } from "../rule-paths.ts";
import { compileBody } from "./compile-body.ts";
import { compileCondition } from "./compile-condition.ts";
import { compileInboundLookup, plainValue } from "./compile-lookup.ts";
import { compilePath, type Scope } from "./compile-path.ts";
import type { Context, Destination } from "./context.ts";
import { failed, report, startRun } from "./run.ts";

/** First members that are not the opportunity's, and what of the source they stand for. */
const otherRoots: ReadonlyMap<string, keyof InboundSource> = new Map([
  ["Summary", "summary"],
  ["Link", "link"],
  ["Invitation", "invitation"],
]);

/** What of the source a path reads, and the path in it. */
function rooted(path: string): { readonly root: keyof InboundSource; readonly within: string } {
  const [first = "", ...rest] = path.split(".");
  const root = otherRoots.get(first);
  return root === undefined ? { root: "opportunity", within: path } : { root, within: rest.join(".") };
}

/** The scope of what AWS gave: `Summary.…`, `Invitation.…`, `Link.…`, and everything else of the opportunity. */
export const inboundScope: Scope = {
  path(text) {
    const { root, within } = rooted(text);
    return compilePath(`${root}.${within}`, text, false);
  },
  within: () => inboundScope,
};

/** Makes the inbound half ready, of either kind of mapping. */
export function compileInbound(
  document: Pick<MappingDocument, "inbound" | "tables">,
  { target, functions = {} }: { readonly target: TargetModel; readonly functions?: MappingFunctions },
): readonly InboundRule<Partial<InboundSource>>[] {
  const context: Context = {
    targetName: target.name,
    requiredMembers: requiredMembers(target.writable),
    functions,
    tables: new Map(document.tables.map((table) => [table.name.text, table])),
    fields: target.readable,
    scope: inboundScope,
    literal: plainValue,
    lookup: compileInboundLookup,
    targetAbove: () => undefined,
  };
  return document.inbound.map((rule) => compileInboundRule(rule, context));
}

/**
 * Makes one inbound rule ready. An absent value clears the CRM field: it is `null`. A rule about something that was not
 * read, such as the summary, says nothing.
 */
function compileInboundRule(rule: Rule, context: Context): InboundRule<Partial<InboundSource>> {
  const { when, ...body } = rule.body;
  const field = rule.target.text;
  const paths = [
    ...new Set(pathsOf(body, inboundScope).flatMap(({ source, role }) => (role === "value" ? [source] : []))),
  ];
  // What AWS holds of a sensitive field stays out of messages here as well.
  const sensitive = paths.some((path) => context.fields.get(path)?.sensitive === true);
  const site = { target: field, sources: paths, rule: rule.target.at, sensitive };
  const destination: Destination = { name: field, modelPath: field, field: undefined, itemField: undefined, site };
  const holds = when && compileCondition(when, context);
  const evaluate = compileBody(body, destination, context);
  const roots = [...new Set(paths.map((path) => rooted(path).root))];

  const run = (source: Partial<InboundSource>): InboundResult => {
    const record = source as JsonObject;
    const state = startRun(record);
    if (holds?.(record, state) === false) return { kind: "skip" };
    const value = evaluate(record, state);
    if (value === undefined && (state.omitted || roots.some((root) => source[root] === undefined)))
      return { kind: "skip" };
    if (value === undefined && rule.required)
      report(state, site, {
        severity: "error",
        code: "missing",
        message: `${field} needs a value, and ${paths.join(" and ")} gives none.`,
      });
    const issue = state.issues.find(({ severity }) => severity === "error");
    if (issue !== undefined) return { kind: "issue", issue };
    return value === failed ? { kind: "skip" } : { kind: "value", value: value ?? null };
  };
  return { field, paths, write: rule.write, rule: rule.target.at, run };
}
