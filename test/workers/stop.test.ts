import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { silentLogger, systemClock } from "@cosell/connector";
import { openState, type StateStore } from "@cosell/state";
import { type BreakableLink, breakableLink } from "@cosell/state/testing";
import { type Place, placeToRun } from "../bench/workers/ground.ts";
import { type Company, startCompany, until } from "./support/company.ts";
import { createInstallation, type Installation } from "./support/installation.ts";
import { type Program, startProgram } from "./support/program.ts";

const sync = "opportunities";

let company: Company;
let place: Place;
let link: BreakableLink;
let installation: Installation;
let store: StateStore;
const programs: Program[] = [];

beforeEach(async () => {
  company = await startCompany(3);
  place = await placeToRun();
  const stateUrl = new URL(place.stateUrl);
  link = await breakableLink({ host: stateUrl.hostname, port: Number(stateUrl.port) });
  stateUrl.port = String(link.port);
  installation = createInstallation({
    ...{ ...company.reached, stateUrl: stateUrl.href, queue: place.queue },
    worker: { concurrency: 4, pollSeconds: 1, stopSeconds: 1 },
  });
  store = await openState({ url: place.stateUrl, clock: systemClock, logger: silentLogger });
});

afterEach(async () => {
  for (const program of programs.splice(0)) {
    program.process.kill("SIGKILL");
    await program.ended;
  }
  await store.close();
  await link.close();
  installation.remove();
  await place.clear();
  await company.emulators.close();
});

function start(...args: readonly string[]): Program {
  const program = startProgram(installation.folder, args);
  programs.push(program);
  return program;
}

/** In the middle of its work: AWS lets it wait. */
async function startAndHold(...args: readonly string[]): Promise<Program> {
  const operation = "CreateOpportunity";
  company.emulators.faults.add({ server: "partnerCentralSelling", operation, kind: "latency", latencyMs: 600_000 });
  const program = start(...args);
  await until(async () => (await store.claimOwners(sync)).length > 0);
  return program;
}

describe("SIGTERM", () => {
  it.each([
    ["sync", 143],
    ["worker", 0],
  ])(
    "ends cosell %s, which waits for AWS, and what it had in hand is free",
    async (command, code) => {
      const program = await startAndHold(command);
      program.process.kill("SIGTERM");
      expect(await program.ended).toBe(code);
      expect(await store.claimOwners(sync)).toEqual([]);
      expect(program.stderr()).not.toContain("did not stop");
    },
    60_000,
  );

  it.each(["sync", "worker"])(
    "ends cosell %s after a limit when its work never settles, and says so",
    async (command) => {
      const program = await startAndHold(command);
      // What it had in hand cannot be given back, and no answer says so.
      link.freeze("both");
      program.process.kill("SIGTERM");
      expect(await program.ended).toBe(143);
      expect(program.stderr()).toContain("after SIGTERM: ended here");
    },
    60_000,
  );

  it.each(["sync", "worker"])(
    "ends cosell %s at once when it comes a second time",
    async (command) => {
      const program = await startAndHold(command);
      link.freeze("both");
      program.process.kill("SIGTERM");
      // Two that come together are one.
      await systemClock.sleep(500);
      expect(program.process.exitCode).toBeNull();
      program.process.kill("SIGTERM");
      expect(await program.ended).toBe(143);
      expect(program.stderr()).not.toContain("did not stop");
    },
    60_000,
  );

  it("ends cosell demo in the middle of its story", async () => {
    const program = start("demo", "--deals", "500");
    await until(() => program.stdout().length + program.stderr().length > 0);
    program.process.kill("SIGTERM");
    expect(await program.ended).toBe(143);
  }, 60_000);
});
