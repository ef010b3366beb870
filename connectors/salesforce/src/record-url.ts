import { canonicalId } from "./salesforce-id.ts";

/** Where a person opens a record: Salesforce finds the page by the id alone, in Lightning and in Classic. @param address of the org */
export function recordUrl(address: string, ref: string): string {
  return new URL(canonicalId(ref), address).href;
}
