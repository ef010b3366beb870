import { describe, expect, it } from "@jest/globals";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { installConnector } from "../../testing/connector-package.ts";
import { inFolder, runCosell } from "../../testing/run-cosell.ts";

const mapping = (step = "{ tiny.shorten: { value: 4, sign: … } }"): string => `version: 1
id: tiny.deal
crm: { connector: tiny, object: Deal }
link: { opportunityId: AWS_Id }
outbound:
  Project.Title: { from: Name, steps: [${step}] }
`;
const cases = `version: 1
cases:
  - name: a long name
    source: { Name: Data lake }
    expect: { payload: { Project: { Title: Data… } } }
`;
/** A secret that is not at hand, as on the machine of somebody who only writes mappings. */
const configuration = (connector: string): string => `version: 1
partnerCentral: { catalog: Sandbox, accessKeyId: !env COSELL_KEY, secretAccessKey: !env COSELL_SECRET }
connections: { crm: { connector: "${connector}", folder: !env COSELL_FOLDER, objects: { Deal: { file: deals.csv, key: Id } } } }
syncs: { deals: { connection: crm, mapping: mappings/deals.yaml } }
`;
const acme = "@acme/crm";

/** A folder as a user has it: mappings in a folder of their own, packages beside the configuration. */
function atAcme<Result>(packages: readonly string[], work: (folder: string) => Promise<Result>): Promise<Result> {
  return inFolder({}, async (folder) => {
    await mkdir(join(folder, "mappings"));
    await writeFile(join(folder, "mappings/deals.yaml"), mapping());
    await writeFile(join(folder, "mappings/new.yaml"), mapping("{ tiny.shorten: 3 }"));
    await writeFile(join(folder, "mappings/deals.cases.yaml"), cases);
    for (const name of packages) await installConnector(folder, name);
    return work(folder);
  });
}

/** Every command about a mapping, and what it says when it knows the connector's function. */
const commands: readonly (readonly [words: readonly string[], says: string])[] = [
  [["check", "mappings/deals.yaml"], "0 errors"],
  [["coverage", "mappings/deals.yaml"], "Project.Title"],
  [["explain", "mappings/deals.yaml", "Project.Title"], "Data…"],
  [["test"], "1 case: 1 holds, 0 differ."],
  [["test", "mappings/deals.yaml"], "1 case: 1 holds, 0 differ."],
];
const diffed = ["diff", "mappings/deals.yaml", "mappings/new.yaml"];

