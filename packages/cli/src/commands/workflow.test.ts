import { type RunningPartnerCentral, startPartnerCentral } from "@cosell/emulator";
import { workflows } from "@cosell/partner-central/workflows";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inFolder, runCosell } from "../testing/run-cosell.ts";
import { deal } from "../workflow/demo-input.ts";
import { demos } from "../workflow/demos.ts";
import { workflowCommands } from "../workflow/workflow-command.ts";

const environment = { AWS_ACCESS_KEY_ID: "AKIACOSELLPARTNERONE", AWS_SECRET_ACCESS_KEY: "emulator" };
const names = workflows.map(({ name }) => name);

describe("cosell workflow, without any network", () => {
  it("lists every workflow, and those of a group", async () => {
    const { code, stdout } = await runCosell(["workflow", "--json"]);
    const listed = (JSON.parse(stdout) as { workflows: { name: string }[] }).workflows;
    expect({ code, names: listed.map(({ name }) => name) }).toEqual({ code: 0, names: expect.arrayContaining(names) });
    const group = await runCosell(["workflow", "connect"]);
    expect(group.stdout).toMatch(/^connect invite +invite another partner/m);
    expect(group.stdout).not.toContain("co-sell ");
  });

  it("has a command with an example and a demo for each", () => {
    expect(Object.keys(workflowCommands).toSorted()).toEqual(names.toSorted());
    expect(Object.keys(demos).toSorted()).toEqual(names.toSorted());
    for (const { name, input } of workflows) {
      const { examples, flags } = workflowCommands[name] ?? { examples: [], flags: {} };
      expect(examples.every((line) => line.startsWith(`cosell workflow ${name}`))).toBe(true);
      expect(input.map((member) => member.name)).toEqual(expect.arrayContaining(Object.keys(flags)));
    }
  });

  it("tells input, steps and an example in its help", async () => {
    const { code, stdout } = await runCosell(["workflow", "co-sell", "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}opportunity +the deal/m);
    expect(stdout).toMatch(/^Steps: .*Submit to AWS/m);
    expect(stdout).toContain("$ cosell workflow co-sell --demo");
  });

  it("shows everything that is wrong with an input at once, and where", async () => {
    const input =
      "opportunity:\n  OpportunityType: New\n  Customer: { Contacts: [{ Email: Ann@Example.com }] }\nsolution: []\n";
    await inFolder({ "deal.yaml": input }, async (folder) => {
      const words = ["workflow", "co-sell", "--input", "deal.yaml", "--visibility", "Half", "--catalog", "Sandbox"];
      const { code, stdout, stderr } = await runCosell(words, { folder });
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^deal\.yaml:2:20 +error +INVALID_ENUM_VALUE +opportunity\.OpportunityType: /m);
      expect(stderr).toMatch(
        /^deal\.yaml:3:35 +error +INVALID_STRING_FORMAT +opportunity\.Customer\.Contacts\[0\]\.Email: /m,
      );
      expect(stderr).toMatch(/UNKNOWN_MEMBER.*\(did you mean solutions\?\)$/m);
      expect(stderr).toMatch(/^<command line>:1:1 +error +INVALID_ENUM_VALUE +visibility: /m);
      expect(stderr).not.toContain("Ann@Example.com");
      expect(await readdir(folder)).toEqual(["deal.yaml"]);
    });
  });

  it.each([
    ["a workflow that is misspelt", ["co-sel"], "Did you mean co-sell?"],
    ["one of a group that is misspelt", ["connect", "invit"], "Did you mean connect invite?"],
    ["no catalog", ["engagement", "--opportunity", "O1"], "--catalog Sandbox"],
    ["a memory that is not there", ["engagement", "--resume", "no.json"], "There is no no.json"],
    ["no input", ["engagement", "--catalog", "Sandbox"], "opportunity: Must be present."],
    ["an option that it has not", ["lookup", "products", "--resume", "x"], "unknown option"],
  ])("refuses %s with exit code 2", async (_, words, said) => {
    const { code, stdout, stderr } = await runCosell(["workflow", ...words]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(said);
  });

  it("does not send to AWS's Account API what is meant for another place", async () => {
    const words = ["workflow", "connect", "list", "--catalog", "Sandbox", "--endpoint", "http://127.0.0.1:9", "--json"];
    const { code, stdout } = await runCosell(words, { environment });
    expect({ code, answer: JSON.parse(stdout) as object }).toMatchObject({
      code: 2,
      answer: { error: { kind: "config", message: expect.stringContaining("--account-endpoint") } },
    });
  });
});

describe("cosell workflow <name> --demo", () => {
  it.each(names)("plays %s to its end on an emulator of its own", async (name) => {
    await inFolder({}, async (folder) => {
      const { code, stdout, stderr } = await runCosell(["workflow", ...name.split(" "), "--demo", "--json"], {
        folder,
      });
      const { acts } = JSON.parse(stdout) as { acts: { status: string; steps: object[] }[] };
      expect({ code, stderr, last: acts.at(-1) }).toMatchObject({ code: 0, stderr: "", last: { status: "done" } });
      expect(acts.every(({ steps }) => steps.length > 0)).toBe(true);
      expect(await readdir(folder)).toEqual([]);
    });
  });
});

describe("cosell workflow, against the emulator", () => {
  let emulator: RunningPartnerCentral;
  beforeEach(async () => {
    emulator = await startPartnerCentral({ accountSettings: { connectionsNeedProfile: false } });
  });
  afterEach(() => emulator.close());

  const files = {
    "deal.yaml": JSON.stringify({
      opportunity: { ...deal, LifeCycle: { Stage: "Qualified", TargetCloseDate: "2999-01-01" } },
    }),
  };
  const workflow = (folder: string, ...words: readonly string[]) =>
    runCosell(
      [
        "workflow",
        ...words,
        "--catalog",
        "Sandbox",
        "--endpoint",
        emulator.url,
        "--account-endpoint",
        emulator.partnerCentralAccount.url,
      ],
      { folder, environment },
    );

  it("remembers in a file of its own, goes on with it, and ends with 1 where a person is needed", async () => {
    await inFolder(files, async (folder) => {
      const begun = await workflow(folder, "co-sell", "--input", "deal.yaml", "--solution", "S-0001111", "--json");
      const first = JSON.parse(begun.stdout) as { memory: string; status: string; result: { opportunity: string } };
      expect({ code: begun.code, status: first.status }).toEqual({ code: 0, status: "waiting" });
      expect(first.memory).toMatch(/^\.cosell\/workflows\/co-sell-[0-9a-f]{8}\.json$/);
      expect(begun.stderr).toContain(`cosell workflow co-sell --resume ${first.memory}`);
      expect((await stat(join(folder, first.memory))).mode & 0o777).toBe(0o600);
      expect(await readdir(join(folder, ".cosell/workflows"))).toHaveLength(1);

      const { opportunity } = first.result;
      emulator.partnerCentral.review({ opportunity, status: "Action Required", comments: "Say more." });
      const asked = await workflow(folder, "co-sell", "--resume", first.memory);
      expect(asked.code).toBe(1);
      expect(asked.stdout).toContain("Say more.");

      emulator.partnerCentral.review({ opportunity, status: "Approved" });
      const approved = await workflow(folder, "co-sell", "--resume", first.memory);
      expect(approved.code).toBe(0);
      expect(approved.stdout).toMatch(/^done +AWS approved opportunity/m);
      expect(emulator.partnerCentral.opportunities()).toHaveLength(1);
    });
  });

  it("finishes what a lost answer left open, as the same call", async () => {
    await inFolder(files, async (folder) => {
      emulator.faults.add({ kind: "expired-token", operation: "StartEngagementFromOpportunityTask", times: 1 });
      emulator.faults.add({ kind: "reset-after-commit", operation: "CreateOpportunity", times: 1 });
      const words = ["co-sell", "--input", "deal.yaml", "--solution", "S-0001111", "--resume", "memory.json"];
      const stopped = await workflow(folder, ...words);
      expect(stopped.code).toBe(1);
      expect(stopped.stderr).toContain("What is done stays done. Go on: cosell workflow co-sell --resume memory.json");

      const { code } = await workflow(folder, ...words);
      expect(code).toBe(0);
      expect(emulator.partnerCentral.opportunities()).toHaveLength(1);
      const { version, catalog } = JSON.parse(await readFile(join(folder, "memory.json"), "utf8")) as Record<
        string,
        unknown
      >;
      expect({ version, catalog }).toEqual({ version: 1, catalog: "Sandbox" });
    });
  });

  it("refuses a memory that is none, and one of another catalog", async () => {
    await inFolder({ "memory.json": `{ "version": 1 }` }, async (folder) => {
      const broken = await workflow(folder, "engagement", "--resume", "memory.json");
      expect({ code: broken.code, said: broken.stderr }).toMatchObject({
        code: 2,
        said: expect.stringContaining("no memory of a workflow"),
      });
      const record = { version: 1, workflow: "engagement", catalog: "AWS", input: { opportunity: "O1" }, steps: {} };
      await writeFile(join(folder, "memory.json"), JSON.stringify(record));
      const other = await workflow(folder, "engagement", "--resume", "memory.json");
      expect({ code: other.code, said: other.stderr }).toMatchObject({
        code: 2,
        said: expect.stringContaining("Make them agree"),
      });
      expect(emulator.requests.since()).toEqual([]);
    });
  });

  it("takes words, flags that are given several times, and the Account API's place from AWS's variable", async () => {
    await inFolder({}, async (folder) => {
      const found = await runCosell([
        "workflow",
        "lookup",
        "products",
        "app",
        "runner",
        "--json",
        "--catalog",
        "Sandbox",
      ]);
      expect(JSON.parse(found.stdout)).toMatchObject({ result: { found: [{ id: "AWSAppRunner" }] } });

      const variables = {
        ...environment,
        AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: emulator.url,
        AWS_ENDPOINT_URL_PARTNERCENTRAL_ACCOUNT: emulator.partnerCentralAccount.url,
      };
      const words = ["workflow", "connect", "preferences", "--access", "ALLOW_BY_DEFAULT_DENY_SOME"];
      const set = await runCosell(
        [...words, "--exclude", "444455556666", "--exclude", "555566667777", "--json", "--catalog", "Sandbox"],
        {
          folder,
          environment: variables,
        },
      );
      expect({ code: set.code, answer: JSON.parse(set.stdout) as object }).toMatchObject({
        code: 0,
        answer: { result: { excluded: ["444455556666", "555566667777"] } },
      });
    });
  });
});
