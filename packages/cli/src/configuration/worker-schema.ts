import { Secret } from "@cosell/connector";
import { z } from "zod";

const seconds = z.number().positive();

/** Where EventBridge's events come from. */
const eventsSchema = z.strictObject({
  /** An SQS queue that an EventBridge rule fills. */
  queueUrl: z.url({ protocol: /^https?$/, error: "queueUrl is the address of an SQS queue" }).optional(),
  region: z.string().min(1).default("us-east-1"),
  /** Another address of SQS, such as an emulator's. */
  endpoint: z.url({ protocol: /^https?$/ }).optional(),
  /** The key of an EventBridge API destination that calls `/webhooks/aws`. */
  webhookKey: z.string().min(16, "webhookKey is what keeps strangers out: at least 16 characters").optional(),
  webhookKeyHeader: z.string().min(1).default("x-api-key"),
});

/** What `cosell worker` needs beyond what `cosell sync` does. Everything has a default. */
export const workerSchema = z.strictObject({
  /** Links in work at the same time, per partner account and process. */
  concurrency: z.number().int().min(1).max(200).default(8),
  /** How often both sides are asked for changes. */
  pollSeconds: seconds.default(30),
  /** How long a worker that is stopped lets its links end. */
  stopSeconds: seconds.default(25),
  /** How long the state or the queue may be away before the process ends itself, for whoever runs it to start it anew. */
  giveUpSeconds: seconds.default(600),
  http: z
    .strictObject({
      host: z.string().min(1).default("127.0.0.1"),
      port: z.number().int().min(0).max(65_535),
      /** The address under which CRMs and AWS reach it. */
      publicUrl: z.url({ protocol: /^https?$/, error: "publicUrl is the address that CRMs call" }).optional(),
      /** bull-board, a page that shows the queues, at /queues. Whoever reaches the port sees it. */
      board: z.boolean().default(false),
    })
    .optional(),
  events: eventsSchema.optional(),
  alarms: z.strictObject({ url: z.url({ protocol: /^https?$/, error: "url is a Slack-shaped webhook" }) }).optional(),
});

/** The queue's server. */
export const queueSchema = z.strictObject({
  url: z.string().regex(/^rediss?:\/\/.+/, "The queue is a Redis server: write redis://host:6379 or rediss://…"),
  /** Begins every key: installations that share a server differ in it. */
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, "A prefix holds letters, digits, _ and - only")
    .default("cosell"),
});

const eventDefaults = { region: "us-east-1", webhookKeyHeader: "x-api-key" };

type RawWorker = z.infer<typeof workerSchema>;
type RawQueue = z.infer<typeof queueSchema>;

/** How the worker runs; its secrets are wrapped. */
export interface WorkerSettings extends Omit<RawWorker, "events" | "alarms"> {
  readonly events?: Omit<NonNullable<RawWorker["events"]>, "webhookKey"> & { readonly webhookKey?: Secret };
  readonly alarms?: { readonly url: Secret };
}

export interface QueueSettings {
  /** It may hold a password. */
  readonly url: Secret;
  readonly prefix: string;
}

/** Wraps what must not be printed; `secrets` are their values, to be hidden in logs. */
export function workerSettings(
  raw: RawWorker | undefined,
  queue: RawQueue | undefined,
): { readonly worker: WorkerSettings; readonly queue: QueueSettings | undefined; readonly secrets: readonly string[] } {
  const { events, alarms, ...rest } = raw ?? workerSchema.parse({});
  const password = queue === undefined ? "" : (URL.parse(queue.url)?.password ?? "");
  const { webhookKey, ...source } = events ?? {};
  const key = webhookKey === undefined ? {} : { webhookKey: new Secret(webhookKey) };
  return {
    worker: {
      ...rest,
      ...(events !== undefined && { events: { ...eventDefaults, ...source, ...key } }),
      ...(alarms !== undefined && { alarms: { url: new Secret(alarms.url) } }),
    },
    queue: queue && { url: new Secret(queue.url), prefix: queue.prefix },
    secrets: [webhookKey ?? "", alarms?.url ?? "", password].filter((one) => one !== ""),
  };
}

/** Members that the schema knows at a path below `worker`, to suggest one for a misspelt key. */
export function knownWorkerMembers(path: readonly PropertyKey[]): readonly string[] {
  const { http, events, alarms } = workerSchema.shape;
  if (path.length === 0) return Object.keys(workerSchema.shape);
  const inner = path[0] === "http" ? http : path[0] === "events" ? events : path[0] === "alarms" ? alarms : undefined;
  return inner === undefined ? [] : Object.keys(inner.unwrap().shape);
}
