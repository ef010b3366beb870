import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { silentLogger, systemClock } from "@cosell/connector";
import { type RunningEmulators, runningClock, startEmulators } from "@cosell/emulator";
import { openState } from "@cosell/state";
import { freePort } from "../../scripts/test-servers/private-server.mjs";
import { type Place, placeToRun } from "../bench/workers/ground.ts";
import { type Collector, startCollector } from "../telemetry/collector.ts";
import { until } from "./support/company.ts";
import { dumpRedis, dumpState, holding } from "./support/dumps.ts";
import { createInstallation, type Installation, shippedMapping } from "./support/installation.ts";
import { type Program, stopProgram } from "./support/program.ts";

/** The values of a contact, which the mapping brings to AWS. */
const person = {
  first: "Ottoline",
  last: "Quillfeather",
  email: "ottoline.quillfeather@northwind.example",
  phone: "+15125550199",
};
const personal = Object.values(person);
/** What compares, undoes and repeats has to know mapped values (packages/state/README.md). */
const mayKnow = new Set([
  ...["base_values.crm", "base_values.aws", "journal.detail", "field_states.detail"],
  "pending_calls.request",
]);
/** A contact's value that no mapping reads. */
const unmapped = "+15125550777";
/** One of each kind; the emulated HubSpot and Pipedrive know only these tokens. */
const secrets = {
  salesforce: "planted-salesforce-access-token",
  hubspot: "emulator-hubspot-token",
  hubspotSignature: "planted-hubspot-client-secret",
  pipedrive: "emulator-pipedrive-token",
  pipedriveWebhook: "planted-pipedrive-webhook-password",
  aws: "planted-aws-secret-access-key",
  events: "planted-key-of-the-api-destination",
  alarms: "planted-path-of-the-alarm-webhook",
  database: "planted-password-of-the-database",
  collector: "planted-key-of-the-collector",
};

let emulators: RunningEmulators;
let place: Place;
let installation: Installation;
let collector: Collector;
let port: number;
const programs: Program[] = [];

beforeEach(async () => {
  const clock = runningClock();
  [place, collector, port] = await Promise.all([placeToRun(), startCollector(), freePort()]);
  const hooks = `http://127.0.0.1:${port}/webhooks/crm`;
  emulators = await startEmulators({
    clock,
    seed: { deals: 12, seed: 3, asOf: new Date().toISOString().slice(0, 10) },
    settings: {
      partnerCentralSelling: { inReviewAfterMs: Number.MAX_SAFE_INTEGER },
      salesforce: { accessTokens: [secrets.salesforce] },
      hubspot: { webhookUrl: `${hooks}/hubspot`, clientSecret: secrets.hubspotSignature },
      pipedrive: {
        ...{ webhookUrl: `${hooks}/pipedrive`, webhookUser: "cosell", webhookPassword: secrets.pipedriveWebhook },
      },
    },
  });
  plantPerson();
  const quota = { perSecond: 500, perDay: 1_000_000 };
  const { partnerCentralSelling, salesforce, hubspot, pipedrive, sqs, admin } = emulators;
  const stateUrl = new URL(place.stateUrl);
  stateUrl.password = secrets.database;
  installation = createInstallation({
    urls: {
      ...{ partnerCentralSelling: partnerCentralSelling.url, salesforce: salesforce.url },
      ...{ sqs: sqs.url, queueUrl: sqs.queueUrl, admin: admin.url },
    },
    ...{ stateUrl: stateUrl.href, queue: place.queue, quotas: { read: quota, write: quota } },
    worker: { ...worker(), http: { port } },
    connections: {
      crm: { connector: "salesforce", instanceUrl: salesforce.url, accessToken: secrets.salesforce },
      hubspot: {
        ...{ connector: "hubspot", baseUrl: hubspot.url, accessToken: secrets.hubspot },
        clientSecret: secrets.hubspotSignature,
      },
      pipedrive: {
        ...{ connector: "pipedrive", instanceUrl: pipedrive.url, apiToken: secrets.pipedrive },
        ...{ webhookUser: "cosell", webhookPassword: secrets.pipedriveWebhook },
      },
    },
    syncs: {
      opportunities: { connection: "crm", mapping: shippedMapping("salesforce.opportunity") },
      hubspot: { connection: "hubspot", mapping: shippedMapping("hubspot.deal") },
      pipedrive: { connection: "pipedrive", mapping: shippedMapping("pipedrive.deal") },
    },
  });
});

afterEach(async () => {
  for (const program of programs.splice(0)) {
    program.process.kill("SIGKILL");
    await program.ended;
  }
  await emulators.close();
  await collector.close();
  installation.remove();
  await place.clear();
});

function worker() {
  const { url: endpoint, queueUrl } = emulators.sqs;
  return {
    ...{ concurrency: 4, pollSeconds: 1, stopSeconds: 5 },
    events: { queueUrl, endpoint, webhookKey: secrets.events },
    // Nobody listens there, so that sending fails.
    alarms: { url: `http://127.0.0.1:9/${secrets.alarms}` },
  };
}

