import { FailureError } from "@cosell/connector";
import type { WorkflowCaller } from "@cosell/partner-central/workflows";
import { isAccountPlaceUnknown, unknownAccountPlace } from "../api/account-endpoint.ts";
import type { PartnerAccount } from "../configuration/configuration.ts";
import { type ClientSurroundings, openPartnerCentral } from "../session/open-partner-central.ts";
import { openPartnerCentralAccount } from "../session/open-partner-central-account.ts";

/** Both services of Partner Central, opened. */
export interface Services {
  readonly selling: WorkflowCaller;
  readonly account: WorkflowCaller;
  close(): void;
}

/** Where the services are. */
export interface ServiceSettings extends PartnerAccount {
  /** Of the Account API; `endpoint` is the Selling API's. */
  readonly accountEndpoint?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Clients of both services. Nothing is connected before the first call. Where the Selling API is not AWS's own and nobody says
 * where the Account API is, its calls are refused: what is meant for an emulator must not reach AWS.
 */
export async function openServices(
  { accountEndpoint, ...settings }: ServiceSettings,
  surroundings: ClientSurroundings,
  environment: Environment = {},
): Promise<Services> {
  const { endpoint, ...common } = settings;
  const selling = await openPartnerCentral(settings, surroundings);
  const account = await openPartnerCentralAccount({ ...common, endpoint: accountEndpoint }, surroundings);
  const nowhere = accountEndpoint === undefined && isAccountPlaceUnknown(endpoint, environment);
  return {
    selling,
    account: nowhere ? { call: () => Promise.reject(unknownPlace()) } : account,
    close: () => {
      selling.close();
      account.close();
    },
  };
}

function unknownPlace(): FailureError {
  return new FailureError({
    kind: "config",
    message: unknownAccountPlace("--account-endpoint"),
  });
}
