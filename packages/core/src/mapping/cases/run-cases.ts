import type { JsonObject, JsonValue } from "@cosell/connector";
import type { CompiledMapping, InboundResult, InboundSource, InvitationMapping, MappingIssue } from "../mapping.ts";
import type { ExpectedIssue, GoldenCase } from "./case.ts";
import { type Difference, differencesOf } from "./differences.ts";

/** A mapping of either kind. One of invitations has no outbound half: an outbound case of it gives nothing. */
export type CaseMapping = CompiledMapping | InvitationMapping;

/** What became of one case. No differences: it holds. */
export interface CaseResult {
  readonly case: GoldenCase;
  readonly differences: readonly Difference[];
}

/** Runs golden cases through a compiled mapping. */
export function runCases(mapping: CaseMapping, cases: readonly GoldenCase[]): readonly CaseResult[] {
  return cases.map((goldenCase) => ({ case: goldenCase, differences: runCase(mapping, goldenCase) }));
}

/** What a run gave, by the names that an expectation has for it. */
interface Outcome {
  readonly members: Readonly<Record<string, JsonValue | undefined>>;
  readonly issues: readonly MappingIssue[];
}

function runCase(mapping: CaseMapping, goldenCase: GoldenCase): readonly Difference[] {
  const { members, issues } =
    goldenCase.direction === "outbound" ? outbound(mapping, goldenCase.source) : inbound(mapping, goldenCase.inbound);
  const { issues: expectedIssues, ...expected } = goldenCase.expect;
  return [
    ...Object.entries(expected).flatMap(([member, value]) => differencesOf(member, value, members[member] ?? null)),
    // A record that is expected to stay out is not sent, whatever could not be mapped.
    ...(expected.matches === false && expectedIssues === undefined ? [] : issueDifferences(expectedIssues, issues)),
  ];
}

function outbound(mapping: CaseMapping, source: JsonObject): Outcome {
  if ("kind" in mapping) return { members: {}, issues: [] };
  const { payload, related, assignee, submission, issues } = mapping.run(source);
  return { members: { matches: mapping.matches(source), payload, related, assignee, submission }, issues };
}

function inbound(mapping: CaseMapping, source: Partial<InboundSource>): Outcome {
  const results = resultsOf(mapping, source);
  const fields = results.flatMap(({ field, result }) =>
    result.kind === "value" ? [[field, result.value] as const] : [],
  );
  const matches = "kind" in mapping ? mapping.matches(source.invitation ?? {}) : undefined;
  return {
    members: { fields: Object.fromEntries(fields), matches },
    issues: results.flatMap(({ result }) => (result.kind === "issue" ? [result.issue] : [])),
  };
}

function resultsOf(mapping: CaseMapping, source: Partial<InboundSource>) {
  const ran = ({ field }: { readonly field: string }, result: InboundResult) => ({ field, result });
  if ("kind" in mapping)
    return mapping.inbound.map((rule) => ran(rule, rule.run({ ...source, invitation: source.invitation ?? {} })));
  return mapping.inbound.map((rule) => ran(rule, rule.run({ opportunity: {}, link: {}, ...source })));
}

/** With expected issues: exactly those, in any order. Without: none that is an error. */
function issueDifferences(
  expected: readonly ExpectedIssue[] | undefined,
  actual: readonly MappingIssue[],
): readonly Difference[] {
  const left = expected === undefined ? actual.filter(({ severity }) => severity === "error") : [...actual];
  const absent = (expected ?? []).filter(({ code, target }) => {
    const place = left.findIndex((issue) => issue.code === code && issue.target === target);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
  return [
    ...absent.map(({ code, target }) => ({ path: "issues", expected: { code, target }, actual: undefined })),
    ...left.map(({ code, target, message }) => ({
      path: "issues",
      expected: undefined,
      actual: { code, target, message },
    })),
  ];
}
