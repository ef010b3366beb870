import {
  createFaults,
  createRequestLog,
  runningClock,
  startHost,
  type EmulatorClock,
  type EmulatorHooks,
  type EmulatorServer,
  type Faults,
  type Host,
  type RequestLog,
} from "./kernel/index.ts";
import type { DeliverySettings, EventBus } from "./events/index.ts";
import type { PartnerCentralAccountSettings } from "./partner-central-account/settings.ts";
import { createEventfulPartnerCentral, type SqsEmulator } from "./partner-central-with-events.ts";
import type { PartnerCentralEmulator } from "./partner-central/partner-central.ts";
import type { PartnerCentralSettings } from "./partner-central/settings.ts";
import { sqsAddress, type SqsAddress } from "./sqs-address.ts";
import type { SqsSettings } from "./sqs/index.ts";

/** What to start Partner Central with. */
export interface PartnerCentralOptions {
  /** @defaultValue the machine's time, which can be moved */
  readonly clock?: EmulatorClock;
  /** Laid over the defaults. */
  readonly settings?: Partial<PartnerCentralSettings>;
  /** Laid over the defaults of the Account API. */
  readonly accountSettings?: Partial<PartnerCentralAccountSettings>;
  /** How events are delivered, laid over the defaults: at once, once, in order, to the queue of each account. */
  readonly eventSettings?: Partial<DeliverySettings>;
  /** Laid over the defaults of SQS. */
  readonly sqsSettings?: Partial<SqsSettings>;
  /** Decides about events that are lost, doubled or late by chance. @defaultValue 1 */
  readonly eventSeed?: number;
  /** Of the Selling API. @defaultValue any free port */
  readonly port?: number;
  /** @defaultValue any free port */
  readonly accountPort?: number;
  /** Of SQS. @defaultValue any free port */
  readonly sqsPort?: number;
  /** How long a client may take to send a request, in real milliseconds. @defaultValue 30,000 */
  readonly requestTimeoutMs?: number;
  /** @defaultValue "127.0.0.1" */
  readonly host?: string;
  /** Decides about faults that strike by chance. @defaultValue 1 */
  readonly faultSeed?: number;
  readonly hooks?: EmulatorHooks;
}

/** Partner Central, listening, with a direct handle on it. */
export interface RunningPartnerCentral {
  /** The endpoint for `@aws-sdk/client-partnercentral-selling` or any HTTP client. */
  readonly url: string;
  /** The same, named as `startEmulators` names it. */
  readonly partnerCentralSelling: { readonly url: string };
  /** The endpoint for `@aws-sdk/client-partnercentral-account`. */
  readonly partnerCentralAccount: { readonly url: string };
  /** The endpoint for `@aws-sdk/client-sqs`, and the queues of events. */
  readonly sqs: SqsEmulator & SqsAddress;
  /** Every event that was emitted, and how they are delivered. */
  readonly events: EventBus;
  readonly clock: EmulatorClock;
  readonly partnerCentral: PartnerCentralEmulator;
  readonly faults: Faults;
  readonly requests: RequestLog;
  close(): Promise<void>;
}

/** Starts Partner Central alone, both APIs, for any test runner. Rejects when a port is taken; nothing listens then. */
export async function startPartnerCentral(options: PartnerCentralOptions = {}): Promise<RunningPartnerCentral> {
  const { clock = runningClock(), settings = {}, accountSettings = {}, faultSeed = 1, host, hooks } = options;
  const { eventSettings = {}, sqsSettings = {}, eventSeed = 1, requestTimeoutMs } = options;
  const world = createEventfulPartnerCentral({
    clock,
    settings: {
      partnerCentralSelling: settings,
      partnerCentralAccount: accountSettings,
      events: eventSettings,
      sqs: sqsSettings,
    },
    eventSeed,
  });
  const { partnerCentral, events, sqs } = world;
  const faults = createFaults({ seed: faultSeed });
  const requests = createRequestLog();
  const hosts: Host[] = [];
  const listen = async (server: EmulatorServer, port: number | undefined): Promise<string> => {
    const running = await startHost({
      server,
      faults,
      requests,
      clock,
      ...(port !== undefined && { port }),
      ...(host !== undefined && { host }),
      ...(hooks && { hooks }),
      ...(requestTimeoutMs !== undefined && { requestTimeoutMs }),
    });
    hosts.push(running);
    return running.url;
  };
  const close = async (): Promise<void> => {
    await world.close();
    await Promise.all(hosts.map((running) => running.close()));
  };
  try {
    const url = await listen(partnerCentral, options.port);
    return {
      url,
      partnerCentralSelling: { url },
      partnerCentralAccount: { url: await listen(partnerCentral.account, options.accountPort) },
      sqs: { ...sqs, ...sqsAddress(await listen(sqs, options.sqsPort), sqs, partnerCentral) },
      events,
      clock,
      partnerCentral,
      faults,
      requests,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