describe("a mapping for a connector that is a package of its own", () => {
  const run = (folder: string, ...words: readonly string[]) => runCosell(["mapping", ...words], { folder });

  it("is taken by every command where the configuration names the package, without its secrets", async () => {
    await atAcme([acme], async (folder) => {
      await writeFile(join(folder, "cosell.yaml"), configuration(acme));
      for (const [words, says] of commands)
        expect(await run(folder, ...words)).toMatchObject({ code: 0, stdout: expect.stringContaining(says) });
      const config = ["--config", join(folder, "cosell.yaml")];
      const checked = await run(join(folder, "mappings"), "check", "deals.yaml", ...config);
      expect(checked).toMatchObject({ code: 0, stdout: expect.stringContaining("0 errors") });
    });
  }, 120_000);

  it("is judged with the connector of its own sync, where several call themselves alike", async () => {
    await atAcme([acme], async (folder) => {
      await installConnector(folder, "@acme/old", false);
      await installConnector(folder, "@acme/broken");
      await writeFile(join(folder, "node_modules/@acme/broken/index.js"), "throw new Error();\n");
      const others = 'connections: { one: { connector: "@acme/broken" }, old: { connector: "@acme/old" }, crm: {';
      await writeFile(join(folder, "cosell.yaml"), configuration(acme).replace("connections: { crm: {", others));
      expect(await run(folder, "check", "mappings/deals.yaml")).toMatchObject({ code: 0 });
      expect(await run(folder, "check", "mappings/new.yaml")).toMatchObject({ code: 2 });
    });
  }, 120_000);

  it("is taken without a configuration by the package's usual name, or by the one that is given", async () => {
    for (const name of ["cosell-connector-tiny", "@cosell/connector-tiny"])
      await atAcme([name], async (folder) => {
        expect(await run(folder, "check", "mappings/deals.yaml")).toMatchObject({ code: 0 });
        expect((await run(folder, ...diffed)).stdout).toContain("Dat");
      });
    await atAcme([acme], async (folder) => {
      for (const [words, says] of [...commands, [diffed, "Dat"] as const])
        expect(await run(folder, ...words, "--connector", acme)).toMatchObject({
          code: 0,
          stdout: expect.stringContaining(says),
        });
      expect(await run(folder, "check", "mappings/deals.yaml", "--connector", "@acme/absent")).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("npm install @acme/absent"),
      });
    });
  }, 120_000);

  it("is one finding where the package cannot be found, which says where it was looked for and what to do", async () => {
    await atAcme([], async (folder) => {
      const findingsOf = async () => {
        const { code, stdout } = await run(folder, "check", "mappings/deals.yaml", "--json");
        const { findings } = JSON.parse(stdout) as {
          findings: { line: number; column: number; code: string; severity: string; message: string }[];
        };
        return { code, findings: findings.filter((finding) => finding.code !== "unmapped-target") };
      };
      const message = (...parts: readonly string[]) => expect.stringMatching(new RegExp(parts.join(".*")));
      const finding = { line: 3, column: 19, code: "unknown-connector", severity: "error" };
      expect(await findingsOf()).toMatchObject({
        code: 2,
        findings: [{ ...finding, message: message("cosell-connector-tiny", "--connector", "6:42") }],
      });
      const tested = await run(folder, "test");
      expect(tested).toMatchObject({ code: 2, stderr: expect.stringMatching(/deals\.yaml:3:19 +error +unknown-conn/) });
      expect(tested.stderr).not.toContain("unknown-step");

      await writeFile(join(folder, "cosell.yaml"), configuration(acme));
      expect(await findingsOf()).toMatchObject({
        code: 2,
        findings: [{ ...finding, message: message("cosell.yaml", "npm install @acme/crm") }],
      });
      await installConnector(folder, acme);
      await writeFile(join(folder, "node_modules", acme, "index.js"), 'throw new Error("no licence found");\n');
      expect(await findingsOf()).toMatchObject({
        code: 2,
        findings: [{ ...finding, message: message("@acme/crm", "no licence found", "6:42") }],
      });
      await rm(join(folder, "node_modules"), { recursive: true });
      // Nothing of the connector's own is used: it may well be right.
      await writeFile(join(folder, "mappings/deals.yaml"), mapping("lower"));
      expect(await findingsOf()).toMatchObject({ code: 0, findings: [{ ...finding, severity: "warning" }] });
    });
  }, 120_000);

  it("has the arguments of the connector's functions checked where they stand", async () => {
    await atAcme(["cosell-connector-tiny"], async (folder) => {
      const found = async (step: string) => {
        await writeFile(join(folder, "mappings/deals.yaml"), mapping(step));
        const { stdout } = await run(folder, "check", "mappings/deals.yaml");
        return stdout.split("\n").filter((line) => line.includes(" error "));
      };
      expect(await found("{ tiny.shorten: many }")).toEqual([
        expect.stringMatching(
          /deals\.yaml:6:42 +error +bad-argument +tiny\.shorten keeps a number of letters, such as 80\./,
        ),
      ]);
      expect(await found("{ tiny.shorten: { value: 4, sgin: x } }")).toEqual([
        expect.stringMatching(/deals\.yaml:6:68 +error +unknown-argument .*did you mean sign\?/),
      ]);
      expect(await found("tiny.shorten")).toEqual([expect.stringMatching(/deals\.yaml:6:40 +error +missing-argument/)]);
      expect(await found("tiny.shortn")).toEqual([
        expect.stringMatching(/deals\.yaml:6:40 +error +unknown-step .*did you mean tiny\.shorten\?/),
      ]);
    });
  }, 120_000);

  it("is used by a sync with its invitations as well", async () => {
    await atAcme([acme], async (folder) => {
      const fields = "{ Name: {}, AWS_Id: { unique: true }, AWS_Invitation: { unique: true } }";
      const connection = `{ connector: "${acme}", folder: ., objects: { Deal: { file: deals.csv, key: Id, fields: ${fields} } } }`;
      const invitation = [
        ...[
          "version: 1",
          "kind: invitation",
          "id: tiny.invitation",
          "crm: { connector: tiny, object: Deal }",
          "inbound:",
        ],
        "  AWS_Invitation: { from: Invitation.Id, required: true }",
        "  Name: { from: Invitation.SenderCompanyName, steps: [{ tiny.shorten: 4 }] }",
      ];
      const text = [
        "version: 1",
        'partnerCentral: { catalog: Sandbox, endpoint: "http://127.0.0.1:1", accessKeyId: x, secretAccessKey: y }',
        `connections: { crm: ${connection} }`,
        "syncs: { deals: { connection: crm, mapping: mappings/deals.yaml, invitations: { mappings: [{ mapping: invitation.yaml, create: received }] } } }",
      ];
      await writeFile(join(folder, "deals.csv"), "Id,Name,AWS_Id,AWS_Invitation\n1,Data lake,,\n");
      await writeFile(join(folder, "invitation.yaml"), invitation.join("\n"));
      await writeFile(join(folder, "cosell.yaml"), text.join("\n"));
      const { stdout } = await runCosell(["check"], { folder });
      expect(stdout).toContain("0 errors, 0 warnings");
      await writeFile(
        join(folder, "cosell.yaml"),
        text.join("\n").replace("AWS_Invitation: { unique: true }", "AWS_Invitation: {}"),
      );
      expect((await runCosell(["check"], { folder })).stdout).toMatch(
        /invitation\.yaml:6:3 +error +id-field-not-unique/,
      );
      // Nobody answers there; the sync comes as far as asking.
      const synced = await runCosell(["sync"], { folder });
      expect(`${synced.stdout}${synced.stderr}`).not.toContain("tiny.shorten");
      expect(`${synced.stdout}${synced.stderr}`).toMatch(/transient/);
    });
  }, 120_000);

  it("says so when the package's connector is another one", async () => {
    await atAcme([acme], async (folder) => {
      await writeFile(join(folder, "mappings/deals.yaml"), mapping().replace("connector: tiny", "connector: huge"));
      const { code, stdout } = await run(folder, "check", "mappings/deals.yaml", "--connector", acme);
      expect({ code, stdout }).toEqual({
        code: 2,
        stdout: expect.stringContaining(`The connector of ${acme} is called "tiny", and this is for "huge".`),
      });
    });
  }, 120_000);
});
