export { startEmulators, type EmulatorsOptions, type RunningEmulators } from "./start.ts";
export {
  startPartnerCentral,
  type PartnerCentralOptions,
  type RunningPartnerCentral,
} from "./start-partner-central.ts";
export type { EmulatedWorld, SeedRequest } from "./admin/world.ts";
export { manualClock, runningClock, type EmulatorClock } from "./kernel/clock.ts";
export { faultKinds, type FaultKind, type FaultRule, type Faults } from "./kernel/faults.ts";
export type { LoggedRequest, RequestLog } from "./kernel/request-log.ts";
export type { EmulatorHooks, RequestEvent } from "./kernel/server.ts";
export type { EditRequest, PartnerCentralEmulator, ReviewRequest } from "./partner-central/partner-central.ts";
export type { Referred, ReferRequest } from "./partner-central/refer-request.ts";
export { defaultPartnerCentralSettings, type PartnerCentralSettings } from "./partner-central/settings.ts";
export type { Salesforce, SalesforceSettings } from "./salesforce/index.ts";
