import { describe, expect, it } from "@jest/globals";
import type { JsonValue } from "@cosell/connector";
import { isProblem, type Problem } from "../problem.ts";
import { steps } from "./index.ts";
import type { ListStep, StepArguments, StepResult } from "./step.ts";

/** What a step makes of a value: the value, or the code of the problem. */
function result(name: string, given: Case[1], values: StepArguments = {}): JsonValue | undefined {
  const step = steps.get(name);
  if (step === undefined) throw new Error(`no step ${name}`);
  const run = step.takes === "list" ? onList(step.prepare(values)) : step.prepare(values);
  if (isProblem(run)) return `argument: ${run.code}`;
  const made = run(typeof given === "object" ? JSON.stringify(given) : String(given));
  return isProblem(made) ? `problem: ${[made.code, made.suggestion ?? []].flat().join(", ")}` : made;
}

/** A step on lists, for a list that is handed over as JSON. */
function onList(run: ReturnType<ListStep["prepare"]>): Problem | ((text: string) => StepResult) {
  if (isProblem(run)) return run;
  return (text) => run(text.startsWith("[") ? (JSON.parse(text) as JsonValue[]) : [text]);
}

type Case = readonly [
  name: string,
  given: string | number | readonly (string | number)[],
  values: StepArguments,
  expected: JsonValue | undefined,
];

const cases: readonly Case[] = [
  ["boolean", "Yes", {}, true],
  ["boolean", "false", {}, false],
  ["boolean", "maybe", {}, "problem: bad-boolean"],
  ["country", "United States", {}, "US"],
  ["country", "usa", {}, "US"],
  ["country", "DEU", {}, "DE"],
  ["country", "de", {}, "DE"],
  ["country", "Côte d’Ivoire", {}, "CI"],
  ["country", "The Netherlands", {}, "NL"],
  ["country", "Korea", {}, "KR"],
  ["country", "Vietnam", {}, "VN"],
  ["country", "Philipines", {}, "problem: unknown-country, Philippines"],
  ["country", "Atlantis", {}, "problem: unknown-country"],
  ["date", "2026-02-28", {}, "2026-02-28"],
  ["date", "2028-02-29", {}, "2028-02-29"],
  ["date", "2026-02-29", {}, "problem: bad-date"],
  ["date", "2026-13-01", {}, "problem: bad-date"],
  ["date", "31.12.2026", {}, "problem: bad-date"],
  ["date", "2026-12-31T23:30:00.000+0000", {}, "2026-12-31"],
  ["date", "2026-12-31T23:30:00Z", { zone: "Europe/Berlin" }, "2027-01-01"],
  ["date", "2026-12-31", { zone: "Europe/Berlin" }, "2026-12-31"],
  ["date", 1798675200000, {}, "2026-12-31"],
  ["date", "2026-12-31", { zone: "Middle/Earth" }, "argument: bad-argument"],
  ["datetime", "2026-12-31", { time: "12:00" }, "2026-12-31T12:00:00.000Z"],
  ["datetime", "2026-12-31T01:00:00.123456789+02:00", {}, "2026-12-30T23:00:00.123Z"],
  ["datetime", "soon", {}, "problem: bad-date"],
  ["datetime", "2026-12-31", { time: "noon" }, "argument: bad-argument"],
  ["decimal", "833.335", { value: "2" }, "833.34"],
  ["decimal", "12500.00", { value: "2" }, "12500"],
  ["decimal", "0.40000000000000002220", { value: "2" }, "0.4"],
  ["decimal", 1e21, { value: "0" }, "1000000000000000000000"],
  ["decimal", "1,250", {}, "problem: bad-number"],
  ["decimal", "1e999999999", {}, "problem: bad-number"],
  ["decimal", "1", { value: "two" }, "argument: bad-argument"],
  ["divide", "0.3", { value: "0.1" }, "3"],
  ["divide", "100000000000000000000", { value: "3" }, "33333333333333333333.333333333333"],
  ["divide", "12", { value: "0" }, "argument: division-by-zero"],
  ["divide", "12", { value: "x" }, "argument: bad-argument"],
  ["multiply", "0.1", { value: "3" }, "0.3"],
  ["multiply", "many", { value: "3" }, "problem: bad-number"],
  ["first", ["a", "b"], {}, "a"],
  ["first", [], {}, undefined],
  ["last", ["a", "b"], {}, "b"],
  ["unique", ["b", "a", "b"], {}, ["b", "a"]],
  ["html-to-text", "<p>Ann &amp; Bob</p><ul><li>one</li></ul>", {}, "Ann & Bob\n\n * one"],
  ["html-to-text", '<a href="https://x.test">here</a><img src="y"><script>z</script>', {}, "here"],
  ["join", ["a", 1], { value: "/" }, "a/1"],
  ["lines-to-text", "one\r\n\n two ", {}, "one two"],
  ["lines-to-text", ["one", "two"], { value: " / " }, "one / two"],
  ["lower", "ANN@X.TEST", {}, "ann@x.test"],
  ["upper", "us", {}, "US"],
  ["trim", "  x ", {}, "x"],
  ["number", "12.5", {}, 12.5],
  ["number", "twelve", {}, "problem: bad-number"],
  ["phone", "(415) 555-0100", { country: "United States" }, "+14155550100"],
  ["phone", "+49 30 901820", {}, "+4930901820"],
  ["phone", "030 901820", { country: "DE" }, "+4930901820"],
  ["phone", "030 901820", {}, "problem: bad-phone"],
  ["phone", "call me", { country: "DE" }, "problem: bad-phone"],
  ["phone", "9".repeat(5000), { country: "DE" }, "problem: bad-phone"],
  ["replace", "12-34-56", { find: "-", with: "" }, "123456"],
  ["replace", "a", { find: "a", with: "$&$&" }, "$&$&"],
  ["replace", "a", { find: "" }, "argument: bad-argument"],
  ["split", "S-1; S-2;;", { value: ";" }, ["S-1", "S-2"]],
  ["state", "CA", {}, "California"],
  ["state", "new york", {}, "New York"],
  ["state", "District of Columbia", {}, "Dist. of Columbia"],
  ["state", "Washington, D.C.", {}, "Dist. of Columbia"],
  ["state", "Californa", {}, "problem: unknown-state, California"],
  ["state", "Bavaria", {}, "problem: unknown-state"],
  ["truncate", "abcdef", { value: "3" }, "abc"],
  ["truncate", "👩👩👩", { value: "2" }, "👩👩"],
  ["truncate", "ab cd", { value: "3" }, "ab"],
  ["truncate", "a", { value: "0" }, "argument: bad-argument"],
  ["url", "acme.com", {}, "https://acme.com"],
  ["url", "http://acme.com/x?y=1", {}, "http://acme.com/x?y=1"],
  ["url", "mailto:ann@acme.com", {}, "problem: bad-url"],
  ["url", "acme", {}, "problem: bad-url"],
];

describe("steps", () => {
  it.each(cases)("%s of %j with %j is %j", (name, given, values, expected) => {
    expect(result(name, given, values)).toEqual(expected);
  });

  it("has a case for every step", () => {
    expect([...steps.keys()].filter((name) => !cases.some(([tested]) => tested === name))).toEqual([]);
  });
});
