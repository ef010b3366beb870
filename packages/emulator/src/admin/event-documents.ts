import type { EventBusDocument } from "../events/index.ts";
import { isJsonObject } from "../kernel/index.ts";
import type { QueueDocument } from "../sqs/index.ts";

/** What `GET /state` gave as `events`. Throws a RangeError for anything else. */
export function eventBusDocumentOf(value: unknown): EventBusDocument {
  const isDocument =
    isJsonObject(value) &&
    typeof value.issued === "number" &&
    isListOf(value.pending, (each) => typeof each.due === "number" && isJsonObject(each.event));
  if (!isDocument) throw new RangeError("events must be a document that GET /state gave.");
  return value as unknown as EventBusDocument;
}

/** What `GET /state` gave as `sqs`. Throws a RangeError for anything else. */
export function queueDocumentsOf(value: unknown): readonly QueueDocument[] {
  const isDocument =
    isJsonObject(value) &&
    isListOf(
      value.queues,
      ({ account, name, createdAt, attributes, messages }) =>
        typeof account === "string" &&
        typeof name === "string" &&
        typeof createdAt === "number" &&
        isJsonObject(attributes) &&
        isListOf(messages, isMessage),
    );
  if (!isDocument) throw new RangeError("sqs must be a document that GET /state gave.");
  return value.queues as unknown as readonly QueueDocument[];
}

function isMessage({ id, body, attributes, sentAt, visibleAt, receives }: Readonly<Record<string, unknown>>): boolean {
  const texts = typeof id === "string" && typeof body === "string";
  return texts && isJsonObject(attributes) && [sentAt, visibleAt, receives].every((each) => typeof each === "number");
}

function isListOf(value: unknown, test: (each: Readonly<Record<string, unknown>>) => boolean): boolean {
  return Array.isArray(value) && value.every((each: unknown) => isJsonObject(each) && test(each));
}
