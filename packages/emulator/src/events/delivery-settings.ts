import { mergeSettings } from "../kernel/index.ts";

/** How events find their way. Milliseconds are the emulator's; probabilities go from 0 to 1 and follow the event seed. */
export interface DeliverySettings {
  /** Whether events are delivered at all. They are in the log of events in any case. */
  readonly delivery: boolean;
  /** The queue of each account that gets them. Empty: no queue. */
  readonly queueName: string;
  /** Gets every event as one POST, as EventBridge's API destinations send it. Empty: nobody. */
  readonly webhookUrl: string;
  /** The header that carries the key. */
  readonly webhookHeaderName: string;
  /** Its value. GET /settings does not tell it. Empty: no header. */
  readonly webhookHeaderValue: string;
  /** How often one event is tried, when the receiver answers 429 or 5xx, or not at all. */
  readonly webhookAttempts: number;
  /** How long every event is under way. */
  readonly delayMs: number;
  /** Up to so much more, by chance. */
  readonly delaySpreadMs: number;
  /** How often an event comes twice. */
  readonly duplicateProbability: number;
  /** Whether the second copy has an id of its own, as captured ones had: so nobody can tell a copy by its id. */
  readonly duplicatesHaveOwnIds: boolean;
  /** How often an event is held back, so that later ones overtake it. */
  readonly reorderProbability: number;
  /** How long at most it is held back then. */
  readonly reorderWithinMs: number;
  /** How often an event never comes: EventBridge promises its best effort for these, no more. */
  readonly lossProbability: number;
}

/** To each account's queue, at once, once, in order. */
export const defaultDeliverySettings: DeliverySettings = {
  delivery: true,
  queueName: "cosell-events",
  webhookUrl: "",
  webhookHeaderName: "x-api-key",
  webhookHeaderValue: "",
  webhookAttempts: 4,
  delayMs: 0,
  delaySpreadMs: 0,
  duplicateProbability: 0,
  duplicatesHaveOwnIds: false,
  reorderProbability: 0,
  reorderWithinMs: 5000,
  lossProbability: 0,
};

/** Settings with a change laid over them. Throws a RangeError that names the setting and what it takes. */
export function changedDelivery(settings: DeliverySettings, change: unknown): DeliverySettings {
  const next = mergeSettings(settings, change);
  for (const [name, value] of Object.entries(next) as [string, unknown][]) {
    if (typeof value === "number" && !(value >= 0 && value <= (name.endsWith("Probability") ? 1 : 1e12))) {
      const wanted = name.endsWith("Probability") ? "a number from 0 to 1" : "a number from 0 on";
      throw new RangeError(`The setting ${name} takes ${wanted}.`);
    }
  }
  if (!/^[\w-]{0,80}$/.test(next.queueName)) {
    throw new RangeError("The setting queueName takes up to 80 letters, digits, hyphens and underscores.");
  }
  if (next.webhookUrl !== "" && !/^https?:$/.test(URL.parse(next.webhookUrl)?.protocol ?? "")) {
    throw new RangeError("The setting webhookUrl takes a URL that begins with http:// or https://.");
  }
  try {
    new Headers([[next.webhookHeaderName, next.webhookHeaderValue]]);
  } catch {
    throw new RangeError("The settings webhookHeaderName and webhookHeaderValue take what a header can carry.");
  }
  return next;
}
