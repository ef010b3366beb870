export type { SalesforceDocument, SalesforceRecord, SalesforceSeed } from "./document.ts";
export { createSalesforce, type Salesforce } from "./salesforce.ts";
export type { SalesforceSettings } from "./settings.ts";
