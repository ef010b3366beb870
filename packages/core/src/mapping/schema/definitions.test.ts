import { describe, expect, it } from "@jest/globals";
import { loadCases } from "../cases/load-cases.ts";
import { loadMapping } from "../load/load-mapping.ts";
import { steps } from "../steps/index.ts";
import {
  caseKeys,
  casesFileKeys,
  inboundExpectations,
  inboundParts,
  issueKeys,
  outboundExpectations,
} from "./definitions/case-keys.ts";
import { comparisons } from "./definitions/conditions.ts";
import { authorities } from "./definitions/authorities.ts";
import { crmKeys, fileKeys, invitationKeys, linkKeys } from "./definitions/file-keys.ts";
import { bodyKeys, ruleOnlyKeys, writes } from "./definitions/rule-keys.ts";
import { stepDefinitions } from "./definitions/step-definitions.ts";
import { missPolicies, tableKeys } from "./definitions/table-keys.ts";
import { verbs } from "./definitions/verbs.ts";

const rule = { ...verbs, ...bodyKeys, ...ruleOnlyKeys };

/** The same for a file of golden cases. */
const placesOfCases: readonly (readonly [place: string, yaml: string, known: object])[] = [
  ["a file", "{ version: 1, cases: [], Nonsense: 1 }", casesFileKeys],
  ["a case", "{ version: 1, cases: [{ name: a, source: {}, expect: {}, Nonsense: 1 }] }", caseKeys],
  ["inbound", "{ version: 1, cases: [{ name: a, inbound: { Nonsense: 1 }, expect: {} }] }", inboundParts],
  ["expect", "{ version: 1, cases: [{ name: a, source: {}, expect: { Nonsense: 1 } }] }", outboundExpectations],
  [
    "expect of inbound",
    "{ version: 1, cases: [{ name: a, inbound: {}, expect: { Nonsense: 1 } }] }",
    inboundExpectations,
  ],
  ["an issue", "{ version: 1, cases: [{ name: a, source: {}, expect: { issues: [{ Nonsense: 1 }] } }] }", issueKeys],
];

/** Every place of a file that has words of its own, with a word there that is none. */
const places: readonly (readonly [place: string, yaml: string, known: readonly string[]])[] = [
  ["a file", "Nonsense: 1", Object.keys(fileKeys)],
  ["an invitation's file", "kind: invitation\nNonsense: 1", Object.keys(invitationKeys)],
  ["crm", "crm: { Nonsense: 1 }", Object.keys(crmKeys)],
  ["link", "link: { Nonsense: 1 }", Object.keys(linkKeys)],
  ["a rule", "outbound: { Origin: { Nonsense: 1 } }", Object.keys(rule)],
  [
    "an option",
    "outbound: { Origin: { choose: [{ Nonsense: 1 }] } }",
    Object.keys(rule).filter((key) => !(key in ruleOnlyKeys)),
  ],
  ["a comparison", "match: { Name: { Nonsense: 1 } }", Object.keys(comparisons)],
  ["a table", "tables: { stage: { Nonsense: 1 } }", Object.keys(tableKeys)],
  ["otherwise", "tables: { stage: { otherwise: Nonsense } }", ["error", "omit"]],
  ["write", "outbound: { Origin: { const: x, write: Nonsense } }", Object.keys(writes)],
  ["authority", "authority: { default: Nonsense }", Object.keys(authorities)],
];

describe("the definitions", () => {
  it.each(places)("of %s are the words that the loader knows there", (_place, yaml, known) => {
    const { findings } = loadMapping({ file: "deal.yaml", text: yaml });
    const said = findings.map(
      ({ message }) => /(?:It may have|Comparisons|must be one of): (.+)\.$/u.exec(message)?.[1],
    );
    const words = said.filter((text) => text !== undefined).map((text) => text.split(", ").toSorted());
    expect(words).toEqual([known.toSorted()]);
  });

  it.each(placesOfCases)("of cases, in %s, are the words that the loader knows there", (_place, yaml, known) => {
    const { findings } = loadCases({ file: "deal.cases.yaml", text: yaml });
    const said = findings.flatMap(({ message }) => /It may have: (.+)\.$/u.exec(message)?.[1] ?? []);
    expect(said.map((text) => text.split(", ").toSorted())).toEqual([Object.keys(known).toSorted()]);
  });

  it("of misses are those that the loader takes", () => {
    expect(Object.keys(missPolicies)).toEqual(["error", "omit", "value"]);
  });

  it("of steps are the registry's, argument by argument", () => {
    const described = Object.entries(stepDefinitions).map(([name, definition]) => [
      name,
      Object.keys(definition.arguments ?? {}),
    ]);
    const registered = [...steps].map(([name, step]) => [name, Object.keys(step.arguments ?? {})]);
    expect(described).toEqual(registered);
  });
});
