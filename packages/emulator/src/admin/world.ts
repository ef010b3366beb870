import type { EmulatorClock, Faults, RequestLog } from "../kernel/index.ts";
import type { PartnerCentralEmulator } from "../partner-central/partner-central.ts";
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
  readonly salesforce: Salesforce;
  /** Replaces everything that Salesforce holds by the seeded company. */
  seed(request: SeedRequest): void;
}
