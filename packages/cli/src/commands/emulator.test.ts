import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shippedMapping } from "../session/shipped-mapping.ts";
import { finished, runCosell, startCosell } from "../testing/run-cosell.ts";

interface Urls {
  readonly partnerCentralSelling: string;
  readonly salesforce: string;
  readonly admin: string;
}

const environment = {
  AWS_ACCESS_KEY_ID: "AKIACOSELLPARTNERONE",
  AWS_SECRET_ACCESS_KEY: "emulator",
  COSELL_SALESFORCE_TOKEN: "emulator-access-token",
};

async function firstLine(child: ChildProcess): Promise<string> {
  let text = "";
  while (!text.includes("\n")) text += String((await once(child.stdout ?? child, "data"))[0]);
  return text;
}

const configurationFor = ({ partnerCentralSelling, salesforce }: Urls): string =>
  [
    "version: 1",
    `partnerCentral: { catalog: Sandbox, endpoint: "${partnerCentralSelling}" }`,
    "connections:",
    `  crm: { connector: salesforce, instanceUrl: "${salesforce}", accessToken: !env COSELL_SALESFORCE_TOKEN }`,
    "syncs:",
    `  opportunities: { connection: crm, mapping: ${shippedMapping("salesforce.opportunity.yaml")} }`,
  ].join("\n");

describe("cosell emulator", () => {
  it("prints what to paste for any AWS client, then every call as it comes", async () => {
    const child = startCosell(["emulator", "--deals", "0"]);
    let text = "";
    child.stdout?.on("data", (chunk) => (text += String(chunk)));
    const printed = async (wanted: string) => {
      while (!text.includes(wanted)) await once(child.stdout ?? child, "data");
    };
    await printed("Ctrl-C stops");
    const variables = new Map(
      [...text.matchAll(/^export (.*)$/gm)]
        .flatMap(([, words = ""]) => words.split(" "))
        .map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] as const),
    );
    expect(Object.fromEntries(variables)).toEqual({
      AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: expect.stringMatching(/^http:/),
      AWS_ENDPOINT_URL_PARTNERCENTRAL_ACCOUNT: expect.stringMatching(/^http:/),
      AWS_ENDPOINT_URL_SQS: expect.stringMatching(/^http:/),
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "AKIACOSELLPARTNERONE",
      AWS_SECRET_ACCESS_KEY: "emulator",
      COSELL_SALESFORCE_TOKEN: "emulator-access-token",
    });
    expect(text).toContain("AKIACOSELLPARTNERTWO");

    const list = ["api", "ListPartners", "--paginate", "--catalog", "Sandbox"];
    expect(await runCosell(list, { environment: Object.fromEntries(variables) })).toMatchObject({ code: 0 });
    await printed("ListPartners");
    expect(text).toMatch(/partnerCentralAccount +200 +ListPartners +111122223333/);

    const ended = finished(child);
    child.kill("SIGINT");
    expect((await ended).code).toBe(0);
  });
});

