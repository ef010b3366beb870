import { Queue, type ConnectionOptions } from "bullmq";
import type { FastifyInstance } from "fastify";
import type { RedisOptions } from "ioredis";
import { queueNames } from "../jobs/bullmq-runner.ts";

export interface BoardOptions {
  readonly connection: RedisOptions;
  /** Begins every key. */
  readonly prefix: string;
  /** Partner accounts, each with a queue of its own. */
  readonly lanes: readonly string[];
  readonly onError: (queue: string, error: unknown) => void;
}

/** bull-board: a page that shows the queues. It changes nothing, and jobs hold ids only. */
export interface Board {
  /** Serves it under `/queues`. */
  register(server: FastifyInstance): Promise<void>;
  close(): Promise<void>;
}

const path = "/queues";

/** Whoever reaches the port sees it: there is no login. */
export function createBoard({ connection, prefix, lanes, onError }: BoardOptions): Board {
  const queues = queueNames(lanes).map((name) => {
    // The same options; their types differ in how absent members are spelt.
    const queue = new Queue(name, { connection: connection as ConnectionOptions, prefix });
    queue.on("error", (error) => {
      onError(name, error);
    });
    return queue;
  });
  return {
    async register(server) {
      const [{ createBullBoard }, { BullMQAdapter }, { FastifyAdapter }] = await Promise.all([
        import("@bull-board/api"),
        import("@bull-board/api/bullMQAdapter"),
        import("@bull-board/fastify"),
      ]);
      const serverAdapter = new FastifyAdapter();
      createBullBoard({
        queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
        serverAdapter,
        options: { uiConfig: { boardTitle: "Cosell", hideRedisDetails: true } },
      });
      serverAdapter.setBasePath(path);
      await server.register(async (scope) => {
        // bull-board refuses changes itself; a release of it that forgot to would not matter.
        scope.addHook("onRequest", async (request, reply) => {
          if (request.method === "GET" || request.method === "HEAD") return;
          await reply.status(405).send({ error: "The board only shows." });
        });
        await scope.register(serverAdapter.registerPlugin(), { prefix: path });
      });
    },
    async close() {
      await Promise.all(queues.map((queue) => queue.close()));
    },
  };
}
