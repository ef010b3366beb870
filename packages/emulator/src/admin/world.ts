import type { EventBus } from "../events/index.ts";
import type { Hubspot } from "../hubspot/index.ts";
import type { EmulatorClock, Faults, RequestLog } from "../kernel/index.ts";
import type { SqsEmulator } from "../partner-central-with-events.ts";
import type { PartnerCentralEmulator } from "../partner-central/partner-central.ts";
import type { Pipedrive } from "../pipedrive/index.ts";
import type { Salesforce } from "../salesforce/index.ts";

/** What to seed: a company of `deals` deals, drawn by `seed`, as it stands on the day `asOf`. */
export interface SeedRequest {
  readonly deals: number;
  readonly seed: number;
  /** `YYYY-MM-DD`. */
  readonly asOf: string;
}

/** Everything that the admin face drives. */
export interface EmulatedWorld {
  readonly clock: EmulatorClock;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly partnerCentral: PartnerCentralEmulator;
  /** Every event that Partner Central emitted, and how they are delivered. */
  readonly events: EventBus;
  /** The queues that events come to. */
  readonly sqs: SqsEmulator;
  /** Lets happen what the clock has made due, before somebody looks. */
  readonly settle: () => void;
  readonly salesforce: Salesforce;
  readonly hubspot: Hubspot;
  readonly pipedrive: Pipedrive;
  /** Replaces everything that Salesforce, HubSpot's first portal and Pipedrive's first company hold by the seeded company. */
  seed(request: SeedRequest): void;
}
