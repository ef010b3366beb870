import { createEventBus, type DeliverySettings, type EventBus } from "./events/index.ts";
import { mergeSettings, type EmulatorClock, type EmulatorServer } from "./kernel/index.ts";
import type { PartnerCentralAccountSettings } from "./partner-central-account/settings.ts";
import { createPartnerCentral, type PartnerCentralEmulator } from "./partner-central/partner-central.ts";
import type { PartnerCentralSettings } from "./partner-central/settings.ts";
import {
  createQueues,
  createSqsServer,
  defaultSqsSettings,
  sqsChoices,
  type QueueDocument,
  type SqsSettings,
} from "./sqs/index.ts";

/** Settings of everything around Partner Central, each laid over its defaults. */
export interface EventfulSettings {
  readonly partnerCentralSelling?: Partial<PartnerCentralSettings>;
  readonly partnerCentralAccount?: Partial<PartnerCentralAccountSettings>;
  readonly events?: Partial<DeliverySettings>;
  readonly sqs?: Partial<SqsSettings>;
}

/** The emulated SQS as a program drives it. */
export interface SqsEmulator extends EmulatorServer {
  settings(): SqsSettings;
  /** Lays a change over the settings. Throws a RangeError that names the setting. */
  configure(change: Partial<SqsSettings>): void;
  /** All queues with all that lies in them. */
  state(): readonly QueueDocument[];
  load(queues: readonly QueueDocument[]): void;
  /** Empties everything: each partner account has its queue of events, and nothing else. */
  reset(): void;
  /** The path of an account's queue of events, behind the server's URL. */
  queuePath(account: string): string;
}

/** Partner Central, the events that it sends, and the queues that they come to. */
export interface EventfulPartnerCentral {
  readonly partnerCentral: PartnerCentralEmulator;
  readonly events: EventBus;
  readonly sqs: SqsEmulator;
  /** Lets happen what the clock has made due, and delivers its events. */
  readonly settle: () => void;
  /** Ends timers and deliveries. */
  close(): Promise<void>;
}

/** How often a clock that runs by itself is looked at, in real milliseconds. */
const tickMs = 250;

/** Joins them. Whatever the clock makes due happens when it is moved, every quarter second, and when somebody reads. */
export function createEventfulPartnerCentral({
  clock,
  settings = {},
  eventSeed = 1,
}: {
  readonly clock: EmulatorClock;
  readonly settings?: EventfulSettings;
  readonly eventSeed?: number;
}): EventfulPartnerCentral {
  let sqsSettings = mergeSettings(defaultSqsSettings, settings.sqs ?? {}, sqsChoices);
  const queues = createQueues(clock, () => sqsSettings);
  const events = createEventBus({
    clock,
    settings: settings.events ?? {},
    seed: eventSeed,
    enqueue: (account, name, body) => void queues.open(account, name).send({ body }),
  });
  const partnerCentral = createPartnerCentral({
    clock,
    settings: settings.partnerCentralSelling ?? {},
    accountSettings: settings.partnerCentralAccount ?? {},
    publish: (event) => events.publish(event),
  });
  const openQueues = (): void => {
    const { accounts, defaultAccount } = partnerCentral.settings();
    const { queueName } = events.settings();
    if (queueName === "") return;
    for (const account of [defaultAccount, ...Object.values(accounts)]) queues.open(account, queueName);
  };
  const settle = (): void => {
    partnerCentral.settle();
    events.settle();
  };
  openQueues();
  const unsubscribe = clock.onMove?.(() => {
    settle();
    queues.wake();
  });
  let seen = clock.now();
  const ticker = setInterval(() => {
    if (clock.now() === seen) return;
    seen = clock.now();
    settle();
  }, tickMs).unref();

  const sqs: SqsEmulator = {
    ...createSqsServer({
      queues,
      accountOf: (keyId) => {
        const { accounts, defaultAccount, unlistedKeys, unsigned } = partnerCentral.settings();
        if (keyId === undefined) return unsigned === "never" ? undefined : defaultAccount;
        if (Object.hasOwn(accounts, keyId)) return accounts[keyId];
        return unlistedKeys === "default-account" ? defaultAccount : undefined;
      },
      settle,
    }),
    settings: () => sqsSettings,
    configure: (change) => {
      sqsSettings = mergeSettings(sqsSettings, change, sqsChoices);
      queues.wake();
    },
    state: () => queues.state(),
    load: (documents) => queues.load(documents),
    reset: () => {
      queues.load([]);
      openQueues();
    },
    queuePath: (account) => `/${account}/${events.settings().queueName}`,
  };
  return {
    partnerCentral,
    events,
    sqs,
    settle,
    close: async () => {
      unsubscribe?.();
      clearInterval(ticker);
      queues.wake();
      await events.close();
    },
  };
}
