import type { PartnerCentralOptions } from "../create-partner-central.ts";
import { sellingCaller } from "../selling-caller.ts";
import { typedClient } from "../typed/typed-client.ts";
import type { PartnerCentralSelling } from "./partner-central-selling.ts";

/**
 * A client of Partner Central Selling, all operations. Without `credentials` AWS's own default chain finds them; without
 * `endpoint` the SDK's own settings (`AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING`) and then AWS itself are used. Throws
 * `FailureError` (`config`) for an endpoint that is no address.
 */
export function createPartnerCentralSelling(options: PartnerCentralOptions): PartnerCentralSelling {
  return typedClient(sellingCaller(options), "selling", options.catalog);
}
