import { describe, expect, it } from "@jest/globals";
import { compileMapping, loadMapping } from "@cosell/core";
import { partnerCentralTarget as target } from "@cosell/partner-central";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parse, parseDocument, stringify, visit } from "yaml";
import { shippedMapping } from "../../session/shipped-mapping.ts";
import { formatYaml } from "./format-yaml.ts";

const formatted = (text: string): string => formatYaml("x.yaml", text).text ?? "(refused)";

describe("formatYaml", () => {
  const long = Array.from({ length: 5 }, (_, index) => `a_rather_long_member_${index}`);

  it.each([
    ["keeps comments and blank lines", "# one\na: 1 # two\n\n# three\nb: 2\n", "# one\na: 1 # two\n\n# three\nb: 2\n"],
    ["keeps the spelling of values", "a: 1.0\nb: '2'\nc: No\nd: ~\n", 'a: 1.0\nb: "2"\nc: No\nd: ~\n'],
    ["pads maps and not lists", "a: {b: [1,{c: 2}]}\n", "a: { b: [1, { c: 2 }] }\n"],
    ["indents by two", "a:\n    b:\n    - 1\n", "a:\n  b:\n    - 1\n"],
    [
      "breaks a long list, a member a line",
      `a: [${long.join(", ")}, ${long.join("_")}]\n`,
      `a:\n  [\n${[...long, long.join("_")].map((name) => `    ${name},\n`).join("")}  ]\n`,
    ],
    [
      "puts a map that is too long behind its key on a line of its own",
      `${"k".repeat(40)}: { a: ${"v".repeat(80)} }\n`,
      `${"k".repeat(40)}:\n  { a: ${"v".repeat(80)} }\n`,
    ],
  ])("%s", (_name, before, after) => {
    expect(formatted(before)).toBe(after);
    expect(formatted(after)).toBe(after);
  });

  it("leaves the shipped mapping and its tables as they are, to the hash and to the letter", () => {
    const file = shippedMapping("salesforce.opportunity.yaml");
    const text = readFileSync(file, "utf8");
    // Laid out in the worst way first: nothing but one long line a section.
    const document = parseDocument(text);
    visit(document, {
      Collection: (_key, node) => {
        node.flow = true;
      },
    });
    const untidy = document.toString({ lineWidth: 0 });
    const hash = (source: string): string | undefined => {
      const resolveTable = (reference: string) => {
        const found = resolve(dirname(file), reference);
        return { file: found, text: readFileSync(found, "utf8") };
      };
      const { document: mapping } = loadMapping({ file: "x.yaml", text: source, resolve: resolveTable });
      return mapping && compileMapping(mapping, { target }).hash;
    };
    expect(formatted(text)).toBe(text);
    expect(hash(text)).toEqual(expect.any(String));
    expect(hash(formatted(untidy))).toBe(hash(text));
    expect(formatted(formatted(untidy))).toBe(formatted(untidy));
    const table = readFileSync(resolve(dirname(file), "tables/industry.yaml"), "utf8");
    expect(formatted(table)).toBe(table);
  });

  it("changes no meaning and nothing twice, whatever the YAML", () => {
    const value = fc.jsonValue({ maxDepth: 4 });
    const layout = fc.record({
      indent: fc.integer({ min: 1, max: 6 }),
      collectionStyle: fc.constantFrom("any" as const, "block" as const, "flow" as const),
      lineWidth: fc.constantFrom(0, 40, 200),
    });
    fc.assert(
      fc.property(value, layout, (json, options) => {
        const text = stringify(json, options);
        const once = formatted(text);
        expect(parse(once)).toEqual(parse(text));
        expect(formatted(once)).toBe(once);
      }),
    );
  });

  it("throws for no text at all, and refuses what is no YAML", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { text: once, findings } = formatYaml("x.yaml", text);
        expect(once === undefined).toBe(findings.length > 0);
      }),
    );
    expect(formatYaml("x.yaml", "a: 1\na: 2\n").findings).toMatchObject([{ code: "yaml", line: 2, column: 1 }]);
  });
});
