import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { type RunningEmulators, runningClock, startEmulators } from "@cosell/emulator";
import { cosell } from "./support/command.ts";
import { createReadyDeal } from "./support/deal.ts";

// Each step is a process of its own.
jest.setTimeout(120_000);

const mapping = join(import.meta.dirname, "../../mappings/salesforce.opportunity.yaml");
const accounts = { first: "111122223333", second: "444455556666" };
const keys = { first: "AKIACOSELLPARTNERONE", second: "AKIACOSELLPARTNERTWO" };

let folder: string;
/** One Partner Central with two partner accounts, and two CRM orgs whose records even have the same ids. */
let one: RunningEmulators;
let other: RunningEmulators;
type Late = ReturnType<typeof runningClock>;
/** Their clocks: late, so that they can be put forward without a wait. */
let clocks: readonly [Late, Late];
const late = (): Late => {
  const clock = runningClock();
  clock.advance(-10 * 60_000);
  return clock;
};
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "cosell-several-"));
  clocks = [late(), late()];
  one = await startEmulators({ clock: clocks[0] });
  other = await startEmulators({ clock: clocks[1] });
  configure(keys);
});
afterEach(async () => {
  await one.close();
  await other.close();
  rmSync(folder, { recursive: true, force: true });
});

function configure(used: typeof keys): void {
  const account = (key: string): string =>
    `{ catalog: Sandbox, endpoint: "${one.partnerCentralSelling.url}", accessKeyId: ${key}, secretAccessKey: emulated, quotas: { read: { perSecond: 500 }, write: { perSecond: 500 } } }`;
  const org = (url: string): string =>
    `{ connector: salesforce, instanceUrl: "${url}", accessToken: !env COSELL_SF_TOKEN }`;
  writeFileSync(
    join(folder, "cosell.yaml"),
    [
      "version: 1",
      "partnerCentrals:",
      `  first: ${account(used.first)}`,
      `  second: ${account(used.second)}`,
      "connections:",
      `  americas: ${org(one.salesforce.url)}`,
      `  europe: ${org(other.salesforce.url)}`,
      "syncs:",
      `  west: { connection: americas, partnerCentral: first, mapping: ${mapping} }`,
      `  east: { connection: europe, partnerCentral: second, mapping: ${mapping} }`,
    ].join("\n"),
  );
}

interface Shown {
  readonly syncs: readonly (Readonly<Record<string, unknown>> & { readonly sync: string })[];
}

async function json(...words: readonly string[]): Promise<{ readonly code: number | null; readonly document: Shown }> {
  // A change feed leaves out what is younger than two seconds.
  for (const clock of clocks) clock.advance(3000);
  const { code, stdout, stderr } = await cosell(folder, [...words, "--json"]);
  expect(stderr).toBe("");
  return { code, document: JSON.parse(stdout) as Shown };
}

/** The ids of an account's opportunities, by the ARN that AWS gave them, with the record that each carries. */
function opportunitiesOf(account: string): readonly unknown[] {
  const spaces = Object.values(one.partnerCentral.state().spaces).filter((space) => space.account === account);
  return spaces.flatMap((space) =>
    Object.values(space.opportunities).map(({ body }) => (body["Project"] as { readonly Title: string }).Title),
  );
}

describe("two syncs of two CRM orgs against two partner accounts", () => {
  it("run together, and neither sees anything of the other", async () => {
    const west = createReadyDeal(one.salesforce, { Name: "West" });
    const east = createReadyDeal(other.salesforce, { Name: "East" });
    expect(east).toBe(west);
    const planned = await json("plan");
    expect(planned.document.syncs).toEqual([
      expect.objectContaining({ sync: "west", deals: [expect.objectContaining({ title: "Globex - West" })] }),
      expect.objectContaining({ sync: "east", deals: [expect.objectContaining({ title: "Globex - East" })] }),
    ]);

    const { code, document } = await json("sync");
    expect(code).toBe(0);
    expect(document.syncs).toEqual([
      expect.objectContaining({ sync: "west", created: 1, failed: 0 }),
      expect.objectContaining({ sync: "east", created: 1, failed: 0 }),
    ]);
    expect(opportunitiesOf(accounts.first)).toEqual(["Globex - West"]);
    expect(opportunitiesOf(accounts.second)).toEqual(["Globex - East"]);

    other.salesforce.edit("Opportunity", east, { StageName: "Proposal/Price Quote", AWS_Monthly_Spend__c: 1 });
    const again = await json("sync", "--sync", "east");
    expect(again.document).toMatchObject({ sync: "east", records: 1 });
    expect((await json("status")).document.syncs.map(({ sync }) => sync)).toEqual(["west", "east"]);
    expect((await json("drift", "--sync", "west")).document).toMatchObject({ summary: { compared: 1, differing: 0 } });
    const ambiguous = await cosell(folder, ["history", west]);
    expect({ code: ambiguous.code, said: ambiguous.stderr.includes('"west", "east"') }).toEqual({
      code: 2,
      said: true,
    });
  });

  it("one that cannot work does not keep the other from it", async () => {
    createReadyDeal(one.salesforce, { Name: "West" });
    createReadyDeal(other.salesforce, { Name: "East" });
    one.salesforce.configure({ accessTokens: [] });
    const { code, document } = await json("sync");
    expect(code).toBe(1);
    expect(document.syncs).toEqual([
      expect.objectContaining({ sync: "west", error: expect.objectContaining({ kind: "auth" }) }),
      expect.objectContaining({ sync: "east", created: 1 }),
    ]);
  });

  it("refuses a configuration in which the accounts were swapped, before anything is written", async () => {
    createReadyDeal(one.salesforce, { Name: "West" });
    createReadyDeal(other.salesforce, { Name: "East" });
    await json("sync");
    // The account of a sync is learnt from its opportunities: the first run after they exist binds it.
    await json("sync");
    configure({ first: keys.second, second: keys.first });
    const { code, document } = await json("sync");
    expect(code).toBe(2);
    for (const { error } of document.syncs) {
      expect(error).toMatchObject({ kind: "config", message: expect.stringContaining("partner account of sync") });
    }
    expect(opportunitiesOf(accounts.first)).toEqual(["Globex - West"]);
    expect(opportunitiesOf(accounts.second)).toEqual(["Globex - East"]);
  });
});
