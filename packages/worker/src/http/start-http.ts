import rateLimit from "@fastify/rate-limit";
import type { Logger } from "@cosell/connector";
import { fastify, type FastifyInstance, type FastifyRequest } from "fastify";
import type { Board } from "./board.ts";
import { refusalStatus, type WebhookRefusal, type WebhookSource } from "./webhook-source.ts";

/** Is the worker well? `ready` says whether it should be given work; `parts` names what it depends on. */
export interface Health {
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, { readonly ok: boolean; readonly detail: string }>>;
}

export interface HttpOptions {
  readonly port: number;
  /** @defaultValue "127.0.0.1" */
  readonly host?: string;
  /** The address under which others reach this server, where it is not the one it listens on: CRMs sign it. */
  readonly publicUrl?: string;
  readonly sources: readonly WebhookSource[];
  readonly health: () => Promise<Health>;
  /** The metrics in Prometheus's text form. */
  readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>;
  readonly onWebhook: (source: string, outcome: "taken" | WebhookRefusal | "failed") => void;
  /** A page that shows the queues. @defaultValue none */
  readonly board?: Pick<Board, "register">;
  /** Largest body, bytes. @defaultValue 1 MiB */
  readonly bodyLimit?: number;
  /** Most webhook requests of one address in a minute. @defaultValue 600 */
  readonly perMinute?: number;
  readonly logger: Logger;
}

/** Requests that take longer to come, or to be stored, are cut off when the server closes: their senders try again. */
const closeMs = 5_000;

export interface RunningHttp {
  readonly url: string;
  /** Lets requests in hand end, for a few seconds. */
  close(): Promise<void>;
}

/**
 * The worker's HTTP face: `POST /webhooks/aws`, `POST /webhooks/crm/<connection>`, `GET /health/live`,
 * `GET /health/ready`, `GET /metrics`, and where it is wanted `GET /queues`. A webhook is answered when what it tells is stored; anything that is not plainly
 * genuine is refused without a word about why, counted, and logged once. Throws when the port is taken.
 */
export async function startHttp(options: HttpOptions): Promise<RunningHttp> {
  const { port, host = "127.0.0.1", bodyLimit = 1024 * 1024 } = options;
  const server = fastify({ bodyLimit, requestTimeout: 30_000, connectionTimeout: 60_000, trustProxy: false });
  // The proof is over the bytes as they came.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => {
    done(null, body);
  });
  healthRoutes(server, options);
  await options.board?.register(server);
  await server.register(async (scope) => {
    await webhookRoutes(scope, options);
  });
  let closing = false;
  // A connection that is kept for the next request would keep the server open.
  server.addHook("onSend", async (_request, reply) => {
    if (closing) reply.header("connection", "close");
  });
  const url = await server.listen({ port, host });
  return {
    url,
    async close() {
      closing = true;
      const limit = setTimeout(() => {
        server.server.closeAllConnections();
      }, closeMs);
      await server.close();
      clearTimeout(limit);
    },
  };
}

function healthRoutes(server: FastifyInstance, { health, metrics }: HttpOptions): void {
  server.get("/health/live", (_request, reply) => reply.send({ live: true }));
  server.get("/health/ready", async (_request, reply) => {
    const state = await health();
    return reply.status(state.ready ? 200 : 503).send(state);
  });
  server.get("/metrics", async (_request, reply) => {
    const { type, text } = await metrics();
    return reply.type(type).send(text);
  });
}

async function webhookRoutes(scope: FastifyInstance, options: HttpOptions): Promise<void> {
  const { sources, perMinute = 600, publicUrl, onWebhook } = options;
  const told = oncePerMinute(options.logger);
  const refused = (path: string, why: WebhookRefusal): { readonly statusCode: number; readonly message: string } => {
    onWebhook(path, why);
    told(path, why);
    return { statusCode: refusalStatus[why], message: "Refused." };
  };
  await scope.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    errorResponseBuilder: (request) => refused(pathOf(request), "too-many"),
  });
  scope.setErrorHandler(async (error: { statusCode?: number; message: string }, request, reply) => {
    const path = pathOf(request);
    const { statusCode = 500 } = error;
    if (statusCode === 429) return reply.status(429).send({ error: "Refused." });
    if (statusCode === 413) return reply.status(refused(path, "oversized").statusCode).send({ error: "Refused." });
    if (statusCode < 500) return reply.status(refused(path, "malformed").statusCode).send({ error: "Refused." });
    onWebhook(path, "failed");
    options.logger.error("a webhook could not be stored; its sender will try again", { source: path });
    return reply.status(503).send({ error: "Try again." });
  });
  for (const source of sources) {
    scope.post(`/webhooks/${source.path}`, async (request, reply) => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : value]),
      );
      const base = publicUrl ?? `${request.protocol}://${request.headers.host ?? ""}`;
      const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
      const answer = await source.receive({ method: "POST", url: new URL(request.url, base).href, headers, body });
      if (!answer.ok) return reply.status(refused(source.path, answer.why).statusCode).send({ error: "Refused." });
      onWebhook(source.path, "taken");
      return reply.status(200).send({ taken: answer.taken });
    });
  }
}

/** The source's own name: the address as it was sent can spell it in many ways, each of which would be counted and logged. */
function pathOf({ routeOptions }: FastifyRequest): string {
  return (routeOptions.url ?? "").replace(/^\/webhooks\//, "");
}

/** One line per source and reason in a minute: who floods us must not flood the log. */
function oncePerMinute(logger: Logger): (source: string, why: WebhookRefusal) => void {
  const told = new Map<string, number>();
  return (source, why) => {
    const now = performance.now();
    if (now - (told.get(`${source} ${why}`) ?? -Infinity) < 60_000) return;
    told.set(`${source} ${why}`, now);
    logger.warn("a webhook request was refused", { source, why });
  };
}
