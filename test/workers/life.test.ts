import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { silentLogger, systemClock } from "@cosell/connector";
import { openState, type StateStore } from "@cosell/state";
import { type Place, placeToRun } from "../bench/workers/ground.ts";
import { type Company, startCompany, until } from "./support/company.ts";
import { createInstallation, type Installation } from "./support/installation.ts";
import { type Program, stopProgram } from "./support/program.ts";

const sync = "opportunities";

let company: Company;
let place: Place;
let store: StateStore;
let installation: Installation;
const programs: Program[] = [];

beforeEach(async () => {
  company = await startCompany(6);
  place = await placeToRun();
  const { url: endpoint, queueUrl } = company.emulators.sqs;
  installation = createInstallation({
    ...{ ...company.reached, stateUrl: place.stateUrl, queue: place.queue },
    worker: { ...{ concurrency: 4, pollSeconds: 2, stopSeconds: 3 }, events: { queueUrl, endpoint } },
  });
  store = await openState({ url: place.stateUrl, clock: systemClock, logger: silentLogger });
});

afterEach(async () => {
  for (const program of programs.splice(0)) {
    program.process.kill("SIGKILL");
    await program.ended;
  }
  await store.close();
  await company.emulators.close();
  installation.remove();
  await place.clear();
});

async function start(args: readonly string[] = []): Promise<Program> {
  const program = await installation.startWorker(["--log-format", "json", ...args]);
  programs.push(program);
  return program;
}

const linksInHand = async (): Promise<readonly string[]> =>
  (await store.claimOwners(sync)).flatMap(({ linkIds }) => linkIds);

it("two workers sync, take AWS's events, read their configuration anew and end in time", async () => {
  const { emulators } = company;
  const workers = await Promise.all([start(), start()]);
  // AWS's approval comes as an event, by SQS.
  await company.untilApproved();
  expect(emulators.partnerCentral.opportunities()).toHaveLength(6);

  // A new configuration, while there is work.
  const [first] = workers;
  installation.configure({ worker: { concurrency: 2, pollSeconds: 1, stopSeconds: 3 } });
  company.comment("Call first.");
  first.process.kill("SIGUSR2");
  await first.said("2 links at a time");
  await company.untilCommented("Call first.");

  // Stopped while links are in hand: they end, or are given back.
  emulators.faults.add({ server: "partnerCentralSelling", kind: "latency", latencyMs: 8_000 });
  company.comment("Call last.");
  // Echoes of the writes before are in hand for a moment only.
  await until(async () => {
    const before = await linksInHand();
    await pause(500);
    const now = await linksInHand();
    return before.some((id) => now.includes(id));
  });
  expect(await Promise.all(workers.map(stopProgram))).toEqual([0, 0]);
  expect(await store.claimOwners(sync)).toEqual([]);
  expect((await store.counts(sync)).dirty).toBeGreaterThan(0);
  emulators.faults.clear();

  // What is left is done by the next one, which looks for nothing new.
  const drain = await start(["--drain"]);
  expect(await drain.ended).toBe(0);
  expect((await store.counts(sync)).dirty).toBe(0);
  expect(programs.map(({ stderr }) => stderr()).join("\n")).not.toContain("cannot be read");
}, 120_000);
