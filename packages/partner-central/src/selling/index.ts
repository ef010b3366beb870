export { createPartnerCentralSelling } from "./create-partner-central-selling.ts";
export type {
  PartnerCentralSelling,
  SellingAnswer,
  SellingInput,
  SellingItem,
  SellingList,
  SellingOperation,
} from "./partner-central-selling.ts";
