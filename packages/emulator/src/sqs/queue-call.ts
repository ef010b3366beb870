import type { JsonObject } from "../kernel/index.ts";
import { text } from "./parameters.ts";
import type { Queue } from "./queue.ts";
import type { Queues } from "./queues.ts";
import { noQueue, SqsError } from "./sqs-error.ts";

/** One call that has passed the door. */
export interface SqsCall {
  readonly input: JsonObject;
  readonly account: string;
  readonly queues: Queues;
  /** Of this server, as the client calls it: queue URLs begin with it. */
  readonly baseUrl: string;
  /** Lets happen what the clock has made due, before somebody looks. */
  readonly settle: () => void;
  readonly gone?: AbortSignal;
}

/** One operation: gives the answer's members; nothing where SQS sends none. Throws an SqsError. */
export type SqsOperation = (call: SqsCall) => JsonObject | undefined | Promise<JsonObject>;

/** The queue that `QueueUrl` names: its last two parts are account and name. Throws when the account has no such queue. */
export function queueOf({ input, account, queues }: SqsCall): Queue {
  const url = text(input, "QueueUrl");
  const [owner, name] = url.split("/").slice(-2);
  const found = owner === undefined || name === undefined ? undefined : queues.find(owner, name);
  if (found === undefined) throw noQueue();
  if (found.account === account) return found;
  const message =
    "Access to the resource is denied: the queue is another account's, and the emulator plays no policies.";
  throw new SqsError("AccessDeniedException", message, { status: 403, queryCode: "AccessDenied" });
}

/** Where a queue is found from outside. */
export function urlOf({ baseUrl }: Pick<SqsCall, "baseUrl">, { account, name }: Queue): string {
  return `${baseUrl}/${account}/${name}`;
}
