import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  type ReceiveMessageCommandInput,
} from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createHash } from "node:crypto";
import {
  emulatePartnerCentral,
  type EmulatedPartnerCentral,
} from "../partner-central/testing/emulated-partner-central.ts";

let world: EmulatedPartnerCentral;
let sqs: SQSClient;
const opened: SQSClient[] = [];

/** AWS's own client, which checks every MD5. */
function clientOf(accessKeyId: string): SQSClient {
  const credentials = { accessKeyId, secretAccessKey: "not checked" };
  const client = new SQSClient({ endpoint: world.sqs.url, region: "us-east-1", credentials, maxAttempts: 1 });
  opened.push(client);
  return client;
}

beforeEach(async () => {
  world = await emulatePartnerCentral();
  sqs = clientOf("AKIACOSELLPARTNERONE");
});
afterEach(async () => {
  for (const client of opened.splice(0)) client.destroy();
  await world.close();
});

const receive = async (input: Partial<ReceiveMessageCommandInput> = {}) =>
  (await sqs.send(new ReceiveMessageCommand({ QueueUrl: world.sqs.queueUrl, ...input }))).Messages ?? [];
const sendText = (MessageBody: string, more = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl: world.sqs.queueUrl, MessageBody, ...more }));

describe("the queue of events", () => {
  it("is found by its name, by each account its own", async () => {
    const found = await sqs.send(new GetQueueUrlCommand({ QueueName: "cosell-events" }));
    expect(found.QueueUrl).toBe(world.sqs.queueUrl);
    const other = clientOf("AKIACOSELLPARTNERTWO");
    const { QueueUrls } = await other.send(new ListQueuesCommand({}));
    expect(QueueUrls).toEqual([world.sqs.queueUrls["444455556666"]]);
    await expect(other.send(new ReceiveMessageCommand({ QueueUrl: world.sqs.queueUrl }))).rejects.toMatchObject({
      name: "AccessDenied",
    });
  });

  it("gives what Partner Central sends, and forgets what is deleted", async () => {
    const { Id } = await world.client.createOpportunity({ Catalog: "Sandbox" });
    const [message] = await receive({ MessageSystemAttributeNames: ["All"] });
    const event = JSON.parse(message?.Body ?? "") as Record<string, unknown>;
    expect(event).toMatchObject({
      "detail-type": "Opportunity Created",
      account: "111122223333",
      detail: { opportunity: { identifier: Id } },
    });
    expect(message?.MD5OfBody).toBe(
      createHash("md5")
        .update(message?.Body ?? "")
        .digest("hex"),
    );
    expect(message?.Attributes).toMatchObject({
      ApproximateReceiveCount: "1",
      SentTimestamp: String(world.clock.now()),
    });
    await sqs.send(new DeleteMessageCommand({ QueueUrl: world.sqs.queueUrl, ReceiptHandle: message?.ReceiptHandle }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: world.sqs.queueUrl, AttributeNames: ["All"] }),
    );
    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: "0",
      ApproximateNumberOfMessagesNotVisible: "0",
      QueueArn: "arn:aws:sqs:us-east-1:111122223333:cosell-events",
    });
  });

  it("is kept in the state with what lies in it, and emptied by a reset", async () => {
    await world.client.createOpportunity({ Catalog: "Sandbox" });
    const state = structuredClone(world.sqs.state());
    world.sqs.reset();
    expect(await receive()).toEqual([]);
    world.sqs.load(state);
    expect(await receive()).toHaveLength(1);
  });
});

