import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { checkMapping, compileMapping, loadMapping } from "@cosell/core";
import { partnerCentralTarget } from "@cosell/partner-central";
import fc from "fast-check";
import { base, schema } from "./find-mistakes.ts";

const mappings = join(import.meta.dirname, "../../mappings");
const shipped = readFileSync(join(mappings, "salesforce.opportunity.yaml"), "utf8");
const resolve = (reference: string) => {
  const file = join(mappings, reference);
  const isTable = /^tables\/[\w-]+\.yaml$/u.test(reference) && existsSync(file);
  return isTable ? { file: reference, text: readFileSync(file, "utf8") } : undefined;
};

/** One way to damage a text, line by line or value by value. */
type Damage = (text: string) => string;

const line = fc.nat(300);
const word = fc.oneof(
  fc.constantFrom("no", "1.0", "~", "2026-02-30", "*a", "&a x", "{", "]", '"', "\t", "Closed Won", "StageName", "LifeCycle.Stage", "constructor", "__proto__", "[]", "$record.Name", "0", "-1", "true"),
  fc.string({ unit: "binary", maxLength: 12 }),
); // prettier-ignore

function editLines(edit: (lines: string[]) => void): Damage {
  return (text) => {
    const lines = text.split("\n");
    edit(lines);
    return lines.join("\n");
  };
}

/** Puts a word in the place of one of the text's own. */
function replaceWord(place: number, by: string): Damage {
  return (text) => {
    const words = [...text.matchAll(/[\w.$]+/gu)];
    const found = words[place % Math.max(1, words.length)];
    return found === undefined ? text : text.slice(0, found.index) + by + text.slice(found.index + found[0].length);
  };
}

const damage: fc.Arbitrary<Damage> = fc.oneof(
  line.map((index) => editLines((lines) => lines.splice(index % lines.length, 1))),
  fc.tuple(line, line).map(([from, to]) =>
    editLines((lines) => {
      const [taken = ""] = lines.splice(from % lines.length, 1);
      lines.splice(to % (lines.length + 1), 0, taken);
    }),
  ),
  line.map((index) => editLines((lines) => lines.splice(index % lines.length, 0, lines[index % lines.length] ?? ""))),
  fc.tuple(line, fc.nat(8)).map(([index, spaces]) =>
    editLines((lines) => {
      const place = index % lines.length;
      lines[place] = " ".repeat(spaces) + (lines[place] ?? "").trimStart();
    }),
  ),
  fc.tuple(fc.nat(2000), word).map(([place, by]) => replaceWord(place, by)),
  // A word of the mapping in the place of another: often sound, and seldom what was meant.
  fc.tuple(fc.nat(2000), fc.nat(2000)).map(([place, other]): Damage => (text) => {
    const words = text.match(/[\w.$]+/gu) ?? [];
    return replaceWord(place, words[other % Math.max(1, words.length)] ?? "")(text);
  }),
  fc.tuple(fc.nat(12_000), word).map(
    ([place, by]): Damage =>
      (text) =>
        text.slice(0, place) + by + text.slice(place),
  ),
);

describe.each([
  ["the shipped mapping", shipped],
  ["the mapping without a mistake", base],
])("%s, damaged in any way", (_name, sound) => {
  it("is read and checked without a crash, every finding has its place, and what has no errors compiles", () => {
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
        const text = damages.reduce((before, harm) => harm(before), sound);
        const { document, invitation, findings } = loadMapping({ file: "deal.yaml", text, resolve });
        const options = { target: partnerCentralTarget, schema };
        const all = [...findings, ...(document === undefined ? [] : checkMapping(document, options))];
        const lines = text.split("\n");
        for (const { file, line: at, column, message } of all) {
          if (file !== "deal.yaml") continue;
          expect(at).toBeLessThanOrEqual(lines.length);
          expect(column).toBeLessThanOrEqual((lines[at - 1] ?? "").length + 1);
          expect(message).not.toMatch(/undefined|NaN|\[object/u);
        }
        if (document === undefined) {
          expect(invitation !== undefined || findings.length > 0).toBe(true);
          return;
        }
        if (all.some(({ severity }) => severity === "error")) return;
        const mapping = compileMapping(document, { target: partnerCentralTarget });
        mapping.run({});
        mapping.run({
          Id: "006",
          Name: "Deal",
          StageName: "Closed Won",
          Account: { Name: "Acme", Industry: "Banking" },
        });
      }),
      { numRuns: 150 },
    );
  });
});
