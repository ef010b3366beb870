import type { JsonObject } from "../kernel/index.ts";
import { attributesDigest, bodyDigest } from "./message-digest.ts";
import { batch, object, text, texts, wholeNumber } from "./parameters.ts";
import type { Queue, ReceivedMessage, StoredMessage } from "./queue.ts";
import { queueOf, type SqsCall, type SqsOperation } from "./queue-call.ts";
import { invalid, missing, SqsError } from "./sqs-error.ts";

/** The characters of XML 1.0, which are all that SQS takes. */
const refusedCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;

/** The operations on messages. */
export const messageOperations: Readonly<Record<string, SqsOperation>> = {
  SendMessage: (call) => sendOne(queueOf(call), call.input),
  SendMessageBatch: (call) => {
    const queue = queueOf(call);
    return each(call, (entry) => sendOne(queue, entry));
  },
  ReceiveMessage: receive,
  DeleteMessage: (call) => {
    removeOne(queueOf(call), call.input);
    return undefined;
  },
  DeleteMessageBatch: (call) => {
    const queue = queueOf(call);
    return each(call, (entry) => removeOne(queue, entry));
  },
  ChangeMessageVisibility: (call) => {
    hideOne(queueOf(call), call.input);
    return undefined;
  },
  ChangeMessageVisibilityBatch: (call) => {
    const queue = queueOf(call);
    return each(call, (entry) => hideOne(queue, entry));
  },
};

/** A batch: each entry does or does not succeed for itself. */
function each({ input }: SqsCall, act: (entry: JsonObject) => JsonObject): JsonObject {
  const Successful: JsonObject[] = [];
  const Failed: JsonObject[] = [];
  for (const entry of batch(input)) {
    const Id = text(entry, "Id");
    try {
      Successful.push({ Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      Failed.push({ Id, Code: error.queryCode, Message: error.message, SenderFault: error.status < 500 });
    }
  }
  return { ...(Successful.length > 0 && { Successful }), ...(Failed.length > 0 && { Failed }) };
}

function sendOne(queue: Queue, input: JsonObject): JsonObject {
  const body = text(input, "MessageBody");
  const attributes = object(input, "MessageAttributes");
  const most = queue.number("MaximumMessageSize");
  if (body === "") throw missing("MessageBody");
  if (Buffer.byteLength(body) + Buffer.byteLength(JSON.stringify(attributes)) > most) {
    throw invalid("MessageBody", `Message must be shorter than ${most} bytes.`);
  }
  if (refusedCharacters.test(body)) {
    throw new SqsError("InvalidMessageContents", "The message contains characters outside the allowed set.");
  }
  const delaySeconds = wholeNumber(input, "DelaySeconds", { least: 0, most: 900 });
  const message = queue.send({ body, attributes, ...(delaySeconds !== undefined && { delaySeconds }) });
  const digest = attributesDigest(attributes);
  return {
    MessageId: message.id,
    MD5OfMessageBody: bodyDigest(body),
    ...(digest !== undefined && { MD5OfMessageAttributes: digest }),
  };
}

/** ReceiveMessage. Long polls wait in real time, and end when their client goes away: then nothing is taken. */
async function receive(call: SqsCall): Promise<JsonObject> {
  const { input, gone } = call;
  const queue = queueOf(call);
  const most = wholeNumber(input, "MaxNumberOfMessages", { least: 1, most: 10 }) ?? 1;
  const seconds =
    wholeNumber(input, "WaitTimeSeconds", { least: 0, most: 20 }) ?? queue.number("ReceiveMessageWaitTimeSeconds");
  const visibility = wholeNumber(input, "VisibilityTimeout", { least: 0, most: 43_200 });
  const told = tellerOf(input);
  const end = performance.now() + seconds * 1000;
  for (;;) {
    if (gone?.aborted) return {};
    call.settle();
    const messages = queue.receive(most, visibility);
    const left = end - performance.now();
    if (messages.length > 0) return { Messages: messages.map(told) };
    // A queue that was deleted or replaced meanwhile gets nothing more.
    if (left <= 0 || call.queues.find(queue.account, queue.name) !== queue) return {};
    await queue.arrival(left, gone);
  }
}

function tellerOf(input: JsonObject): (message: ReceivedMessage) => JsonObject {
  const system = [...texts(input, "AttributeNames"), ...texts(input, "MessageSystemAttributeNames")];
  const own = texts(input, "MessageAttributeNames");
  const isOwn = (name: string): boolean =>
    own.some(
      (wanted) =>
        wanted === "All" || wanted === name || (wanted.endsWith(".*") && name.startsWith(wanted.slice(0, -2))),
    );
  return (message) => {
    const all = Object.entries(systemAttributes(message));
    const Attributes = all.filter(([name]) => system.includes("All") || system.includes(name));
    const MessageAttributes = Object.fromEntries(Object.entries(message.attributes).filter(([name]) => isOwn(name)));
    const digest = attributesDigest(MessageAttributes);
    return {
      MessageId: message.id,
      ReceiptHandle: message.receipt,
      MD5OfBody: bodyDigest(message.body),
      Body: message.body,
      ...(Attributes.length > 0 && { Attributes: Object.fromEntries(Attributes) }),
      ...(digest !== undefined && { MessageAttributes, MD5OfMessageAttributes: digest }),
    };
  };
}

function systemAttributes({ sentAt, receives, firstReceivedAt }: StoredMessage): Readonly<Record<string, string>> {
  return {
    ApproximateFirstReceiveTimestamp: String(Math.floor(firstReceivedAt ?? 0)),
    ApproximateReceiveCount: String(receives),
    SenderId: "events.amazonaws.com",
    SentTimestamp: String(Math.floor(sentAt)),
  };
}

function removeOne(queue: Queue, input: JsonObject): JsonObject {
  if (queue.remove(text(input, "ReceiptHandle")) === "unreadable") throw badReceipt();
  return {};
}

function hideOne(queue: Queue, input: JsonObject): JsonObject {
  const receipt = text(input, "ReceiptHandle");
  const seconds = wholeNumber(input, "VisibilityTimeout", { least: 0, most: 43_200 });
  if (seconds === undefined) throw missing("VisibilityTimeout");
  const outcome = queue.hide(receipt, seconds);
  if (outcome === "unreadable") throw badReceipt();
  if (outcome === "not-in-flight") {
    const queryCode = "AWS.SimpleQueueService.MessageNotInflight";
    throw new SqsError("MessageNotInflight", "The specified message isn't in flight.", { queryCode });
  }
  return {};
}

function badReceipt(): SqsError {
  const name = "ReceiptHandleIsInvalid";
  return new SqsError(name, "The input receipt handle is invalid.", { status: 404, queryCode: name });
}
