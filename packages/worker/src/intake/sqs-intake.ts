import { SQSClient, type SQSClientConfig } from "@aws-sdk/client-sqs";
import type { JsonValue, Logger } from "@cosell/connector";
import { parseEvent } from "@cosell/partner-central";
import { Consumer } from "sqs-consumer";

export interface SqsIntakeOptions {
  readonly queueUrl: string;
  readonly region: string;
  /** Other than AWS's own, such as an emulator's. */
  readonly endpoint?: string;
  /** @defaultValue AWS's own chain */
  readonly credentials?: SQSClientConfig["credentials"];
  /** Stores the marks of events; what it throws makes SQS deliver them again. */
  readonly take: (events: readonly JsonValue[]) => Promise<unknown>;
  readonly onMessages: (outcome: "taken" | "foreign" | "failed", count: number) => void;
  readonly logger: Logger;
}

export interface RunningIntake {
  /** Lets the messages in hand end, ten seconds at most; what is not ended comes again. */
  stop(): Promise<void>;
}

/** Longer than storing marks ever takes: a message that is not deleted by then comes again. */
const visibilitySeconds = 60;

/**
 * Takes EventBridge's events from an SQS queue by long polling. A message is deleted when its marks are stored, so that
 * nothing is lost when the process dies in between. Messages that are no events of Partner Central are deleted too: they
 * would come for ever.
 */
export function startSqsIntake(options: SqsIntakeOptions): RunningIntake {
  const { queueUrl, region, endpoint, credentials, take, onMessages, logger } = options;
  const sqs = new SQSClient({
    region,
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials !== undefined && { credentials }),
  });
  const consumer = Consumer.create({
    queueUrl,
    sqs,
    batchSize: 10,
    waitTimeSeconds: 20,
    visibilityTimeout: visibilitySeconds,
    pollingCompleteWaitTimeMs: 10_000,
    handleMessageBatch: async (messages) => {
      const bodies = messages.map(({ Body = "" }): JsonValue => Body);
      const events = bodies.filter((body) => parseEvent(body) !== undefined);
      try {
        if (events.length > 0) await take(events);
      } catch (error) {
        onMessages("failed", messages.length);
        throw error;
      }
      onMessages("taken", events.length);
      if (events.length < messages.length) onMessages("foreign", messages.length - events.length);
      return messages;
    },
  });
  let stopping = false;
  // Names only: a message's body is the customer's.
  consumer.on("error", (error) => {
    // The long poll that our own stop has cut short.
    if (!stopping) logger.error("the event queue cannot be read", { error: error.name });
  });
  consumer.on("processing_error", (error) => {
    logger.error("events could not be stored; SQS will deliver them again", { error: error.name });
  });
  consumer.start();
  return {
    async stop() {
      const stopped = new Promise<void>((resolve) => {
        consumer.once("stopped", () => {
          resolve();
        });
      });
      stopping = true;
      consumer.stop({ abort: true });
      await stopped;
      sqs.destroy();
    },
  };
}
