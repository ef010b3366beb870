import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type RunningEmulators, runningClock, startEmulators } from "@cosell/emulator";
import { cosell, writeConfiguration } from "./support/command.ts";
import { createReadyDeal } from "./support/deal.ts";

let folder: string;
let emulators: RunningEmulators;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "cosell-bad-"));
  const clock = runningClock();
  emulators = await startEmulators({ clock });
  clock.advance(-60_000);
  createReadyDeal(emulators.salesforce);
  clock.advance(60_000);
  writeConfiguration(folder, emulators);
});
afterEach(async () => {
  await emulators.close();
  rmSync(folder, { recursive: true, force: true });
});

/** `sync --json` gives one error and the exit code; then nothing was lost: the next sync goes through. */
async function refused(code: number): Promise<{ readonly kind: string; readonly message: string }> {
  const result = await cosell(folder, ["sync", "--json"]);
  expect(result.code).toBe(code);
  return (JSON.parse(result.stdout) as { readonly error: { readonly kind: string; readonly message: string } }).error;
}
async function goesThrough(): Promise<void> {
  const result = await cosell(folder, ["sync", "--json"]);
  expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 0, stderr: "" });
  expect(emulators.partnerCentral.opportunities()).toHaveLength(1);
}

describe("bad input to sync is answered with one clear error, and a later run continues", () => {
  it("no configuration", async () => {
    const text = readFileSync(join(folder, "cosell.yaml"), "utf8");
    rmSync(join(folder, "cosell.yaml"));
    expect(await refused(2)).toMatchObject({ kind: "config", message: expect.stringContaining("cosell.yaml") });
    writeFileSync(join(folder, "cosell.yaml"), text);
    await goesThrough();
  });

  it("credentials that Salesforce refuses", async () => {
    emulators.salesforce.configure({ accessTokens: [] });
    expect(await refused(1)).toMatchObject({ kind: "auth", message: expect.stringContaining("Salesforce") });
    expect(emulators.partnerCentral.opportunities()).toEqual([]);
    emulators.salesforce.configure({ accessTokens: ["emulator-access-token"] });
    await goesThrough();
  });

  it("a CRM field that is gone", async () => {
    emulators.salesforce.configure({ removedFields: ["Opportunity.AWS_Use_Case__c"] });
    expect((await refused(2)).message).toContain("AWS_Use_Case__c");
    emulators.salesforce.configure({ removedFields: [] });
    await goesThrough();
  });

  it("AWS down", async () => {
    emulators.faults.set([{ server: "partnerCentralSelling", kind: "reset-before-commit" }]);
    expect(await refused(1)).toMatchObject({ kind: "transient" });
    emulators.faults.clear();
    await goesThrough();
  });

  it("credentials that AWS refuses", async () => {
    emulators.partnerCentral.configure({ unlistedKeys: "refuse", accounts: {} });
    expect(await refused(1)).toMatchObject({ kind: "auth", message: expect.stringMatching(/AWS/) });
    emulators.partnerCentral.configure({ unlistedKeys: "default-account" });
    await goesThrough();
  });

  it("a state file that is none: nothing is changed, and starting afresh creates nothing twice", async () => {
    await goesThrough();
    const state = join(folder, ".cosell/state.db");
    for (const suffix of ["-wal", "-shm"]) rmSync(`${state}${suffix}`, { force: true });
    const rubbish = Buffer.alloc(5000, "rubbish ");
    writeFileSync(state, rubbish);
    expect(await refused(2)).toMatchObject({ kind: "config", message: expect.stringContaining("state.db") });
    expect(readFileSync(state).equals(rubbish)).toBe(true);
    rmSync(state);
    await goesThrough();
  });

  it("the state of another catalog: production is never touched with a Sandbox's links", async () => {
    await goesThrough();
    const file = join(folder, "cosell.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace("catalog: Sandbox", "catalog: AWS"));
    expect((await refused(2)).message).toMatch(/Sandbox[\s\S]*AWS|AWS[\s\S]*Sandbox/);
    expect(emulators.partnerCentral.opportunities({ catalog: "AWS" })).toEqual([]);
  });
});
