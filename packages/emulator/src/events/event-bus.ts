import { randomText, seededRandomness, type EmulatorClock, type Randomness } from "../kernel/index.ts";
import { changedDelivery, defaultDeliverySettings, type DeliverySettings } from "./delivery-settings.ts";
import { envelopeOf, type EventDraft, type EventEnvelope } from "./event-draft.ts";
import { createWebhook } from "./webhook.ts";

/** One event that was emitted. */
export interface EmittedEvent {
  /** 1, 2, 3 … over all accounts. */
  readonly sequence: number;
  /** The emulator's time, milliseconds since 1970. */
  readonly at: number;
  /** `sent`: on its way or delivered. `lost`: by chance, as the settings say. `off`: delivery is switched off. */
  readonly fate: "sent" | "lost" | "off";
  readonly event: EventEnvelope;
}

/** A copy of an event that is still under way. */
export interface PendingDelivery {
  /** Milliseconds since 1970. */
  readonly due: number;
  readonly event: EventEnvelope;
}

/** What the state document keeps of it. */
export interface EventBusDocument {
  readonly issued: number;
  readonly pending: readonly PendingDelivery[];
}

/** EventBridge for all partner accounts: takes events, and delivers them as the settings say. */
export interface EventBus {
  publish(draft: EventDraft): void;
  /** Delivers what is due by now. */
  settle(): void;
  /** Events with a sequence greater than `sequence`, the newest 100,000 of them. @defaultValue all */
  since(sequence?: number): readonly EmittedEvent[];
  /** The newest sequence; 0 before the first event. */
  readonly last: number;
  settings(): DeliverySettings;
  /** Lays a change over the settings. Throws a RangeError that names the setting. */
  configure(change: Partial<DeliverySettings>): void;
  state(): EventBusDocument;
  load(document: EventBusDocument): void;
  /** Forgets all events, and what is under way. */
  reset(): void;
  close(): Promise<void>;
}

/** What to make a bus of. */
export interface EventBusOptions {
  readonly clock: EmulatorClock;
  readonly settings?: Partial<DeliverySettings>;
  /** Decides about ids, loss, copies and delays. @defaultValue 1 */
  readonly seed?: number;
  /** Puts an event into an account's queue. */
  readonly enqueue: (account: string, queueName: string, body: string) => void;
}

const kept = 100_000;

/** A bus that has seen nothing. */
export function createEventBus({ clock, settings: given = {}, seed = 1, enqueue }: EventBusOptions): EventBus {
  let settings = changedDelivery(defaultDeliverySettings, given);
  let emitted: EmittedEvent[] = [];
  let last = 0;
  let pending: PendingDelivery[] = [];
  const random = seededRandomness(seed);
  const webhook = createWebhook(() => settings);

  const deliver = ({ event }: PendingDelivery): void => {
    const body = JSON.stringify(event);
    if (settings.queueName !== "") enqueue(event.account, settings.queueName, body);
    if (settings.webhookUrl !== "") webhook.post(body);
  };
  const settle = (): void => {
    const now = clock.now();
    if (pending.every(({ due }) => due > now)) return;
    const due = pending.filter((each) => each.due <= now).sort((a, b) => a.due - b.due);
    pending = pending.filter((each) => each.due > now);
    due.forEach(deliver);
  };
  return {
    publish: (draft) => {
      last += 1;
      const event = envelopeOf(draft, eventId(seed, last));
      const fate = !settings.delivery ? "off" : random() < settings.lossProbability ? "lost" : "sent";
      emitted.push({ sequence: last, at: clock.now(), fate, event });
      if (emitted.length > 2 * kept) emitted = emitted.slice(-kept);
      if (fate !== "sent") return;
      const comesTwice = random() < settings.duplicateProbability;
      const copy = settings.duplicatesHaveOwnIds ? envelopeOf(draft, eventId(seed, -last)) : event;
      for (const each of comesTwice ? [event, copy] : [event]) {
        pending.push({ due: draft.at + delayOf(settings, random), event: each });
      }
      settle();
    },
    settle,
    since: (sequence = 0) => emitted.slice(Math.max(0, sequence - (last - emitted.length))),
    get last() {
      return last;
    },
    settings: () => settings,
    configure: (change) => {
      settings = changedDelivery(settings, change);
    },
    state: () => ({ issued: last, pending }),
    load: (document) => {
      emitted = [];
      last = document.issued;
      pending = [...document.pending];
    },
    reset: () => {
      emitted = [];
      last = 0;
      pending = [];
    },
    close: () => webhook.close(),
  };
}

function delayOf(settings: DeliverySettings, random: Randomness): number {
  const held = random() < settings.reorderProbability ? random() * settings.reorderWithinMs : 0;
  return settings.delayMs + random() * settings.delaySpreadMs + held;
}

/** In the form of a UUID; the same in every replay. */
function eventId(seed: number, sequence: number): string {
  const hex = randomText(seededRandomness(seed * 1_000_003 + sequence), 32, "0123456789abcdef");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
