import { describe, expect, it } from "@jest/globals";
import type { ChildProcess } from "node:child_process";
import { mkdir, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { finished, inFolder, runCosell, startCosell } from "../../testing/run-cosell.ts";

const mapping = (title = "{Name}"): string => `version: 1
id: test
crm: { connector: salesforce, object: Opportunity }
link: { opportunityId: AWS_Id__c }
tables: { stage: { extends: stage.yaml, otherwise: error } }
outbound:
  Project.Title: { template: "${title}" }
  LifeCycle.Stage: { from: StageName, table: stage }
`;
const table = (stage = "Qualified"): string => `outbound: { Qualification: ${stage} }\n`;
const cases = `version: 1
cases:
  - name: a title
    source: { Name: Data lake }
    expect: { payload: { Project: { Title: Data lake } } }
  - name: a stage
    source: { StageName: Qualification }
    expect: { payload: { LifeCycle: { Stage: Qualified } } }
`;
const files = { "deals.yaml": mapping(), "stage.yaml": table(), "deals.cases.yaml": cases };

describe("cosell mapping test", () => {
  it("runs the cases beside a mapping, and answers with 0 when all hold", async () => {
    const { code, stdout } = await inFolder(files, (folder) =>
      runCosell(["mapping", "test", "deals.yaml"], { folder }),
    );
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "deals.yaml\nholds    a title\nholds    a stage\n\n2 cases: 2 hold, 0 differ.\n",
    });
  });

  it("shows what differs, where the case stands, and answers with 1", async () => {
    const changed = { ...files, "stage.yaml": table("Committed") };
    await inFolder(changed, async (folder) => {
      const { code, stdout } = await runCosell(["mapping", "test", "deals.yaml"], { folder });
      expect(code).toBe(1);
      expect(stdout).toMatch(
        /^differs {2}a stage {2}deals\.cases\.yaml:6:5\n {2}payload\.LifeCycle\.Stage\n {4}expected {2}"Qualified"\n {4}actual {4}"Committed"$/m,
      );
      const one = await runCosell(["mapping", "test", "deals.yaml", "--case", "a title", "--json"], { folder });
      expect(one.code).toBe(0);
      expect(JSON.parse(one.stdout)).toEqual({
        mappings: [
          {
            mapping: "deals.yaml",
            cases: [{ name: "a title", file: "deals.cases.yaml", line: 3, ok: true, differences: [] }],
          },
        ],
        passed: 1,
        failed: 0,
      });
    });
  });

  it("finds the mappings that have cases by itself", async () => {
    await inFolder({ "other.yaml": "version: 1\n" }, async (folder) => {
      const none = await runCosell(["mapping", "test"], { folder });
      expect({ code: none.code, stderr: none.stderr }).toEqual({
        code: 2,
        stderr: expect.stringContaining("No mapping"),
      });
      await mkdir(join(folder, "mappings"));
      for (const [name, text] of Object.entries(files)) await writeFile(join(folder, "mappings", name), text);
      const { code, stdout } = await runCosell(["mapping", "test"], { folder });
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("mappings/deals.yaml") });
    });
  });

  it("finds them below this folder too, and those that the configuration names, without its secrets", async () => {
    await inFolder({}, async (folder) => {
      const put = async (place: string): Promise<void> => {
        await mkdir(join(folder, place), { recursive: true });
        for (const [name, text] of Object.entries(files)) await writeFile(join(folder, place, name), text);
      };
      for (const place of ["mappings/examples", "mappings/node_modules/other", "mappings/.hidden", "elsewhere/crm"])
        await put(place);
      const testedIn = async (...more: readonly string[]) => {
        const { stdout } = await runCosell(["mapping", "test", "--json", ...more], {
          folder: join(folder, "mappings"),
        });
        return (JSON.parse(stdout) as { mappings: { mapping: string }[] }).mappings.map(({ mapping }) => mapping);
      };
      expect(await testedIn()).toEqual(["examples/deals.yaml"]);
      await mkdir(join(folder, "etc"));
      const configuration = [
        "version: 1",
        "connections: { crm: { connector: salesforce, accessToken: !env COSELL_ABSENT } }",
        "syncs: { a: { connection: crm, mapping: ../elsewhere/crm/deals.yaml }, b: { connection: crm, mapping: ../gone.yaml } }",
      ];
      await writeFile(join(folder, "etc/cosell.yaml"), configuration.join("\n"));
      const found = await testedIn("--config", join(folder, "etc/cosell.yaml"));
      expect(found).toEqual([expect.stringContaining("elsewhere/crm/deals.yaml")]);
    });
  });

  it("says where it looked when there are none, and which mapping is missing for cases", async () => {
    const cosell = "version: 1\nsyncs: { a: { mapping: other.yaml } }\n";
    await inFolder({ "other.yaml": mapping(), "cosell.yaml": cosell }, async (folder) => {
      const none = await runCosell(["mapping", "test"], { folder });
      expect(none).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(`in ${await realpath(folder)} and the folders below`),
      });
      expect(none.stderr).toContain("cosell.yaml names (1 mapping)");
      await writeFile(join(folder, "lone.cases.yaml"), cases);
      expect(await runCosell(["mapping", "test"], { folder })).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("no readable mapping at lone.yaml"),
      });
    });
  });

  it("refuses what it cannot run: no cases, a case that is not there, cases that are wrong", async () => {
    const wrong = cases.replace("expect:", "expct:");
    await inFolder(
      { ...files, "bare.yaml": mapping(), "wrong.yaml": mapping(), "wrong.cases.yaml": wrong },
      async (folder) => {
        const run = (...words: readonly string[]) => runCosell(["mapping", "test", ...words], { folder });
        expect(await run("bare.yaml")).toMatchObject({ code: 2, stderr: expect.stringContaining("bare.cases.yaml") });
        expect(await run("deals.yaml", "--case", "a stag")).toMatchObject({
          code: 2,
          stderr: expect.stringContaining('Did you mean "a stage"?'),
        });
        expect(await run("wrong.yaml")).toMatchObject({
          code: 2,
          stderr: expect.stringMatching(/wrong\.cases\.yaml:5:5 +error +unknown-key/),
        });
      },
    );
  });

  it("--watch runs again when mapping, table or cases change, tells what is wrong, and ends on Ctrl-C", async () => {
    await inFolder(files, async (folder) => {
      const child = startCosell(["mapping", "test", "deals.yaml", "--watch"], { folder });
      const ended = finished(child);
      const watched = watchOutput(child);
      await watched.next(/2 hold, 0 differ/);
      await writeFile(join(folder, "stage.yaml"), table("Committed"));
      await watched.next(/stage\.yaml changed[^]*1 holds, 1 differs/);
      await writeFile(join(folder, "deals.yaml"), mapping().replace("Title", "Titel"));
      await watched.next(/deals\.yaml changed[^]*did you mean Project\.Title\?/);
      await writeFile(join(folder, "deals.yaml"), mapping());
      await watched.next(/1 holds, 1 differs/);
      await writeFile(join(folder, "deals.cases.yaml"), cases.replace("Stage: Qualified", "Stage: Committed"));
      await watched.next(/deals\.cases\.yaml changed[^]*2 hold, 0 differ/);
      child.kill("SIGINT");
      expect((await ended).code).toBe(0);
    });
  });

  it("does not print JSON again and again", async () => {
    const { code, stdout } = await runCosell(["mapping", "test", "deals.yaml", "--watch", "--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { kind: "usage" } });
  });
});

/** Waits until what a command printed since the last call, to the end of a run, is as wanted. */
function watchOutput(child: ChildProcess): { next(wanted: RegExp): Promise<void> } {
  let text = "";
  let wake = (): void => undefined;
  child.stdout?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    wake();
  });
  const isOver = (wanted: RegExp): boolean => {
    const end = text.lastIndexOf("Waiting for a change");
    return end >= 0 && wanted.test(text.slice(0, end));
  };
  return {
    next: async (wanted) => {
      while (!isOver(wanted)) await new Promise<void>((resolve) => (wake = resolve));
      text = "";
    },
  };
}
