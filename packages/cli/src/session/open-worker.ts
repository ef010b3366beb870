import { type Clock, FailureError, type Logger, type WebhookChange } from "@cosell/connector";
import type * as Library from "@cosell/worker";
import type { Metrics, RunningHttp, RunningIntake, RunningWorker, WebhookSource, WorkerSync } from "@cosell/worker";
import type { Configuration, ConfiguredSync, PartnerAccount } from "../configuration/configuration.ts";
import { alarmSentence } from "./alarm-sentence.ts";
import { openStore } from "./open-store.ts";
import { type OpenedSync, openSync } from "./open-sync.ts";
import { createPartnerClients } from "./partner-clients.ts";

export interface OpenWorkerOptions {
  readonly configuration: Configuration;
  readonly syncs: readonly ConfiguredSync[];
  /** All in this process, without Redis. */
  readonly inline: boolean;
  /** Only what is marked already. */
  readonly drain: boolean;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly metrics: Metrics;
  /** A newer version has changed the state: this process can do nothing any more. */
  readonly onOutdated: () => void;
}

/** A worker with everything around it. */
export interface OpenedWorker {
  readonly worker: RunningWorker;
  /** Name of this process in claims. */
  readonly owner: string;
  /** How long state or queue may be away, and how long closing may take; milliseconds. */
  readonly limits: { readonly giveUpMs: number; readonly closeMs: number };
  /** Opens the HTTP face, where one is configured. Throws when the port is taken. */
  listen(): Promise<RunningHttp | undefined>;
  /** Gives the port back, for one who takes over. */
  unlisten(): Promise<void>;
  /** Ends all of it: first what brings work, then the work, then what it stood on. */
  close(): Promise<void>;
}

type WorkerPackage = typeof Library;

/** What closing takes beside the links in hand: messages of a queue, an alarm, the last spans. */
const closingMs = 20_000;

