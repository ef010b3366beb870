export { companyOfSeed } from "./company-of-seed.ts";
export type { HubspotDocument, HubspotOwner, HubspotRecord } from "./document.ts";
export { createHubspot, type Hubspot, type HubspotPortal } from "./hubspot.ts";
export {
  defaultHubspotSettings,
  demoPortal,
  otherPortal,
  type HubspotSettings,
  type PortalSettings,
} from "./settings.ts";
export { signatureOf } from "./webhooks/signature.ts";