describe("the commands, against the emulators that `cosell emulator` runs", () => {
  let emulator: ChildProcess;
  let folder: string;
  let urls: Urls;
  const run = (words: readonly string[], extra = {}) =>
    runCosell(words, { folder, environment: { ...environment, ...extra } });
  const requests = async () =>
    ((await (await fetch(`${urls.admin}/requests`)).json()) as { requests: { operation: string }[] }).requests;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "cosell-emulator-"));
    emulator = startCosell(["emulator", "--deals", "12", "--json"]);
    urls = JSON.parse(await firstLine(emulator)) as Urls;
    await writeFile(join(folder, "cosell.yaml"), configurationFor(urls));
  });

  afterAll(async () => {
    const ended = finished(emulator);
    emulator.kill("SIGTERM");
    const { code, stdout } = await ended;
    await rm(folder, { recursive: true, force: true });
    // Nothing but the one line was printed, and being stopped is a good end.
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  });

  it("check finds both sides well", async () => {
    const { code, stdout } = await run(["check", "--json"]);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as {
      findings: { severity: string }[];
      connections: { check: { ok: boolean } }[];
    };
    expect(report.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(report.connections.map(({ check }) => check.ok)).toEqual([true, true]);
  });

  it("check warns of a clock that is not the CRM's, and finds both sides well", async () => {
    const setTime = (ahead: number): Promise<Response> =>
      fetch(`${urls.admin}/time`, { method: "POST", body: JSON.stringify({ set: new Date(Date.now() + ahead) }) });
    await setTime(-3_600_000);
    try {
      const { code, stdout } = await run(["check"]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^warning crm: this machine's clock is 60 minutes ahead of Salesforce: set it right/m);
    } finally {
      await setTime(0);
    }
  });

  it("check answers with 1 when a connection refuses, and never shows the secret", async () => {
    const { code, stdout, stderr } = await run(["check", "--log-level", "debug"], {
      COSELL_SALESFORCE_TOKEN: "a-secret-that-is-wrong",
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/failed +crm: auth:/);
    expect(stdout + stderr).not.toContain("a-secret-that-is-wrong");
  });

  it("plan tells what it would cost and writes nowhere", async () => {
    const { code, stdout } = await run(["plan", "--json"]);
    expect(code).toBe(0);
    const plan = JSON.parse(stdout) as {
      deals: { steps: { kind: string; changes: { path: string; after: unknown }[] }[] }[];
      summary: { deals: number; steps: { create: number }; cost: { writes: number }; quotaSeconds: number };
    };
    expect(plan.deals).toHaveLength(12);
    expect(plan.summary.steps.create).toBeGreaterThan(5);
    expect(plan.summary.quotaSeconds).toBe(plan.summary.cost.writes);
    const operations = (await requests()).map(({ operation }) => operation);
    expect(operations.filter((operation) => /^(Create|Update|Associate|Start|update|create)/.test(operation))).toEqual(
      [],
    );
    const company = plan.deals
      .flatMap(({ steps }) => steps.flatMap(({ changes }) => changes))
      .find(({ path }) => path === "Customer.Account.CompanyName");
    expect(company?.after).toEqual(expect.any(String));
    expect(company?.after).not.toBe("‹hidden›");
  });

  it("preview shows values and what is missing", async () => {
    const { deals } = JSON.parse((await run(["plan", "--json"])).stdout) as {
      deals: { crmRef: string; steps: { kind: string }[] }[];
    };
    const ref = deals.find(({ steps }) => steps.some(({ kind }) => kind === "create"))?.crmRef ?? "";
    const { code, stdout } = await run(["preview", ref, "--json"]);
    expect(code).toBe(0);
    const preview = JSON.parse(stdout) as { matches: boolean; fields: { path: string; value: unknown }[] };
    expect(preview.matches).toBe(true);
    expect(preview.fields.find(({ path }) => path === "PartnerOpportunityIdentifier")?.value).toBe(ref);
  });

  it("names what the CRM or AWS cannot find, with exit code 1", async () => {
    const unknown = await run(["preview", "0065g000000zzzzAAA", "--json"]);
    expect(unknown.code).toBe(1);
    expect(JSON.parse(unknown.stdout)).toMatchObject({ error: { kind: expect.stringMatching(/missing|invalid/) } });
    const { code, stderr } = await run(["history", "O999"]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("missing") });
  });

  it("sync stops at Ctrl-C with exit code 130, and what it did is recorded", async () => {
    const child = startCosell(["sync"], { folder, environment });
    const ended = finished(child);
    for (;;) {
      if ((await requests()).some(({ operation }) => operation === "CreateOpportunity")) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    child.kill("SIGINT");
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toContain("aborted");
    const created = (await requests()).filter(({ operation }) => operation === "CreateOpportunity").length;
    const { links } = JSON.parse((await run(["status", "--json"])).stdout) as { links: { linked: number } };
    expect(links.linked).toBe(created);
  });

  it("refuses a port that is taken", async () => {
    const { code, stderr } = await run(["emulator", "--port", new URL(urls.salesforce).port]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("is taken") });
  });
});
