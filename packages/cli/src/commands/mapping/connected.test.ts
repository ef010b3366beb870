import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { SchemaSnapshot } from "@cosell/connector";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { shippedMapping } from "../../session/shipped-mapping.ts";
import { finished, runCosell, startCosell } from "../../testing/run-cosell.ts";

const shippedFolder = dirname(shippedMapping("salesforce.opportunity.yaml"));
const environment = {
  AWS_ACCESS_KEY_ID: "AKIACOSELLPARTNERONE",
  AWS_SECRET_ACCESS_KEY: "emulator",
  COSELL_SALESFORCE_TOKEN: "emulator-access-token",
};

const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  one.name < other.name ? -1 : 1;

describe("the mapping commands that read the CRM", () => {
  let emulator: ChildProcess;
  let folder: string;
  const run = (...words: readonly string[]) => runCosell(["mapping", ...words], { folder, environment });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "cosell-mapping-"));
    emulator = startCosell(["emulator", "--deals", "8", "--json"]);
    let line = "";
    while (!line.includes("\n")) line += String((await once(emulator.stdout ?? emulator, "data"))[0]);
    const urls = JSON.parse(line) as { partnerCentralSelling: string; salesforce: string };
    const connection = `{ connector: salesforce, instanceUrl: "${urls.salesforce}", accessToken: !env COSELL_SALESFORCE_TOKEN }`;
    await cp(join(shippedFolder, "salesforce.opportunity.yaml"), join(folder, "deals.yaml"));
    await cp(join(shippedFolder, "tables"), join(folder, "tables"), { recursive: true });
    const quotas = "{ read: { perSecond: 500 }, write: { perSecond: 500 } }";
    await writeFile(
      join(folder, "cosell.yaml"),
      [
        "version: 1",
        `partnerCentral: { catalog: Sandbox, endpoint: "${urls.partnerCentralSelling}", quotas: ${quotas} }`,
        `connections:\n  crm: ${connection}\n  spare: ${connection}`,
        "syncs: { opportunities: { connection: crm, mapping: deals.yaml } }",
      ].join("\n"),
    );
  });

  afterAll(async () => {
    const ended = finished(emulator);
    emulator.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  });

  it("snapshot saves what the mapping reaches, beside it, the same every time", async () => {
    const file = join(folder, "snapshots/salesforce.Opportunity.json");
    const first = await run("snapshot", "deals.yaml", "--connection", "crm");
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining("snapshots/salesforce.Opportunity.json") });
    const text = await readFile(file, "utf8");
    expect(text).toMatch(/^\{\n "connector": "salesforce",\n[^]*\n\}\n$/);
    const second = await run("snapshot", "deals.yaml", "--connection", "crm", "--output", "again.json", "--json");
    expect(JSON.parse(second.stdout)).toMatchObject({ file: "again.json", objects: expect.any(Number) });
    expect(await readFile(join(folder, "again.json"), "utf8")).toBe(text);
    const [saved, shipped] = [
      text,
      await readFile(join(shippedFolder, "snapshots/salesforce.Opportunity.json"), "utf8"),
    ].map((json) => JSON.parse(json) as SchemaSnapshot);
    expect(Object.keys(saved?.objects ?? {})).toHaveLength(6);
    for (const [name, object] of Object.entries(saved?.objects ?? {})) {
      expect(object.fields).toEqual(shipped?.objects[name]?.fields.toSorted(byName));
    }
    expect((await run("check", "deals.yaml")).stdout).toContain("the CRM's saved schema");
  });

  it("asks which connection is meant, and names those that there are", async () => {
    expect(await run("snapshot", "deals.yaml")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("crm, spare"),
    });
    expect(await run("snapshot", "deals.yaml", "--connection", "nowhere")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('No connection "nowhere" to salesforce; there is crm, spare.'),
    });
  });

  it("init asks a connection for the schema", async () => {
    const words = ["--connector", "salesforce", "--object", "Opportunity", "--connection", "crm"];
    const { code, stdout } = await run("init", ...words);
    expect(code).toBe(0);
    expect(stdout).toContain("Customer.Account.CompanyName: { from: Account.Name");
    expect(stdout).toContain("Email: { from: Contact.Email, steps: [lower] }");
  });

  it("explain takes a record as the example, diff the deals that are linked", async () => {
    await runCosell(["sync"], { folder, environment });
    const status = JSON.parse((await runCosell(["status", "--json"], { folder, environment })).stdout) as {
      links: { linked: number };
    };
    expect(status.links.linked).toBeGreaterThan(2);
    const text = await readFile(join(folder, "deals.yaml"), "utf8");
    await writeFile(join(folder, "new.yaml"), text.replace('"{Account.Name} - {Name}"', '"{Name}"'));
    const all = await run("diff", "deals.yaml", "new.yaml", "--json");
    expect(all.code).toBe(0);
    const { deals, summary } = JSON.parse(all.stdout) as {
      deals: {
        deal: string;
        reviewStatus: string;
        changes: { path: string; before: string; after: string; effect: string }[];
      }[];
      summary: { deals: number; changed: number; cost: { writes: number } };
    };
    expect(summary).toMatchObject({ deals: status.links.linked, changed: status.links.linked });
    expect(new Set(deals.flatMap(({ changes }) => changes.map(({ path }) => path)))).toEqual(
      new Set(["Project.Title"]),
    );
    for (const { reviewStatus, changes } of deals) {
      const locked = ["Submitted", "In review", "Approved"].includes(reviewStatus);
      expect(changes[0]?.effect).toBe(locked ? "locked" : "sent");
      expect(changes[0]?.before.endsWith(` - ${changes[0].after}`)).toBe(true);
    }
    expect(summary.cost.writes).toBe(deals.filter(({ changes }) => changes[0]?.effect === "sent").length);
    const two = JSON.parse((await run("diff", "deals.yaml", "new.yaml", "--records", "2", "--json")).stdout) as {
      summary: { deals: number };
    };
    expect(two.summary.deals).toBe(2);

    const record = deals[0]?.deal ?? "";
    const words = ["explain", "deals.yaml", "PartnerOpportunityIdentifier", "--record", record, "--connection", "crm"];
    const { code, stdout } = await run(...words, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      example: { sample: `the CRM record ${record}`, sent: [{ path: "PartnerOpportunityIdentifier", value: record }] },
    });
  });

  it("names a record that the CRM does not have", async () => {
    const words = ["explain", "deals.yaml", "LifeCycle.Stage", "--record", "0065g000000zzzzAAA", "--connection", "crm"];
    const { code, stdout } = await run(...words, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { kind: expect.stringMatching(/missing|invalid/) } });
  });
});
