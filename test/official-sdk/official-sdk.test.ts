import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { startEmulators, type RunningEmulators } from "@cosell/emulator";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

const run = promisify(execFile);
const script = (name: string): string => join(import.meta.dirname, name);

let world: RunningEmulators;
beforeAll(async () => {
  world = await startEmulators();
});
afterAll(() => world.close());

describe("the emulator, by programs that know nothing of Cosell", () => {
  it("goes through six workflows with AWS's own clients", async () => {
    const urls = [world.partnerCentralSelling.url, world.partnerCentralAccount.url, world.admin.url];
    const { stdout } = await run(process.execPath, [script("run-workflows.mjs"), ...urls]);

    expect(stdout.split("\n").filter((line) => /^\S/.test(line))).toEqual([
      "co-sell",
      "engagement by task",
      "account set-up",
      "partner-to-partner connection",
      "list mirror",
      "engagement collaboration, lead, prospecting and lookup",
      "6 workflows done.",
    ]);
    expect(stdout).toMatch(/the reviewer approves: Approved, with [1-9]/);
    expect(world.partnerCentral.opportunities({ account: "111122223333" }).length).toBeGreaterThanOrEqual(6);
  });

  it("answers three operations by curl", async () => {
    const { stdout } = await run("sh", [script("three-operations.sh"), world.partnerCentralSelling.url]);

    expect(stdout).toMatch(/^created (O\d+)\nread \1: Pending Submission\nlisted \1\n$/);
  });
});
