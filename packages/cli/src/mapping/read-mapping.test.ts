import { describe, expect, it } from "@jest/globals";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { formatFinding } from "@cosell/core";
import { shippedMapping } from "../session/shipped-mapping.ts";
import { inFolder } from "../testing/run-cosell.ts";
import { readMapping } from "./read-mapping.ts";

describe("a mapping file that extends another", () => {
  it("finds a shipped mapping by its id, and the table files beside that", async () => {
    const files = { "own.yaml": "extends: salesforce.opportunity\noutbound: { Project.Title: { from: Name } }\n" };
    await inFolder(files, async (folder) => {
      const { document, findings } = await readMapping(join(folder, "own.yaml"));
      expect(findings).toEqual([]);
      const shipped = await readMapping(shippedMapping("salesforce.opportunity.yaml"));
      expect(document?.tables).toEqual(shipped.document?.tables);
      const title = document?.outbound.find(({ target }) => target.text === "Project.Title");
      expect(title?.target.at).toMatchObject({ file: join(folder, "own.yaml"), line: 2 });
    });
  });

  it("finds a file from the place of the one that names it", async () => {
    const files = {
      "teams/own.yaml": "extends: ../common/base.yaml\n",
      "common/base.yaml": "extends: salesforce.opportunity\ntables: { industry: { extends: industry.yaml } }\n",
      "common/industry.yaml": "outbound: { Bank: Retail }\notherwise: error\n",
    };
    await inFolder({}, async (folder) => {
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), text);
      }
      const { document, findings } = await readMapping(join(folder, "teams/own.yaml"));
      expect(findings).toEqual([]);
      const industry = document?.tables.find(({ name }) => name.text === "industry");
      expect(industry?.outbound.map(({ from }) => from.text)).toEqual(["Bank"]);
    });
  });

  it.each([
    ["an id that Cosell does not ship", { "own.yaml": "extends: salesforce.oportunity\n" }, "own.yaml:1:10"],
    ["a circle of two", { "own.yaml": "extends: b.yaml\n", "b.yaml": "extends: own.yaml\n" }, "b.yaml:1:10"],
  ])("reports %s", async (_what, files, place) => {
    await inFolder(files, async (folder) => {
      const { document, findings } = await readMapping(join(folder, "own.yaml"));
      expect(document).toBeUndefined();
      expect(findings.map(formatFinding)).toEqual([
        expect.stringContaining(`${join(folder, place)}  error  bad-extends`),
      ]);
    });
  });
});