/** Composes a worker from the configuration. Throws `config` for what is missing; what was opened by then is closed. */
export async function openWorker(options: OpenWorkerOptions): Promise<OpenedWorker> {
  const { configuration, syncs, inline, drain, clock, signal, metrics, onOutdated } = options;
  const [library, { processOwner }] = await Promise.all([import("@cosell/worker"), import("@cosell/engine")]);
  const { tracer } = library;
  const logger = library.correlatedLogger(options.logger);
  const { queue, worker: settings } = configuration;
  if (queue === undefined && !inline) throw withoutQueue();
  const closing: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    const store = await openStore(configuration, { logger, clock });
    closing.push(() => store.close());
    const redis = queue === undefined || inline ? undefined : library.connectRedis(queue.url, logger);
    if (redis !== undefined) closing.push(() => redis.close());
    const prefix = queue?.prefix ?? "cosell";
    const alarms = library.createAlarms({
      ...{ clock, logger },
      standing: redis === undefined ? library.alarmsInMemory(clock) : library.alarmsInRedis(redis.redis, prefix, clock),
      ...(settings.alarms && { url: settings.alarms.url }),
    });
    closing.push(() => alarms.close());
    const clients = createPartnerClients({
      clock,
      logger,
      tracer,
      ...(await gatesOf(library, redis?.redis, { ...options, logger })),
    });
    closing.push(() => clients.close());
    const opened: WorkerSync[] = [];
    for (const sync of syncs) {
      const one = await openSync({
        ...{ configuration, sync, store, clock, logger, signal, clients, tracer },
        failurePolicy: library.queueBehaviour,
        wrap: (connection, { writeBatch }) =>
          library.tracedConnection(library.batchWrites(connection, writeBatch), sync.connection.name),
        onAlarm: (alarm) => void alarms.raise({ severity: "warning", ...alarmSentence(alarm) }),
      });
      closing.push(() => one.close());
      opened.push(workerSync(sync, one, settings.pollSeconds));
    }
    const owner = processOwner();
    const worker = await library.startWorker({
      ...{ syncs: opened, store, owner, metrics, alarms, clock, logger, drain, onOutdated },
      concurrency: settings.concurrency,
      openRunner: (runner) =>
        redis === undefined
          ? Promise.resolve(library.createInlineRunner({ ...runner, clock }))
          : library.createBullRunner({
              ...{ ...runner, redis: redis.redis, connection: redis.options },
              prefix: jobsPrefix(prefix, options),
            }),
    });
    closing.push(() => worker.close(settings.stopSeconds * 1000));
    const seen =
      redis === undefined ? library.seenInMemory() : library.seenInRedis(redis.redis, prefix, 26 * 3_600_000);
    const sources = drain ? [] : webhookSources(library, { ...options, worker, seen });
    const board = boardOf(library, opened, redis, { ...options, logger });
    if (board !== undefined) closing.push(() => board.close());
    let http: RunningHttp | undefined;
    const listen = async (): Promise<RunningHttp | undefined> => {
      if (settings.http === undefined) return undefined;
      const face = httpOptions(settings.http, sources, worker, { ...options, logger });
      http = await library.startHttp({ ...face, ...(board !== undefined && { board }) });
      return http;
    };
    const unlisten = async (): Promise<void> => {
      await http?.close();
      http = undefined;
    };
    closing.push(unlisten);
    const intake = drain ? undefined : sqsIntake(library, worker, { ...options, logger });
    if (intake !== undefined) closing.push(() => intake.stop());
    const limits = { giveUpMs: settings.giveUpSeconds * 1000, closeMs: settings.stopSeconds * 1000 + closingMs };
    return { worker, owner, limits, listen, unlisten, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function withoutQueue(): FailureError {
  const message =
    "Workers meet on Redis, and the configuration names none. Add `queue: { url: !env COSELL_REDIS_URL }`, or run one process without it: cosell worker --inline.";
  return new FailureError({ kind: "config", code: "queue-missing", message });
}

/** Processes that do not do the same hand work out among themselves: none takes from the queue what is not its own. */
function jobsPrefix(prefix: string, { configuration, syncs, drain }: OpenWorkerOptions): string {
  const all = syncs.length === Object.keys(configuration.syncs).length;
  const only = all ? "" : `-only-${syncs.map(({ name }) => name).join("-")}`;
  return `${prefix}${only}${drain ? "-drain" : ""}`;
}

const accountName = ({ name = "default", catalog }: PartnerAccount): string => `${name}-${catalog}`;

/** One budget for all workers of an account where there is Redis, else this process's own; both are measured. */
async function gatesOf(
  library: WorkerPackage,
  redis: Parameters<WorkerPackage["createRedisQuotaGate"]>[0]["redis"] | undefined,
  { configuration: { queue }, clock, logger, metrics }: OpenWorkerOptions,
): Promise<Pick<Parameters<typeof createPartnerClients>[0], "gateOf">> {
  const { createMemoryQuotaGate } = await import("@cosell/partner-central");
  return {
    gateOf: (partner, limits) => {
      const account = accountName(partner);
      const prefix = queue?.prefix ?? "cosell";
      const gate =
        redis === undefined
          ? createMemoryQuotaGate({ clock, limits })
          : library.createRedisQuotaGate({ redis, prefix, account, limits, logger });
      return library.measuredGate(gate, account, metrics, limits);
    },
  };
}

function workerSync(
  { name, connection, partnerCentral }: ConfiguredSync,
  opened: OpenedSync,
  pollSeconds: number,
): WorkerSync {
  return {
    name,
    engine: opened.engine,
    connectionName: connection.name,
    connection: opened.connection,
    account: accountName(partnerCentral),
    pollMs: pollSeconds * 1000,
    checkPartnerCentral: () =>
      opened.partnerCentral.call("ListSolutions", { MaxResults: 1 }).then(
        () => true,
        () => false,
      ),
  };
}

/** The page that shows the queues, where it is wanted and there are any. */
function boardOf(
  library: WorkerPackage,
  syncs: readonly WorkerSync[],
  redis: ReturnType<WorkerPackage["connectRedis"]> | undefined,
  { configuration: { queue, worker }, logger }: OpenWorkerOptions,
): ReturnType<WorkerPackage["createBoard"]> | undefined {
  if (worker.http?.board !== true) return undefined;
  if (redis === undefined || queue === undefined) {
    logger.warn("worker.http.board shows the queues in Redis; a worker in one process has none", {});
    return undefined;
  }
  const lanes = [...new Set(syncs.map(({ account }) => account))];
  const onError = (name: string, error: unknown): void => {
    logger.warn("the board cannot read a queue", {
      queue: name,
      error: error instanceof Error ? error.name : "unknown",
    });
  };
  return library.createBoard({ connection: redis.options, prefix: queue.prefix, lanes, onError });
}

type Seen = Parameters<WorkerPackage["awsWebhook"]>[0]["seen"];

function webhookSources(
  library: WorkerPackage,
  options: OpenWorkerOptions & { readonly worker: RunningWorker; readonly seen: Seen },
): readonly WebhookSource[] {
  const { configuration, clock, worker, seen } = options;
  const { events } = configuration.worker;
  const now = (): number => clock.now();
  const connections = new Map(options.syncs.map(({ connection }) => [connection.name, connection]));
  const sources: WebhookSource[] = [];
  if (events?.webhookKey !== undefined) {
    const { webhookKey: key, webhookKeyHeader } = events;
    const keyHeader = webhookKeyHeader.toLowerCase();
    sources.push(library.awsWebhook({ key, keyHeader, seen, now, take: (taken) => worker.receiveEvents(taken) }));
  }
  for (const { name, connector, config } of connections.values()) {
    const { webhook } = connector;
    if (webhook === undefined) continue;
    const take = (changes: readonly WebhookChange[]): Promise<void> => worker.receiveChanges(name, changes);
    sources.push(library.crmWebhook({ connection: name, webhook, config, seen, now, take }));
  }
  return sources;
}

function httpOptions(
  { host, port, publicUrl }: NonNullable<Configuration["worker"]["http"]>,
  sources: readonly WebhookSource[],
  worker: RunningWorker,
  { logger, metrics }: OpenWorkerOptions,
): Parameters<WorkerPackage["startHttp"]>[0] {
  return {
    ...{ host, port, sources, logger },
    ...(publicUrl !== undefined && { publicUrl }),
    health: () => worker.health(),
    metrics: async () => {
      await worker.measure();
      return metrics.text();
    },
    onWebhook: (source, outcome) => metrics.webhook(source, outcome),
  };
}

function sqsIntake(
  library: WorkerPackage,
  worker: RunningWorker,
  { configuration, logger, metrics }: OpenWorkerOptions,
): RunningIntake | undefined {
  const { events } = configuration.worker;
  if (events?.queueUrl === undefined) return undefined;
  const { queueUrl, region, endpoint } = events;
  return library.startSqsIntake({
    ...{ queueUrl, region, logger },
    ...(endpoint !== undefined && { endpoint }),
    take: (taken) => worker.receiveEvents(taken),
    onMessages: (outcome, count) => metrics.messages("sqs", outcome, count),
  });
}
