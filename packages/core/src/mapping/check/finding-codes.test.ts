import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { findingCodes } from "./finding-codes.ts";

const mapping = join(import.meta.dirname, "..");
const sources = ["load", "check", "invitation", "cases"]
  .flatMap((folder) =>
    readdirSync(join(mapping, folder))
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && name !== "finding-codes.ts")
      .map((name) => join(mapping, folder, name)),
  )
  .concat(join(mapping, "constraints.ts"))
  .map((file) => readFileSync(file, "utf8"))
  .join("\n");

/** Codes of problems with values, which the checker calls otherwise or passes on. */
const renamed = new Map([["outside-list", "value-outside-list"]]);

/** Every code that the source gives to a finding. */
function codesInUse(): ReadonlySet<string> {
  const written = [
    ...sources.matchAll(/\bcode: (?:code === "[A-Z_]+" \? )?"([a-z-]+)"(?: : "([a-z-]+)")?/gu),
    ...sources.matchAll(/\brefuse\(\s*node,\s*"([a-z-]+)"/gu),
    ...sources.matchAll(/\bconst code = .*\? "([a-z-]+)" : "([a-z-]+)";/gu),
    ...sources.matchAll(/\bnew Problem\(\s*"([a-z-]+)"/gu),
  ];
  const codes = written.flatMap(([, first, second]) => [first, second]).filter((code) => code !== undefined);
  return new Set(codes.map((code) => renamed.get(code) ?? code));
}

describe("the codes of findings", () => {
  it("all have a row that explains them, and every row has findings", () => {
    expect([...codesInUse()].toSorted()).toEqual(Object.keys(findingCodes).toSorted());
  });

  it("are explained in whole sentences", () => {
    const broken = Object.entries(findingCodes).filter(([, code]) =>
      [code.means, code.remedy].some((text) => !/^[A-Z].*\.$/u.test(text)),
    );
    expect(broken).toEqual([]);
  });
});
