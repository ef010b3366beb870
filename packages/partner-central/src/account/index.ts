export { createPartnerCentralAccount } from "./create-partner-central-account.ts";
export type { PartnerCentralAccount } from "./partner-central-account.ts";
export type { AccountAnswer, AccountInput, AccountItem, AccountList, AccountOperation } from "./operations.ts";
export { operationsBeyondSdk, type QualificationsPartner } from "./qualifications.ts";
