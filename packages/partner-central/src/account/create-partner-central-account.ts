import type { PartnerCentralOptions } from "../create-partner-central.ts";
import { operationOf } from "../model/operations.ts";
import { createRawTransport } from "../raw-transport.ts";
import { createServiceCaller } from "../service-caller.ts";
import { accountSdk } from "./account-sdk.ts";
import { typedClient } from "../typed/typed-client.ts";
import type { PartnerCentralAccount } from "./partner-central-account.ts";

/**
 * A client of Partner Central Account. Without `credentials` AWS's own default chain finds them; without `endpoint` the
 * SDK's own settings (`AWS_ENDPOINT_URL_PARTNERCENTRAL_ACCOUNT`) and then AWS itself are used. Throws `FailureError`
 * (`config`) for an endpoint that is no address.
 */
export function createPartnerCentralAccount(options: PartnerCentralOptions): PartnerCentralAccount {
  const { catalog } = options;
  const caller = createServiceCaller(options, {
    name: "account",
    endpointSetting: "The endpoint of Partner Central Account",
    openTransport: () => createRawTransport(options, accountSdk),
    inputOf: (operation, given) => (hasCatalog(operation) ? { ...given, Catalog: catalog } : given),
    readAnswer: (body) => body,
  });

  return typedClient(caller, "account", catalog);
}

/** Verifications and tags belong to no catalog; an operation that the model does not know yet is taken to have one. */
function hasCatalog(operation: string): boolean {
  return operationOf(operation, "account")?.input.some(({ path }) => path === "Catalog") ?? true;
}
