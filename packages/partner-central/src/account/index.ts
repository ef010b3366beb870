export { createPartnerCentralAccount } from "./create-partner-central-account.ts";

export type {
  AccountAnswer,
  AccountInput,
  AccountItem,
  AccountList,
  AccountOperation,
  PartnerCentralAccount,
} from "./partner-central-account.ts";
export { operationsBeyondSdk, type QualificationsPartner } from "./qualifications.ts";
