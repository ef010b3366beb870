import { describe, expect, it } from "@jest/globals";
import { documentOf } from "../__fixtures__/mapping-of.ts";
import { bodyWords } from "./rule-words.ts";

const words = (rule: string): string | undefined => {
  const [first] = documentOf(`outbound:\n  Project.Title: ${rule}`).outbound;
  return first && bodyWords(first.body);
};

describe("the words of a rule", () => {
  it.each([
    ["{ from: Name }", "Name"],
    ["{ from: [A, B.C] }", "A, else B.C"],
    ["{ const: None }", "always None"],
    ["{ const: [A, B] }", "always [A, B]"],
    ['{ template: "{Account.Name} - {Name}" }', '"{Account.Name} - {Name}"'],
    ['{ from: A, steps: [{ split: ";" }, trim, { truncate: 20 }] }', 'A → split ";" → trim → truncate 20'],
    ["{ from: A, table: stage, default: B }", "A → table stage (default B)"],
    ["{ from: A, when: { B: { exists: true } } }", "when B has a value: A"],
    ["{ from: A, when: { B: { exists: false } } }", "when B has no value: A"],
    [
      "{ from: A, when: { any: [{ B: { gte: 3 } }, { all: [{ C: { notIn: [x, y] } }, { not: { D: { eq: z } } }] }] } }",
      "when B >= 3 or (C is not in [x, y] and (not (D is z))): A",
    ],
    ["{ choose: [{ when: { A: { eq: x } }, const: X }, { from: B }] }", "when A is x: always X; else B"],
    ["{ list: [{ const: A }, { from: B }] }", "a list of 2 items"],
  ])("of %s are %s", (rule, expected) => {
    expect(words(rule)).toBe(expected);
  });
});
