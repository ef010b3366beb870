import { describe, expect, it } from "@jest/globals";
import type { JsonObject, JsonValue } from "@cosell/connector";
import { compileMapping, loadMapping } from "@cosell/core";
import { partnerCentralTarget } from "@cosell/partner-central";
import { findAll } from "./find-mistakes.ts";
import { head } from "./mistake.ts";

const megabyte = 1_000_000;

/** Texts that make patterns start anew at every character, or a step look at the same characters again and again. */
const hostile: readonly (readonly [string, string])[] = [
  ..." \n-;.,<>&{}[]@/:+01aA\u0301\ud83d😀"
    .split(/(?:)/u)
    .map(
      (letter) => [`${JSON.stringify(letter)} and a last x`, `${letter.repeat(megabyte / letter.length)}x`] as const,
    ),
  ...[
    "a.",
    "a-",
    "a@",
    "a@a.",
    "1,",
    "0.0",
    "1e1",
    "+1 ",
    "<a>",
    "<a",
    "</",
    "&amp;",
    "<!--",
    "https://a.",
    "a; ",
    "--:",
    "\r\n",
    "e\u0301",
  ].map((piece) => [`${JSON.stringify(piece)} over and over`, piece.repeat(megabyte / piece.length)] as const),
];

/** Every step, and every pattern of AWS that an opportunity can meet. */
const everything = `${head}
tables:
  any: { outbound: { Agriculture: Agriculture }, otherwise: error }
  yesNo: { outbound: { true: "Yes", false: "No" }, otherwise: error }
outbound:
  PartnerOpportunityIdentifier: { from: V }
  NationalSecurity: { from: V, steps: [boolean], table: yesNo }
  Origin: { choose: [{ when: { V: { gt: "5" } }, from: V }, { from: V, steps: [{ join: "" }] }] }
  Customer.Account:
    fields:
      CompanyName: { template: "{Absent} - {V} - {Absent}", steps: [{ truncate: 120 }] }
      Industry: { from: V, table: any }
      WebsiteUrl: { from: V, steps: [url] }
      AwsAccountId: { from: V }
      Duns: { from: V }
      Address.CountryCode: { from: V, steps: [country] }
      Address.StateOrRegion: { from: V, steps: [state] }
  Customer.Contacts:
    list:
      - Email: { from: V, steps: [trim, lower] }
        Phone: { from: V, steps: [{ phone: { country: { from: V } } }] }
        LastName: { from: V, steps: [upper, { truncate: 80 }] }
        FirstName: { from: V, steps: [{ replace: { find: a, with: bb } }, { truncate: 80 }] }
      - Email: { from: V }
        Phone: { from: V }
  Project:
    fields:
      Title: { from: V, steps: [html-to-text, lines-to-text, { truncate: 255 }] }
      CustomerBusinessProblem: { from: V, steps: [lines-to-text] }
      DeliveryModels: { from: V, steps: [{ split: ";" }, unique, first] }
      SalesActivities: { from: V, steps: [{ split: "a" }, last] }
      ExpectedCustomerSpend:
        list:
          - { Amount: { from: V, steps: [{ divide: 3 }, { multiply: 7 }, { decimal: 2 }] }, EstimationUrl: { from: V } }
          - { Amount: { from: V, steps: [number] } }
          - { Amount: { from: V } }
      RelatedOpportunityIdentifier: { from: V }
  LifeCycle:
    fields:
      TargetCloseDate: { from: V, steps: [{ date: { zone: Asia/Tokyo } }] }
      NextSteps: { from: V }
      NextStepsHistory: { list: [{ Time: { from: V, steps: [datetime] }, Value: { from: V } }] }
  SoftwareRevenue.EffectiveDate: { from: V }
  Tags: { list: [{ Key: { from: V }, Value: { from: V } }] }
  RelatedEntityIdentifiers.Solutions: { from: V, steps: [{ split: ";" }] }
inbound:
  Description: { template: "{Absent}: {LifeCycle.NextSteps}", steps: [lines-to-text] }
`.replace("{Absent}: ", "{Project.Title}: ");

function compileEverything() {
  const { document, findings } = loadMapping({ file: "deal.yaml", text: everything });
  if (document === undefined || findings.length > 0) throw new Error(JSON.stringify(findings));
  return compileMapping(document, { target: partnerCentralTarget });
}

/** One inside the other, so deep that whatever follows them down runs out of stack. */
function nested(depth: number): JsonValue {
  let value: JsonValue = "x";
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

// Work that grew with the square of a value's length would take hours here: the runner's own time limit is the assertion.
describe("a mapping takes time in proportion to its values", () => {
  const mapping = compileEverything();
  const run = (value: JsonValue) => {
    const record: JsonObject = { V: value };
    const { issues } = mapping.run(record);
    for (const rule of mapping.inbound) rule.run({ opportunity: { LifeCycle: { NextSteps: value } }, link: {} });
    return issues;
  };

  it.each(hostile)("a megabyte of %s", (_name, value) => {
    const issues = run(value);
    expect(issues.length).toBeGreaterThan(5);
    // Nothing of a hostile value may make a message, or the log behind it, grow.
    expect(Math.max(...issues.map(({ message }) => message.length))).toBeLessThan(1000);
  });

  it("ten thousand values in a list", () => {
    expect(run(Array.from({ length: 10_000 }, (_, index) => `value ${index % 1000}`)).length).toBeGreaterThan(5);
  });

  it("lists in lists in lists", () => {
    expect(run(nested(100_000)).length).toBeGreaterThan(5);
  });
});

describe("a mapping is read and checked in time in proportion to its text", () => {
  const long = "a".repeat(megabyte);
  it.each([
    ["a long value", `outbound:\n  Project.Title: { const: ${long} }\n`],
    ["a long path", `outbound:\n  Project.Title: { from: ${"a.".repeat(megabyte / 2)}a }\n`],
    ["a long target", `outbound:\n  ${"a.".repeat(megabyte / 2)}a: { from: Name }\n`],
    ["a long path in a condition", `match: { ${"a.".repeat(megabyte / 2)}a: { eq: 1 } }\n`],
    ["a long template", `outbound:\n  Project.Title: { template: "${"{Name".repeat(megabyte / 5)}" }\n`],
    ["a long step", `outbound:\n  Project.Title: { from: Name, steps: [${long}] }\n`],
    ["a long key", `${long}: 1\n`],
    [
      "many keys",
      `outbound:\n${Array.from({ length: 20_000 }, (_, index) => `  A${index}: { from: Name }\n`).join("")}`,
    ],
    [
      "many aliases",
      `tables:\n  a: &a { otherwise: omit }\n${Array.from({ length: 20_000 }, (_, index) => `  t${index}: *a\n`).join("")}`,
    ],
    ["deep brackets", `match: ${"[".repeat(megabyte / 10)}`],
    ["deep lists", `${"- ".repeat(megabyte / 100)}a`],
  ])("%s", (_name, body) => {
    expect(findAll(head + body).length).toBeGreaterThan(0);
  });
});