describe("receiving", () => {
  it("a long poll waits for an event, and for no longer", async () => {
    const waiting = receive({ WaitTimeSeconds: 20 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await world.client.createOpportunity({ Catalog: "Sandbox" });
    expect(await waiting).toHaveLength(1);
    expect(await receive({ WaitTimeSeconds: 1 })).toEqual([]);
  });

  it("a long poll sees what a jump of the clock lets happen", async () => {
    world.partnerCentral.refer({ opportunity: { Project: { Title: "Bake" } } });
    await receive();
    const waiting = receive({ WaitTimeSeconds: 20 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    world.clock.advance(15 * 24 * 3600 * 1000);
    const [message] = await waiting;
    expect(message?.Body).toContain("Engagement Invitation Expired");
  });

  it("a long poll whose client has gone takes nothing", async () => {
    const gone = new AbortController();
    const poll = sqs.send(new ReceiveMessageCommand({ QueueUrl: world.sqs.queueUrl, WaitTimeSeconds: 20 }), {
      abortSignal: gone.signal,
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    gone.abort();
    await expect(poll).rejects.toMatchObject({ name: "AbortError" });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await sendText("hello");
    expect(await receive()).toHaveLength(1);
  });

  it("hides a message until its time is over, and counts", async () => {
    world.sqs.configure({ visibilityClock: "emulator" });
    await sendText("hello");
    await receive({ VisibilityTimeout: 60 });
    world.clock.advance(59_999);
    expect(await receive()).toEqual([]);
    world.clock.advance(1);
    const [again] = await receive({ MessageSystemAttributeNames: ["ApproximateReceiveCount"] });
    expect(again?.Attributes).toEqual({ ApproximateReceiveCount: "2" });
  });

  it("in real time, a jump of the emulator's clock frees nothing that somebody works on", async () => {
    await sendText("hello");
    await receive();
    world.clock.advance(3_600_000);
    expect(await receive()).toEqual([]);
  });

  it("gives a message back at once when its reader says so", async () => {
    await sendText("hello");
    const [message] = await receive();
    const QueueUrl = world.sqs.queueUrl;
    const given = { QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 0 };
    await sqs.send(new ChangeMessageVisibilityCommand(given));
    const [again] = await receive();
    expect(again?.MessageId).toBe(message?.MessageId);
    // The first receipt is of the past: it deletes nothing.
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
    const second = { QueueUrl, ReceiptHandle: again?.ReceiptHandle, VisibilityTimeout: 0 };
    await sqs.send(new ChangeMessageVisibilityCommand(second));
    expect(await receive()).toHaveLength(1);
  });

  it("gives ten at most, in the order in which they were sent", async () => {
    const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `e${index}`, MessageBody: `m${index}` }));
    const QueueUrl = world.sqs.queueUrl;
    const { Successful } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect(Successful).toHaveLength(10);
    await sendText("m10");
    const messages = await receive({ MaxNumberOfMessages: 10 });
    expect(messages.map(({ Body }) => Body)).toEqual(Entries.map(({ MessageBody }) => MessageBody));

    const hidden = await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl,
        Entries: messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle, VisibilityTimeout: 5 })),
      }),
    );
    expect(hidden.Successful).toHaveLength(10);
    const deleted = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: "good", ReceiptHandle: messages[0]?.ReceiptHandle },
          { Id: "bad", ReceiptHandle: "nonsense" },
        ],
      }),
    );
    expect(deleted).toMatchObject({
      Successful: [{ Id: "good" }],
      Failed: [{ Id: "bad", Code: "ReceiptHandleIsInvalid", SenderFault: true }],
    });
  });
});

describe("queues", () => {
  it("are made, told, emptied and deleted", async () => {
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: "other", Attributes: { VisibilityTimeout: "5" } }),
    );
    const MessageAttributes = { kind: { DataType: "String", StringValue: "x" } };
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "é", MessageAttributes }));
    const [message] = await receive({ QueueUrl, MessageAttributeNames: ["All"] });
    expect(message).toMatchObject({ Body: "é", MessageAttributes: { kind: { StringValue: "x" } } });
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    const { QueueUrls } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: "oth" }));
    expect(QueueUrls).toEqual([QueueUrl]);
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    await expect(receive({ QueueUrl })).rejects.toMatchObject({ name: "QueueDoesNotExist" });
  });

  it.each([
    ["an unknown queue", () => receive({ QueueUrl: `${world.sqs.url}/111122223333/none` }), "QueueDoesNotExist"],
    ["no queue by that name", () => sqs.send(new GetQueueUrlCommand({ QueueName: "none" })), "QueueDoesNotExist"],
    ["too many messages", () => receive({ MaxNumberOfMessages: 11 }), "InvalidParameterValue"],
    ["too long a wait", () => receive({ WaitTimeSeconds: 21 }), "InvalidParameterValue"],
    ["an empty body", () => sendText(""), "MissingParameter"],
    ["a null byte", () => sendText("a\u0000b"), "InvalidMessageContents"],
    ["a lone surrogate's neighbour", () => sendText("a\uffffb"), "InvalidMessageContents"],
    ["too large a body", () => sendText("x".repeat(1_048_577)), "InvalidParameterValue"],
    [
      "a receipt that is none",
      () => sqs.send(new DeleteMessageCommand({ QueueUrl: world.sqs.queueUrl, ReceiptHandle: "x" })),
      "ReceiptHandleIsInvalid",
    ],
    [
      "the same id twice",
      () =>
        sqs.send(
          new SendMessageBatchCommand({
            QueueUrl: world.sqs.queueUrl,
            Entries: [
              { Id: "a", MessageBody: "1" },
              { Id: "a", MessageBody: "2" },
            ],
          }),
        ),
      "BatchEntryIdsNotDistinct",
    ],
    [
      "an empty batch",
      () => sqs.send(new SendMessageBatchCommand({ QueueUrl: world.sqs.queueUrl, Entries: [] })),
      "EmptyBatchRequest",
    ],
    ["a bad name", () => sqs.send(new CreateQueueCommand({ QueueName: "a b" })), "InvalidParameterValue"],
    [
      "a bad attribute",
      () => sqs.send(new CreateQueueCommand({ QueueName: "a", Attributes: { VisibilityTimeout: "-1" } })),
      "InvalidAttributeValue",
    ],
  ] as const)("refuse %s as SQS does", async (_, act, name) => {
    await expect(act()).rejects.toMatchObject({ name });
  });

  it("meet faults as other servers do", async () => {
    world.faults.add({ server: "sqs", operation: "ReceiveMessage", kind: "throttle", times: 1 });
    await expect(receive()).rejects.toMatchObject({ name: "RequestThrottled" });
    world.faults.add({ server: "sqs", kind: "expired-token", times: 1 });
    await expect(receive()).rejects.toMatchObject({ name: "ExpiredToken" });
    expect(await receive()).toEqual([]);
  });
});
