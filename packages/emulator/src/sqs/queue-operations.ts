import { object, text, texts, textsByName, wholeNumber } from "./parameters.ts";
import { defaultAttributes, type Queue } from "./queue.ts";
import { queueOf, urlOf, type SqsOperation } from "./queue-call.ts";
import { invalid, noQueue, SqsError } from "./sqs-error.ts";

/** The attributes that can be set, and their limits: seconds and bytes. */
const limits: Readonly<Record<string, { readonly least: number; readonly most: number }>> = {
  DelaySeconds: { least: 0, most: 900 },
  MaximumMessageSize: { least: 1024, most: 1_048_576 },
  MessageRetentionPeriod: { least: 60, most: 1_209_600 },
  ReceiveMessageWaitTimeSeconds: { least: 0, most: 20 },
  VisibilityTimeout: { least: 0, most: 43_200 },
};

/** The operations on queues themselves. */
export const queueOperations: Readonly<Record<string, SqsOperation>> = {
  CreateQueue: (call) => {
    const name = text(call.input, "QueueName");
    if (!/^[\w-]{1,80}$/.test(name)) {
      throw invalid(
        "QueueName",
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
      );
    }
    const attributes = settable(textsByName(call.input, "Attributes"));
    object(call.input, "tags");
    const present = call.queues.find(call.account, name);
    if (present && Object.entries(attributes).some(([key, value]) => present.attributes[key] !== value)) {
      const message = "A queue already exists with the same name and a different value for an attribute.";
      throw new SqsError("QueueNameExists", message, { queryCode: "QueueAlreadyExists" });
    }
    return { QueueUrl: urlOf(call, call.queues.open(call.account, name, attributes)) };
  },
  DeleteQueue: (call) => {
    const { account, name } = queueOf(call);
    call.queues.remove(account, name);
    return undefined;
  },
  GetQueueUrl: (call) => {
    const name = text(call.input, "QueueName");
    const queue = call.queues.find(call.account, name);
    if (queue === undefined) throw noQueue();
    return { QueueUrl: urlOf(call, queue) };
  },
  ListQueues: (call) => {
    const prefix = call.input.QueueNamePrefix === undefined ? "" : text(call.input, "QueueNamePrefix");
    wholeNumber(call.input, "MaxResults", { least: 1, most: 1000 });
    const found = call.queues.of(call.account).filter(({ name }) => name.startsWith(prefix));
    return found.length === 0 ? {} : { QueueUrls: found.map((queue) => urlOf(call, queue)) };
  },
  GetQueueAttributes: (call) => {
    const queue = queueOf(call);
    call.settle();
    const wanted = texts(call.input, "AttributeNames");
    const known = attributesOf(queue);
    const unknown = wanted.find((name) => name !== "All" && !Object.hasOwn(known, name) && !notPlayed.has(name));
    if (unknown !== undefined) {
      throw new SqsError("InvalidAttributeName", `Unknown Attribute ${unknown}.`);
    }
    const told = Object.entries(known).filter(([name]) => wanted.includes("All") || wanted.includes(name));
    return told.length === 0 ? {} : { Attributes: Object.fromEntries(told) };
  },
  SetQueueAttributes: (call) => {
    const queue = queueOf(call);
    queue.configure(settable(textsByName(call.input, "Attributes")));
    return undefined;
  },
  PurgeQueue: (call) => {
    queueOf(call).purge();
    return undefined;
  },
};

/** Attributes that SQS knows and that this queue has not. */
const notPlayed = new Set([
  "ContentBasedDeduplication",
  "FifoQueue",
  "KmsDataKeyReusePeriodSeconds",
  "KmsMasterKeyId",
  "Policy",
  "RedriveAllowPolicy",
  "RedrivePolicy",
  "SqsManagedSseEnabled",
]);

function attributesOf(queue: Queue): Readonly<Record<string, string>> {
  const { visible, inFlight, delayed } = queue.counts();
  const created = String(Math.floor(queue.createdAt / 1000));
  return {
    ...queue.attributes,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    CreatedTimestamp: created,
    LastModifiedTimestamp: created,
    QueueArn: `arn:aws:sqs:us-east-1:${queue.account}:${queue.name}`,
  };
}

/** Refuses what SQS does not know or take; what the emulator does not play is taken and not kept. */
function settable(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(given)) {
    if (notPlayed.has(name)) continue;
    const limit = Object.hasOwn(defaultAttributes, name) ? limits[name] : undefined;
    if (limit === undefined) throw new SqsError("InvalidAttributeName", `Unknown Attribute ${name}.`);
    if (!/^\d{1,9}$/.test(value) || Number(value) < limit.least || Number(value) > limit.most) {
      throw new SqsError("InvalidAttributeValue", `Invalid value for the parameter ${name}.`);
    }
  }
  return Object.fromEntries(Object.entries(given).filter(([name]) => !notPlayed.has(name)));
}
