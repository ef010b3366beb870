export {
  defaultDeliverySettings,
  eventsOfAction,
  type DeliverySettings,
  type EmittedEvent,
  type EventBus,
  type EventEnvelope,
} from "./events/index.ts";
export type { SqsEmulator } from "./partner-central-with-events.ts";
export type { SqsAddress } from "./sqs-address.ts";
export type { SqsSettings } from "./sqs/index.ts";
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
export { createPartnerCentral as createEmulatedPartnerCentral } from "./partner-central/partner-central.ts";
export { directTransport, type DirectTransport } from "./partner-central/direct.ts";
export { defaultPartnerCentralSettings, type PartnerCentralSettings } from "./partner-central/settings.ts";
export {
  defaultPartnerCentralAccountSettings,
  type PartnerCentralAccountSettings,
} from "./partner-central-account/settings.ts";
export type {
  AccountEditRequest,
  ConnectRequest,
  PartnerCentralAccountEmulator,
} from "./partner-central-account/partner-central-account.ts";
export type { Salesforce, SalesforceSettings } from "./salesforce/index.ts";
export {
  companyOfSeed,
  createHubspot,
  defaultHubspotSettings,
  demoPortal as demoHubspotPortal,
  otherPortal as otherHubspotPortal,
  signatureOf as hubspotSignatureOf,
  type Hubspot,
  type HubspotOwner,
  type HubspotPortal,
  type HubspotRecord,
  type HubspotSettings,
  type PortalSettings as HubspotPortalSettings,
} from "./hubspot/index.ts";
export {
  companyOfSeed as pipedriveCompanyOfSeed,
  createPipedrive,
  defaultPipedriveSettings,
  demoCompany as demoPipedriveCompany,
  eventBody as pipedriveEventBody,
  otherCompany as otherPipedriveCompany,
  type CompanySettings as PipedriveCompanySettings,
  type Pipedrive,
  type PipedriveCompany,
  type PipedriveRecord,
  type PipedriveSettings,
  type PipedriveUser,
} from "./pipedrive/index.ts";
