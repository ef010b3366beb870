import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { silentLogger, systemClock } from "@cosell/connector";
import { type RunningEmulators, runningClock, startEmulators } from "@cosell/emulator";
import { openState, type StateStore } from "@cosell/state";
import { testDatabase, type TestDatabase, testRedis } from "@cosell/state/testing";
import { createReadyDeal } from "../e2e/support/deal.ts";
import { createInstallation, type Installation } from "./support/installation.ts";
import { type Program, stopProgram } from "./support/program.ts";

const sync = "opportunities";
const log = ["--log-level", "debug", "--log-format", "json"];
/** Values of people, which the state may hold, and nothing else. */
const personal = ["Quillfeather", "ottoline.quillfeather@northwind.example", "+15125550199", "Secretive Holdings"];
/** Values that nothing may hold but the configuration and the state's tokens. */
const secrets = ["emulator-access-token", "emulated", "k7-webhook-key-of-the-api-destination"];

let emulators: RunningEmulators;
let database: TestDatabase;
let store: StateStore;
let installation: Installation;
const queue = testRedis();
const redis = new Redis(queue.url);
const programs: Program[] = [];

beforeEach(async () => {
  database = await testDatabase();
  const clock = runningClock();
  emulators = await startEmulators({
    clock,
    settings: { partnerCentralSelling: { inReviewAfterMs: Number.MAX_SAFE_INTEGER } },
  });
  // The change feed leaves out the newest two seconds.
  clock.advance(-60_000);
  for (let number = 0; number < 6; number += 1)
    createReadyDeal(emulators.salesforce, { Name: `Secretive Holdings ${number}` });
  const [LastName = "", Email = "", Phone = ""] = personal;
  for (const contact of emulators.salesforce.records("Contact")) {
    emulators.salesforce.edit("Contact", String(contact["Id"]), { FirstName: "Ottoline", LastName, Email, Phone });
  }
  clock.advance(60_000);
  const quota = { perSecond: 500, perDay: 1_000_000 };
  const { partnerCentralSelling, salesforce, sqs, admin } = emulators;
  installation = createInstallation({
    urls: {
      ...{ partnerCentralSelling: partnerCentralSelling.url, salesforce: salesforce.url },
      ...{ sqs: sqs.url, queueUrl: sqs.queueUrl, admin: admin.url },
    },
    ...{ stateUrl: database.url, queue, quotas: { read: quota, write: quota } },
    worker: {
      ...{ concurrency: 4, pollSeconds: 2, stopSeconds: 3 },
      events: { queueUrl: sqs.queueUrl, endpoint: sqs.url, webhookKey: secrets[2] },
    },
  });
  store = await openState({ url: database.url, clock: systemClock, logger: silentLogger });
});

afterEach(async () => {
  for (const program of programs.splice(0)) {
    program.process.kill("SIGKILL");
    await program.ended;
  }
  await store.close();
  await emulators.close();
  installation.remove();
  await database.drop();
  const keys = await redis.keys(`${queue.prefix}*`);
  if (keys.length > 0) await redis.del(...keys);
  redis.disconnect();
});

async function start(args: readonly string[] = []): Promise<Program> {
  const program = await installation.startWorker([...log, ...args]);
  programs.push(program);
  return program;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(50);
}

const deals = () => emulators.salesforce.records("Opportunity");
const inStep = (): boolean => deals().every(({ AWS_Sync_Status__c: status }) => status === "In step");

it("two workers sync, take AWS's events, read their configuration anew and end in time, and tell no secret", async () => {
  const workers = await Promise.all([start(), start()]);
  await until(inStep);
  expect(emulators.partnerCentral.opportunities()).toHaveLength(6);

  // An event of AWS, by SQS.
  for (const { Id: id } of emulators.partnerCentral.opportunities()) {
    emulators.partnerCentral.review({ opportunity: id as string, status: "Approved" });
  }
  await until(() => deals().every(({ AWS_Review_Status__c: status }) => status === "Approved"));

  // A new configuration, while there is work.
  const [first] = workers;
  installation.configure({ worker: { concurrency: 2, pollSeconds: 1, stopSeconds: 3 } });
  for (const { Id: id } of deals())
    emulators.salesforce.edit("Opportunity", String(id), { AWS_Additional_Comments__c: "Call first." });
  first.process.kill("SIGUSR2");
  await first.said("2 links at a time");
  await until(() =>
    emulators.partnerCentral
      .opportunities()
      .every(({ Project }) => (Project as { AdditionalComments?: string }).AdditionalComments === "Call first."),
  );

  // Stopped while links are in hand: they end, or are given back.
  emulators.faults.add({ server: "partnerCentralSelling", kind: "latency", latencyMs: 8_000 });
  for (const { Id: id } of deals())
    emulators.salesforce.edit("Opportunity", String(id), { AWS_Additional_Comments__c: "Call last." });
  await until(async () => (await store.claimOwners(sync)).length > 0);
  expect(await Promise.all(workers.map(stopProgram))).toEqual([0, 0]);
  expect(await store.claimOwners(sync)).toEqual([]);
  expect((await store.counts(sync)).dirty).toBeGreaterThan(0);
  emulators.faults.clear();

  // What is left is done by the next one, which looks for nothing new.
  const drain = await start(["--drain"]);
  expect(await drain.ended).toBe(0);
  expect((await store.counts(sync)).dirty).toBe(0);

  const logs = programs.map(({ stderr, stdout }) => stderr() + stdout()).join("\n");
  expect(logs).toContain('"level":"debug"');
  expect(logs).not.toContain("cannot be read");
  const written = logs + (await redisDump());
  expect([...personal, ...secrets].filter((value) => written.includes(value))).toEqual([]);
  const state = await databaseDump();
  expect(state).toContain("Secretive Holdings");
  expect(secrets.filter((value) => state.includes(value))).toEqual([]);
}, 120_000);

/** Everything that Redis holds of the installation, keys and values. */
async function redisDump(): Promise<string> {
  const keys = await redis.keys(`${queue.prefix}*`);
  expect(keys.length).toBeGreaterThan(5);
  const values = await Promise.all(
    keys.map(async (key) => {
      const dump = (await redis.dumpBuffer(key)) as Buffer | null;
      const type = await redis.type(key);
      const text = type === "hash" ? JSON.stringify(await redis.hgetall(key)) : "";
      return `${key} ${text} ${dump?.toString("latin1") ?? ""}`;
    }),
  );
  return values.join("\n");
}

/** Every table of the state but the one of the tokens. */
async function databaseDump(): Promise<string> {
  const url = new URL(database.url);
  const schema = url.searchParams.get("schema") ?? "";
  url.search = "";
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = $1 and table_name <> 'tokens'",
      [schema],
    );
    const dumps = [];
    for (const { name } of tables)
      dumps.push(JSON.stringify((await client.query(`select * from "${schema}"."${name}"`)).rows));
    return dumps.join("\n");
  } finally {
    await client.end();
  }
}
