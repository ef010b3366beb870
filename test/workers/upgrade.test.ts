import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { silentLogger, systemClock } from "@cosell/connector";
import { openState, type StateStore } from "@cosell/state";
import { type Place, placeToRun } from "../bench/workers/ground.ts";
import { type Company, startCompany, until } from "./support/company.ts";
import { createInstallation, type Installation } from "./support/installation.ts";
import { type Program, stopProgram } from "./support/program.ts";

const sync = "opportunities";
const preload = `--import=${join(import.meta.dirname, "support/newer-schema.mjs")}`;
/** A process of the version after this one. */
const newer = (kind: "adds" | "breaks") => ({ NODE_OPTIONS: preload, NEWER_SCHEMA: kind });

let company: Company;
let place: Place;
let installation: Installation;
let store: StateStore;
/** The schema of this version. */
let schema: number;
const programs: Program[] = [];

beforeEach(async () => {
  company = await startCompany(8);
  place = await placeToRun();
  installation = createInstallation({
    ...{ ...company.reached, stateUrl: place.stateUrl, queue: place.queue },
    worker: { concurrency: 4, pollSeconds: 1, stopSeconds: 5 },
  });
  store = await openState({ url: place.stateUrl, clock: systemClock, logger: silentLogger });
  ({ schema } = await store.info());
});

afterEach(async () => {
  for (const program of programs.splice(0)) {
    program.process.kill("SIGKILL");
    await program.ended;
  }
  await store.close();
  installation.remove();
  await place.clear();
  await company.emulators.close();
});

async function start(environment: Readonly<Record<string, string>> = {}): Promise<Program> {
  const program = await installation.startWorker([], environment);
  programs.push(program);
  return program;
}

const isRunning = ({ process }: Program): boolean => process.exitCode === null && process.signalCode === null;
const times = (text: string, part: string): number => text.split(part).length - 1;

describe("a new version that starts beside old workers", () => {
  it("adds to the state, and the old ones work on", async () => {
    const [old, other] = await Promise.all([start(), start()]);
    await until(() => company.emulators.partnerCentral.opportunities().length > 0);
    const next = await start(newer("adds"));
    expect((await store.info()).schema).toBe(schema + 1);
    await company.untilApproved();
    expect([old, other, next].map(isRunning)).toEqual([true, true, true]);

    // The new one is gone again: what the old ones do on the new schema is right.
    expect(await stopProgram(next)).toBe(0);
    company.comment("Call first.");
    await company.untilCommented("Call first.");
    expect(await Promise.all([old, other].map(stopProgram))).toEqual([0, 0]);
    expect(await start().then(stopProgram)).toBe(0);
    expect(old.stderr() + other.stderr()).not.toContain("newer");
    expect(company.duplicates()).toEqual([]);
    expect(await store.claimOwners(sync)).toEqual([]);
  }, 120_000);

  it("changes the state: the old ones, in the middle of creating deals, end with one message and code 2, and nothing is lost or made twice", async () => {
    const olds = await Promise.all([start(), start()]);
    // Each call takes a while, so that there are always some under way.
    company.emulators.faults.add({ server: "partnerCentralSelling", kind: "latency", latencyMs: 400 });
    await until(() => company.emulators.partnerCentral.opportunities().length > 0);
    const next = await start(newer("breaks"));
    expect(await Promise.all(olds.map(({ ended }) => ended))).toEqual([2, 2]);
    for (const { stderr, stdout } of olds) {
      expect(times(stderr() + stdout(), "This worker ends: ")).toBe(1);
      expect(stderr()).toContain(
        `made by a newer version of Cosell (schema ${schema + 1}; this version knows up to ${schema})`,
      );
      expect(stderr()).toContain("Update Cosell");
    }
    company.emulators.faults.clear();
    await company.untilApproved();
    company.comment("Call first.");
    await company.untilCommented("Call first.");
    expect(company.emulators.partnerCentral.opportunities()).toHaveLength(8);
    expect(company.duplicates()).toEqual([]);

    // Whoever starts an old one again is told the same.
    const again = await start().catch(String);
    expect(again).toContain("made by a newer version of Cosell");
    expect(isRunning(next)).toBe(true);
    expect(await stopProgram(next)).toBe(0);
    await expect(store.checkWritable()).rejects.toThrow("newer version");
  }, 120_000);

  it("ends an old worker that has nothing to do, too", async () => {
    installation.configure({ worker: { concurrency: 4, pollSeconds: 3600, stopSeconds: 5 } });
    const old = await start();
    await until(() => company.emulators.partnerCentral.opportunities().length === 8);
    await until(async () => (await store.counts(sync)).dirty === 0);
    await start(newer("breaks"));
    expect(await old.ended).toBe(2);
  }, 120_000);
});
