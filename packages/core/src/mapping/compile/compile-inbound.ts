import type { JsonObject } from "@cosell/connector";
import type { Rule } from "../document.ts";
import type { InboundResult, InboundRule, InboundSource } from "../mapping.ts";
import { pathsOf } from "../rule-paths.ts";
import { compileBody } from "./compile-body.ts";
import { compileCondition } from "./compile-condition.ts";
import { compilePath, type Scope } from "./compile-path.ts";
import type { Context, Destination } from "./context.ts";
import { failed, report, startRun } from "./run.ts";

/** First members that are not the opportunity's. */
const otherRoots: ReadonlySet<string> = new Set(["Summary", "Link", "Invitation"]);

/** The scope of what AWS gave: `Summary.…`, `Link.…`, and everything else of the opportunity. */
export const inboundScope: Scope = {
  path(text) {
    const isOther = otherRoots.has(text.split(".")[0] ?? "");
    return compilePath(isOther ? text : `opportunity.${text}`, text, false);
  },
  within: () => inboundScope,
};

/** Makes one inbound rule ready. An absent value clears the CRM field: it is `null`. */
export function compileInboundRule(rule: Rule, context: Context): InboundRule {
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
  const readsSummary = paths.some((path) => path.startsWith("Summary."));

  const run = (source: InboundSource): InboundResult => {
    const record = recordOf(source);
    const state = startRun(record);
    if (holds?.(record, state) === false) return { kind: "skip" };
    const value = evaluate(record, state);
    if (value === undefined && (state.omitted || (readsSummary && source.summary === undefined)))
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

function recordOf({ opportunity, summary, link }: InboundSource): JsonObject {
  return { opportunity, Link: link, ...(summary && { Summary: summary }) };
}
