import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type Logger, type LogFields, Secret, silentLogger, systemClock } from "@cosell/connector";
import { createMemoryQuotaGate, createPartnerCentral } from "@cosell/partner-central";
import { testRedis } from "@cosell/state/testing";
import {
  batchWrites,
  connectRedis,
  correlatedLogger,
  createAlarms,
  createBullRunner,
  createInlineRunner,
  createMetrics,
  type JobRunner,
  type JobRunnerOptions,
  queueBehaviour,
  type RunningWorker,
  startTraces,
  startWorker,
  tracedConnection,
  tracer,
  type Traces,
} from "@cosell/worker";
import { createDeal, settled, startWorld, type World } from "../e2e/support/world.ts";
import { type CollectedSpan, type Collector, startCollector } from "./collector.ts";

const hour = 3_600_000;
/** Stands in a field of the deal, and must be nowhere else. */
const planted = "Ask Ms Planted-Value about 4111-1111";

const closing: (() => unknown)[] = [];
let collector: Collector;
let traces: Traces | undefined;
let world: World;
let lines: { readonly message: string; readonly fields: LogFields }[];

beforeEach(async () => {
  lines = [];
  collector = await startCollector();
  traces = startTraces({
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_HEADERS: "x-key=a%20key" },
    logger: silentLogger,
  });
  world = await startWorld();
});

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await traces?.close();
  await world.close();
  await collector.close();
});

type Open = (options: JobRunnerOptions) => Promise<JobRunner>;

const overRedis: Open = async (options) => {
  const { url, prefix } = testRedis();
  const connected = connectRedis(new Secret(url), silentLogger);
  closing.push(async () => {
    const keys = await connected.redis.keys(`${prefix}:*`);
    if (keys.length > 0) await connected.redis.del(...keys);
    connected.close();
  });
  return createBullRunner({ ...options, connection: connected.options, redis: connected.redis, prefix });
};
const inThisProcess: Open = (options) => Promise.resolve(createInlineRunner({ ...options, clock: systemClock }));

/** A worker over the world's servers: its engine's time is the world's, its rhythm that of the machine. */
async function work(openRunner: Open): Promise<RunningWorker> {
  const note = (message: string, fields: LogFields = {}): void => void lines.push({ message, fields });
  const logger: Logger = correlatedLogger({ debug: note, info: note, warn: note, error: note });
  const partnerCentral = createPartnerCentral({
    ...{ catalog: "Sandbox", region: "us-east-1", endpoint: world.emulators.partnerCentralSelling.url },
    credentials: { accessKeyId: "AKIACOSELLPARTNERONE", secretAccessKey: "emulated" },
    gate: createMemoryQuotaGate({ clock: world.clock }),
    ...{ clock: world.clock, logger, tracer },
  });
  closing.push(() => partnerCentral.close());
  const connection = tracedConnection(batchWrites(world.connection, 200), "crm");
  const { engine } = world.withEngine({
    sync: { connection },
    engine: { logger, tracer, partnerCentral, failurePolicy: queueBehaviour },
  });
  const worker = await startWorker({
    syncs: [
      {
        ...{ name: "opportunities", engine, object: "Opportunity", connectionName: "crm", connection },
        ...{ account: "default-Sandbox", checkPartnerCentral: () => Promise.resolve(true), pollMs: 10 * hour },
      },
    ],
    ...{ store: world.store, openRunner, owner: `test-${process.pid}`, concurrency: 2, logger },
    metrics: createMetrics(),
    ...{ alarms: createAlarms({ clock: systemClock, logger }), clock: systemClock },
  });
  closing.push(() => worker.close(5000));
  return worker;
}

/** A deal that is approved and in step, which AWS's seller then moves on. */
async function movedDeal(): Promise<{ readonly deal: string; readonly id: string }> {
  const deal = createDeal(world, { AWS_Additional_Comments__c: planted });
  await world.engine.sync();
  const id = world.idOf(deal);
  world.clock.advance(hour);
  world.emulators.partnerCentral.review({ opportunity: id, status: "Approved" });
  await world.engine.sync();
  world.clock.advance(settled);
  await world.engine.sync();
  return { deal, id };
}

function move(id: string, stage: string): object {
  world.clock.advance(hour);
  world.emulators.partnerCentral.edit({
    object: "AwsOpportunitySummary",
    id,
    fields: { "LifeCycle.Stage": stage },
  });
  return {
    ...{ version: "0", id: `event-${stage}`, "detail-type": "Opportunity Updated" },
    ...{ source: "aws.partnercentral-selling", account: "111122223333", region: "us-east-1", resources: [] },
    time: new Date(world.clock.now()).toISOString().replace(/\.\d+Z/, "Z"),
    detail: { schemaVersion: "1", catalog: "Sandbox", opportunity: { identifier: id } },
  };
}

const named = (spans: readonly CollectedSpan[], name: string): readonly CollectedSpan[] =>
  spans.filter((span) => span.source === "cosell" && span.name === name);

/** The names from a span up to the beginning of its trace. */
function way(span: CollectedSpan, spans: readonly CollectedSpan[]): readonly string[] {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [span.name, ...(parent === undefined ? [] : way(parent, spans))];
}

