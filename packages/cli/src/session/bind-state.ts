import type { StateStore } from "@cosell/state";
import type { ConfiguredSync } from "../configuration/configuration.ts";
import type { PartnerClients } from "./partner-clients.ts";

/**
 * Ties the state to the catalog and the partner account of a sync, so that a configuration in which they were swapped
 * is refused before anything is written. The key of the single form is that of the first release: its states stay valid.
 * @throws FailureError `config`, naming both values
 */
export async function bindAccount(
  store: StateStore,
  { name: sync, partnerCentral: account }: ConfiguredSync,
  clients: PartnerClients,
): Promise<void> {
  const { catalog } = account;
  if (account.name === undefined) await store.bind("catalog", catalog);
  await store.bind(`catalog of sync ${sync}`, catalog);
  if (account.name === undefined) return;
  const accountId = await clients.accountIdOf(account);
  if (accountId !== undefined) await store.bind(`partner account of sync ${sync}`, accountId);
}

/** Ties the state to the org of a sync's CRM. @throws FailureError `config`, naming both values */
export async function bindOrganization(
  store: StateStore,
  { name: sync, connection }: ConfiguredSync,
  organization: string,
): Promise<void> {
  await store.bind(`organization of connection ${connection.name}`, organization);
  await store.bind(`organization of sync ${sync}`, organization);
}
