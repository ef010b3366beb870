import { randomUUID } from "node:crypto";
import type { JsonObject } from "../kernel/index.ts";

/** One message that lies in a queue. Instants are milliseconds since 1970. */
export interface StoredMessage {
  readonly id: string;
  readonly body: string;
  /** As SendMessage took them: `{ name: { DataType, StringValue } }`. */
  readonly attributes: JsonObject;
  /** By the emulator's clock. */
  readonly sentAt: number;
  /** Hidden until then, by the clock that visibility runs on. */
  readonly visibleAt: number;
  /** How often it was received. */
  readonly receives: number;
  readonly firstReceivedAt: number | null;
}

/** A queue as the state document keeps it. */
export interface QueueDocument {
  readonly account: string;
  readonly name: string;
  /** As SetQueueAttributes takes them: texts. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly messages: readonly StoredMessage[];
}

/** The times that a queue lives in. */
export interface QueueTime {
  /** The emulator's: of sending and retention. */
  now(): number;
  /** Of visibility and delays. */
  visibility(): number;
}

/** What a message is sent with. */
export interface NewMessage {
  readonly body: string;
  readonly attributes?: JsonObject;
  readonly delaySeconds?: number;
}

/** What a received message is told with. */
export interface ReceivedMessage extends StoredMessage {
  readonly receipt: string;
}

/** What a receipt stands for: one receiving of one message. */
interface Receipt {
  readonly id: string;
  readonly receives: number;
}

/** More than this, and the oldest are lost: a queue that nobody reads must not fill the memory. */
const mostMessages = 200_000;

/** As SQS creates a queue that nothing is said about. Seconds and bytes. */
export const defaultAttributes: Readonly<Record<string, string>> = {
  DelaySeconds: "0",
  MaximumMessageSize: "1048576",
  MessageRetentionPeriod: "345600",
  ReceiveMessageWaitTimeSeconds: "0",
  VisibilityTimeout: "30",
};

/** A standard queue: at least once, in no promised order (here: as sent, what comes back first). */
export class Queue {
  readonly account: string;
  readonly name: string;
  readonly createdAt: number;
  #attributes: Readonly<Record<string, string>>;
  readonly #messages: Map<string, StoredMessage>;
  readonly #time: QueueTime;
  readonly #waiting = new Set<() => void>();

  constructor(document: QueueDocument, time: QueueTime) {
    this.account = document.account;
    this.name = document.name;
    this.createdAt = document.createdAt;
    this.#attributes = { ...defaultAttributes, ...document.attributes };
    this.#messages = new Map(document.messages.map((message) => [message.id, message]));
    this.#time = time;
  }

  get attributes(): Readonly<Record<string, string>> {
    return this.#attributes;
  }

  /** Lays attributes over the present ones. */
  configure(attributes: Readonly<Record<string, string>>): void {
    this.#attributes = { ...this.#attributes, ...attributes };
  }

  /** An attribute as a number of seconds or bytes. */
  number(name: keyof typeof defaultAttributes): number {
    return Number(this.#attributes[name] ?? defaultAttributes[name]);
  }

  send({ body, attributes = {}, delaySeconds = this.number("DelaySeconds") }: NewMessage): StoredMessage {
    const sentAt = this.#time.now();
    const visibleAt = delaySeconds > 0 ? this.#time.visibility() + delaySeconds * 1000 : 0;
    const message = { id: randomUUID(), body, attributes, sentAt, visibleAt, receives: 0, firstReceivedAt: null };
    this.#forgetOld(sentAt);
    this.#messages.set(message.id, message);
    this.wake();
    return message;
  }

  /** Takes up to `most` messages and hides them for a while. */
  receive(most: number, visibilitySeconds = this.number("VisibilityTimeout")): readonly ReceivedMessage[] {
    const now = this.#time.visibility();
    this.#forgetOld(this.#time.now());
    const taken: ReceivedMessage[] = [];
    for (const message of this.#messages.values()) {
      if (taken.length === most) break;
      if (message.visibleAt > now) continue;
      const next = {
        ...message,
        visibleAt: now + visibilitySeconds * 1000,
        receives: message.receives + 1,
        firstReceivedAt: message.firstReceivedAt ?? this.#time.now(),
      };
      this.#messages.set(message.id, next);
      taken.push({ ...next, receipt: receiptOf(next) });
    }
    return taken;
  }

  /** Deletes what a receipt stands for. An old receipt of a message that was received again since deletes nothing. */
  remove(receipt: string): "done" | "unreadable" {
    const read = readReceipt(receipt);
    if (read === undefined) return "unreadable";
    if (this.#messages.get(read.id)?.receives === read.receives) this.#messages.delete(read.id);
    return "done";
  }

  /** Hides a received message for so long from now on; 0 shows it at once. */
  hide(receipt: string, seconds: number): "done" | "unreadable" | "not-in-flight" {
    const read = readReceipt(receipt);
    if (read === undefined) return "unreadable";
    const message = this.#messages.get(read.id);
    const now = this.#time.visibility();
    if (message?.receives !== read.receives || message.visibleAt <= now) return "not-in-flight";
    this.#messages.set(read.id, { ...message, visibleAt: seconds === 0 ? 0 : now + seconds * 1000 });
    this.wake();
    return "done";
  }

  purge(): void {
    this.#messages.clear();
  }

  /** How many wait, are with a receiver, and are delayed. */
  counts(): { readonly visible: number; readonly inFlight: number; readonly delayed: number } {
    const now = this.#time.visibility();
    const hidden = [...this.#messages.values()].filter(({ visibleAt }) => visibleAt > now);
    const inFlight = hidden.filter(({ receives }) => receives > 0).length;
    return { visible: this.#messages.size - hidden.length, inFlight, delayed: hidden.length - inFlight };
  }

  /** Resolves when something may be there to receive, after `longestMs` real milliseconds, or when the receiver has gone. */
  async arrival(longestMs: number, gone?: AbortSignal): Promise<void> {
    const now = this.#time.visibility();
    const next = Math.min(
      ...[...this.#messages.values()].map(({ visibleAt }) => Math.max(1, visibleAt - now)),
      longestMs,
    );
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(end);
        gone?.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, next);
      this.#waiting.add(end);
      gone?.addEventListener("abort", end);
    });
  }

  /** Lets all who wait look again. */
  wake(): void {
    for (const end of [...this.#waiting]) end();
  }

  document(): QueueDocument {
    const { account, name, createdAt, attributes } = this;
    return { account, name, attributes, createdAt, messages: [...this.#messages.values()] };
  }

  #forgetOld(now: number): void {
    const oldest = now - this.number("MessageRetentionPeriod") * 1000;
    for (const { id, sentAt } of this.#messages.values()) {
      if (sentAt >= oldest && this.#messages.size < mostMessages) return;
      this.#messages.delete(id);
    }
  }
}

function receiptOf({ id, receives }: Receipt): string {
  return Buffer.from(`${id} ${receives}`).toString("base64");
}

function readReceipt(receipt: string): Receipt | undefined {
  const [, id = "", receives] = /^([0-9a-f-]{36}) (\d{1,9})$/.exec(Buffer.from(receipt, "base64").toString()) ?? [];
  return receives === undefined ? undefined : { id, receives: Number(receives) };
}
