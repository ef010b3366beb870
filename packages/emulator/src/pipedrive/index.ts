export { companyOfSeed } from "./company-of-seed.ts";
export type { PipedriveDocument, PipedriveRecord, PipedriveUser } from "./document.ts";
export { createPipedrive, type Pipedrive, type PipedriveCompany } from "./pipedrive.ts";
export {
  defaultPipedriveSettings,
  demoCompany,
  otherCompany,
  type CompanySettings,
  type PipedriveSettings,
} from "./settings.ts";
export { eventBody } from "./webhooks/webhooks.ts";