/** Everybody's contacts are this person, in all three CRMs. */
function plantPerson(): void {
  const { salesforce, hubspot, pipedrive } = emulators;
  const { first, last, email, phone } = person;
  for (const { Id: id } of salesforce.records("Contact")) {
    const fields = { FirstName: first, LastName: last, Email: email, Phone: phone };
    salesforce.edit("Contact", id as string, fields);
  }
  const portal = hubspot.portal();
  for (const { id } of portal.records("contacts"))
    portal.edit("contacts", id, { firstname: first, lastname: last, phone, mobilephone: unmapped });
  const [one] = portal.records("contacts");
  if (one !== undefined) portal.edit("contacts", one.id, { email });
  const company = pipedrive.company();
  for (const { id } of company.records("persons")) {
    company.edit("persons", id, {
      name: `${first} ${last}`,
      emails: [{ value: email, primary: true, label: "work" }],
      phones: [{ value: phone, primary: true, label: "work" }],
    });
  }
}

async function start(format: "json" | "pretty"): Promise<Program> {
  const program = await installation.startWorker(["--log-level", "debug", "--log-format", format], {
    AWS_SECRET_ACCESS_KEY: secrets.aws,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: `x-key=${secrets.collector}`,
  });
  programs.push(program);
  return program;
}

it("logs, jobs, metrics, traces and tables of a full run hold no secret, and people's values stand only where the state must know them", async () => {
  const store = await openState({ url: place.stateUrl, clock: systemClock, logger: silentLogger });
  const redis = new Redis(place.queue.url);
  const allPlanted = [...personal, unmapped, ...Object.values(secrets)];
  try {
    const workers = [await start("json")];
    // The port is taken.
    installation.configure({ worker: worker() });
    workers.push(await start("pretty"));
    for (const sync of ["opportunities", "hubspot", "pipedrive"])
      await until(async () => (await store.counts(sync)).links.linked > 0);
    // Jobs are there for moments only: looked at while there is work.
    const jobs = new Map<string, string>();
    for (let look = 0; look < 20; look += 1) {
      for (const [key, text] of await dumpRedis(redis, place.queue.prefix)) jobs.set(`${key} at look ${look}`, text);
      await pause(100);
    }
    // Failures of each kind are told too: by AWS, by the CRMs, and of the way there.
    for (const server of ["partnerCentralSelling", "salesforce", "hubspot", "pipedrive"] as const)
      emulators.faults.add({ server, kind: "server-error", probability: 0.3 });
    for (const { Id: id } of emulators.salesforce.records("Contact").slice(0, 3))
      emulators.salesforce.edit("Contact", id as string, { Phone: `${person.phone} x` });
    for (const { Id: id, LifeCycle: life } of emulators.partnerCentral.opportunities()) {
      if ((life as { readonly ReviewStatus?: string }).ReviewStatus === "Submitted")
        emulators.partnerCentral.review({ opportunity: id as string, status: "Approved" });
    }
    await fetch(`http://127.0.0.1:${port}/webhooks/aws`, { method: "POST", body: person.email });
    await pause(4000);
    emulators.faults.clear();
    await until(async () => (await store.counts()).dirty === 0);
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    for (const [key, text] of await dumpRedis(redis, place.queue.prefix)) jobs.set(key, text);
    const state = await dumpState(place.stateUrl);
    expect(await Promise.all(workers.map(stopProgram))).toEqual([0, 0]);

    // What is scanned is what it says it is.
    const [inJson = "", pretty = ""] = workers.map(({ stderr, stdout }) => stderr() + stdout());
    expect(inJson).toContain('"level":"debug"');
    expect(pretty).toMatch(/Z debug /);
    expect([...jobs.keys()].filter((key) => /:reconcile-[^:]+:/.test(key)).length).toBeGreaterThan(5);
    expect(metrics).toContain("cosell_failures_total{");
    expect(collector.bodies.length).toBeGreaterThan(0);

    expect(holding(new Map([["json", inJson]]), allPlanted)).toEqual([]);
    expect(holding(new Map([["pretty", pretty]]), allPlanted)).toEqual([]);
    expect(holding(jobs, allPlanted)).toEqual([]);
    expect(holding(new Map([["metrics", metrics]]), allPlanted)).toEqual([]);
    expect(holding(new Map([["traces", collector.bodies.join("\n")]]), allPlanted)).toEqual([]);
    expect(holding(state, [unmapped, ...Object.values(secrets)])).toEqual([]);
    const known = holding(state, personal);
    expect(known).toEqual(expect.arrayContaining(["base_values.aws", "base_values.crm"]));
    expect(known.filter((place) => !mayKnow.has(place))).toEqual([]);
  } finally {
    await store.close();
    redis.disconnect();
  }
}, 180_000);
