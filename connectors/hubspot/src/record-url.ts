import type { Account } from "./account.ts";

/** The numbers by which HubSpot's pages name its objects; a custom object's name is its number already. */
const typeIds: Readonly<Record<string, string>> = { contacts: "0-1", companies: "0-2", deals: "0-3", tickets: "0-5" };

/** Where a person opens the record. */
export function recordUrl(account: Account, object: string, ref: string): string {
  return `https://${account.uiDomain}/contacts/${account.portalId}/record/${typeIds[object] ?? object}/${ref}`;
}
