import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { checkMapping, formatFinding, loadMapping } from "@cosell/core";
import {
  bodyKeys,
  comparisons,
  joiners,
  missPolicies,
  ruleOnlyKeys,
  stepDefinitions,
  verbs,
  wholeExample,
} from "@cosell/core/mapping-schema";
import { partnerCentralTarget as target } from "@cosell/partner-central";
import { compileText, mappingText, runInbound, runOutbound } from "./run-example.ts";

const root = join(import.meta.dirname, "../..");

describe("the mapping reference", () => {
  it("and the schema are what the generator writes", async () => {
    const script = join(root, "scripts/generate-mapping-reference.mjs");
    const run = promisify(execFile)(process.execPath, ["--conditions=cosell-source", script, "--check"]);
    await expect(run).resolves.toMatchObject({ stderr: "" });
  });

  it("begins with a mapping that is right, and does what it says in both directions", () => {
    const { yaml, record, payload, source, fields } = wholeExample;
    const { document, findings } = loadMapping({ file: "example.yaml", text: yaml });
    const problems = document ? checkMapping(document, { target }) : [];
    expect([...findings, ...problems].filter(({ severity }) => severity === "error").map(formatFinding)).toEqual([]);
    const mapping = compileText(yaml);
    expect(mapping.matches(record)).toBe(true);
    expect(mapping.run(record)).toMatchObject({ payload, issues: [] });
    const written = mapping.inbound.map((rule) => [rule.field, rule.run(source)] as const);
    expect(written).toEqual(Object.entries(fields).map(([field, value]) => [field, { kind: "value", value }]));
  });

  it.each(Object.entries({ ...verbs, ...bodyKeys, ...ruleOnlyKeys, ...missPolicies }))(
    "shows what %s gives",
    (_word, { example }) => {
      const { outbound, tables, record, gives, issues = [] } = example;
      const mapping = compileText(mappingText({ tables, outbound }));
      const result = runOutbound(mapping, record, Object.keys(gives));
      expect(result).toMatchObject({ gives, issues });
      if (Object.keys(gives).length === 0) expect(result.payload).toEqual({});
    },
  );

  it.each(Object.entries({ ...comparisons, ...joiners }))(
    "shows when %s holds",
    (_word, { condition, holds, fails }) => {
      const mapping = compileText(`${mappingText({})}match: ${condition}\n`);
      expect(mapping.matches(holds)).toBe(true);
      expect(mapping.matches(fails)).toBe(false);
    },
  );

  it.each(Object.entries(stepDefinitions))("shows what the step %s makes of a value", (name, { example }) => {
    const { call, given, gives, record } = example;
    expect(call).toContain(name);
    // A text goes to a target of texts; anything else is seen as it is in a field of the CRM.
    if (typeof gives === "string") {
      const outbound = `Project.Title: { from: Given, steps: [${call}] }`;
      const result = runOutbound(compileText(mappingText({ outbound })), { Given: given, ...record }, [
        "Project.Title",
      ]);
      expect(result.gives).toEqual({ "Project.Title": gives });
    } else {
      const member = Array.isArray(given) ? "DeliveryModels" : "Title";
      const inbound = `Field: { from: Project.${member}, steps: [${call}] }`;
      expect(runInbound(compileText(mappingText({ inbound })), { Project: { [member]: given } })).toEqual(gives);
    }
  });
});
