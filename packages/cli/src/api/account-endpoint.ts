import type { PartnerAccount } from "../configuration/configuration.ts";
import { UsageError } from "../failure/findings-error.ts";

/** AWS's own variables; the SDK reads them itself. */
const sellingOnly = "AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING";
const accountOnly = "AWS_ENDPOINT_URL_PARTNERCENTRAL_ACCOUNT";
const everywhere = "AWS_ENDPOINT_URL";

/**
 * Whether the Selling API is not AWS's own and nobody says where the Account API is: what is meant for an emulator or a proxy
 * must not reach AWS then.
 * @param endpoint the Selling API's, as it is configured
 */
export function isAccountPlaceUnknown(
  endpoint: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  const isSet = (name: string): boolean => (environment[name] ?? "") !== "";
  const elsewhere = endpoint !== undefined || isSet(sellingOnly);
  return elsewhere && !isSet(accountOnly) && !isSet(everywhere);
}

/** What is to be said then. @param flag the option that names the Account API's address */
export function unknownAccountPlace(flag: string): string {
  return `The Selling API is not AWS's own here, and nobody says where the Account API is. Name it with ${flag} or ${accountOnly}.`;
}

/**
 * The settings for the Account API. The configuration's endpoint is the Selling API's: who has one (an emulator, a proxy)
 * has to name the other as well, so that a call that was meant for it never reaches AWS.
 * @param flag the endpoint of the command line
 * @throws UsageError when only the Selling API's is named
 */
export function accountSettings(
  settings: PartnerAccount,
  flag: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): PartnerAccount {
  if (flag !== undefined) return settings;
  const { endpoint, ...others } = settings;
  if (!isAccountPlaceUnknown(endpoint, environment)) return others;
  throw new UsageError(unknownAccountPlace("--endpoint"));
}