describe.each([
  ["over Redis", overRedis],
  ["in one process", inThisProcess],
])("traces %s", (_name, openRunner) => {
  it("lead from an event to the calls and writes that it caused, and hold no value of the deal", async () => {
    const { deal, id } = await movedDeal();
    const worker = await work(openRunner);
    // Now and then the rhythm, and not the event, hands a marked link out: the trace is then the link's own.
    const stages = ["Business Validation", "Committed", "Technical Validation", "Launched", "Qualified"];
    let spans: readonly CollectedSpan[] = [];
    for (const [index, stage] of stages.entries()) {
      await worker.receiveEvents([move(id, stage) as never]);
      spans = await collector.until((all) => {
        const reconcile = named(all, "reconcile").at(index);
        return reconcile && all.filter(({ traceId }) => traceId === reconcile.traceId);
      });
      if (named(spans, "intake").length > 0) break;
    }
    const [reconcile] = named(spans, "reconcile");
    expect(named(spans, "intake").map(({ attributes }) => attributes)).toEqual([
      { "cosell.sync": "opportunities", "cosell.source": "events" },
    ]);
    expect(reconcile && way(reconcile, spans)).toEqual(expect.arrayContaining(["reconcile", "intake"]));
    const [read] = named(spans, "call").filter(({ attributes }) => attributes["cosell.operation"] === "GetOpportunity");
    expect(read && way(read, spans).slice(0, 3)).toEqual(["call", "plan", "reconcile"]);
    expect(read?.attributes).toMatchObject({
      ...{ "cosell.catalog": "Sandbox", "cosell.quota": "read", "http.response.status_code": "200" },
      "aws.request_id": expect.stringMatching(/./) as unknown,
    });
    const [write] = named(spans, "crm").filter(({ attributes }) => attributes["cosell.operation"] === "write");
    expect(write && way(write, spans).slice(0, 3)).toEqual(["crm", "step", "reconcile"]);
    expect(named(spans, "step").map(({ attributes }) => attributes)).toEqual([
      { "cosell.step": "write-crm", "cosell.opportunity": id },
    ]);
    expect(named(spans, "reconcile")[0]?.attributes).toMatchObject({ "cosell.sync": "opportunities" });

    const sent = collector.bodies.join("\n");
    const record = world.record(deal);
    expect(record["AWS_Additional_Comments__c"]).toBe(planted);
    for (const value of [planted, record["Name"], record["AWS_Seller_Stage__c"], record["Description"]]) {
      if (typeof value === "string") expect(sent).not.toContain(value);
    }
    expect(collector.headers[0]).toMatchObject({ "x-key": "a key", "content-type": "application/json" });
  });

  it("give every line of a reconcile its trace, sync, link and AWS's request id", async () => {
    const { id } = await movedDeal();
    const worker = await work(openRunner);
    await worker.receiveEvents([move(id, "Business Validation") as never]);
    const [reconcile] = await collector.until((all) => {
      const found = named(all, "reconcile");
      return found.length > 0 ? found : undefined;
    });
    const own = lines.filter(({ fields }) => fields["trace"] === reconcile?.traceId && "link" in fields);
    expect(own.length).toBeGreaterThanOrEqual(2);
    for (const { fields } of own) {
      expect(fields).toMatchObject({ sync: "opportunities", link: reconcile?.attributes["cosell.link"] });
      expect(fields["requestId"]).toMatch(/./);
    }
    expect(JSON.stringify(lines)).not.toContain(planted);
  });

  it("begin with work, not with looking at empty queues", async () => {
    await work(openRunner);
    await collector.until((all) => named(all, "intake")[0]);
    await traces?.close();
    const roots = collector.spans().filter(({ parentSpanId }) => parentSpanId === undefined);
    expect(new Set(roots.map(({ source, name }) => `${source} ${name}`))).toEqual(new Set(["cosell intake"]));
  });
});

describe("a collector that does not take them", () => {
  it("keeps nothing from being done, is told of once, and gets them when it is back", async () => {
    await traces?.close();
    const told: string[] = [];
    const secret = "a-key-for-the-collector";
    traces = startTraces({
      environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_HEADERS: `x-key=${secret}` },
      logger: { ...silentLogger, warn: (message, fields) => void told.push(message + JSON.stringify(fields)) },
    });
    collector.answer(503);
    await tracer.inSpan("first", {}, () => Promise.resolve());
    while (told.length === 0) await systemClock.sleep(50);
    await tracer.inSpan("second", {}, () => Promise.resolve());
    collector.answer(200);
    const names = await collector.until((all) => (all.length > 1 ? all.map(({ name }) => name) : undefined));
    expect(names).toEqual(["first", "second"]);
    expect(told).toHaveLength(1);
    expect(told.join()).not.toContain(secret);
  });

  it("must have an address, or nothing is sent", () => {
    const start = (environment: Record<string, string>) => () => startTraces({ environment, logger: silentLogger });
    expect(start({})()).toBeUndefined();
    expect(start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SDK_DISABLED: "true" })()).toBeUndefined();
    expect(start({ OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4317" })).toThrow(/no address of an OTLP collector/);
  });
});
