import { describe, expect, it } from "@jest/globals";
import type { AdoptionPair } from "@cosell/engine";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inFolder } from "../testing/run-cosell.ts";
import { approvedPairs, writeProposals } from "./adoption-file.ts";

const pair = (crmRef: string, title: string): AdoptionPair => ({
  ...{ crmRef, opportunityId: `O-${crmRef}`, title, awsTitle: "Data, platform" },
  ...{ by: "similar", score: 0.67, why: "Same website (globex.example); the titles share data." },
});
const pairs = [pair("r1", "Data platform"), pair("r2", "=HYPERLINK(1)")];

describe.each(["adopt.csv", "adopt.json"])("proposals in %s", (name) => {
  const inFile = <Result>(work: (file: string) => Promise<Result>): Promise<Result> =>
    inFolder({}, async (folder) => {
      const file = join(folder, name);
      await writeProposals(file, pairs);
      return work(file);
    });

  it("are approved by nobody but a person", async () => {
    expect(await inFile(approvedPairs)).toEqual([]);
  });

  it("come back where a person said yes", async () => {
    const found = await inFile(async (file) => {
      const text = await readFile(file, "utf8");
      await writeFile(
        file,
        name.endsWith("csv") ? text.replace(/^,/m, "Yes,") : text.replace('"approve": ""', '"approve": true'),
      );
      return approvedPairs(file);
    });
    expect(found).toEqual([expect.objectContaining({ crmRef: "r1", opportunityId: "O-r1", title: "Data platform" })]);
  });
});

describe("a file of proposals that cannot be used", () => {
  const refused = (name: string, text: string): Promise<unknown> =>
    inFolder({ [name]: text }, (folder) => approvedPairs(join(folder, name)).catch((error: unknown) => String(error)));

  it.each([
    [
      "a.csv",
      "approve,crm_record,opportunity\nyes,r1,\nmaybe,r2,O2\n",
      /row 2: opportunity .*; row 3: approve says neither/,
    ],
    ["a.csv", "approve,crm_record,opportunity\nyes,r1,O1\nyes,r1,O2\n", /r1 is approved twice/],
    ["a.json", "{}", /no JSON list/],
    ["a.json", "[", /no JSON list/],
    ["a.txt", "", /ends in \.csv or \.json/],
  ])("%s %j", async (name, text, message) => {
    expect(await refused(name, text)).toMatch(message);
  });

  it("does not let a title run as a formula in a spreadsheet", async () => {
    const text = await inFolder({}, async (folder) => {
      await writeProposals(join(folder, "a.csv"), pairs);
      return readFile(join(folder, "a.csv"), "utf8");
    });
    expect(text).not.toMatch(/,=HYPERLINK/);
  });
});
