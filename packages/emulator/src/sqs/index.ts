export type { QueueDocument } from "./queue.ts";
export { createQueues, defaultSqsSettings, sqsChoices, type SqsSettings } from "./queues.ts";
export { createSqsServer } from "./server.ts";
