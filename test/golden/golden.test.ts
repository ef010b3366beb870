import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "@jest/globals";
import {
  type CaseMapping,
  compileInvitationMapping,
  compileMapping,
  formatFinding,
  loadCases,
  loadMapping,
  runCases,
} from "@cosell/core";
import { partnerCentralTarget as target } from "@cosell/partner-central";

const mappings = join(import.meta.dirname, "../../mappings");
const caseFiles = readdirSync(mappings, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".cases.yaml"))
  .map((name) => join(mappings, name));

function compile(file: string): CaseMapping {
  const { document, invitation, findings } = loadMapping({
    file: relative(mappings, file),
    text: readFileSync(file, "utf8"),
    resolve: (reference, fromFile) => {
      const beside = resolve(mappings, dirname(fromFile), reference);
      const found = existsSync(beside) ? beside : join(mappings, `${reference}.yaml`);
      return { file: relative(mappings, found), text: readFileSync(found, "utf8") };
    },
  });
  if (document !== undefined) return compileMapping(document, { target });
  if (invitation !== undefined) return compileInvitationMapping(invitation, { target });
  throw new Error(findings.map(formatFinding).join("\n"));
}

describe.each(caseFiles.map((file) => [relative(mappings, file), file]))("the golden cases of %s", (_name, file) => {
  const { cases, findings } = loadCases({ file, text: readFileSync(file, "utf8") });
  const results = runCases(compile(file.replace(/\.cases\.yaml$/, ".yaml")), cases);

  it("are well formed", () => {
    expect(findings.map(formatFinding)).toEqual([]);
    expect(cases.length).toBeGreaterThan(0);
  });

  it.each(results.map(({ case: { name }, differences }) => [name, differences] as const))(
    "%s",
    (_case, differences) => {
      expect(differences).toEqual([]);
    },
  );
});

describe("the shipped mapping for Salesforce", () => {
  it("has golden cases", () => {
    expect(caseFiles.map((file) => relative(mappings, file))).toContain("salesforce.opportunity.cases.yaml");
  });
});
