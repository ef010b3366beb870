import type { JsonObject } from "@cosell/connector";
import type { CallOptions } from "@cosell/partner-central";
import type { PartnerAccount } from "../configuration/configuration.ts";
import { type ClientSurroundings, clientOptions } from "./open-partner-central.ts";

/** A client that calls operations by name. */
export interface NamedCalls {
  call(operation: string, input: JsonObject, options?: CallOptions): Promise<JsonObject>;
  close(): void;
}

/** A client of the Account API for operations by name: without types, since the input was held against AWS's model. */
export async function openPartnerCentralAccount(
  account: PartnerAccount,
  surroundings: ClientSurroundings,
): Promise<NamedCalls> {
  const { createPartnerCentralAccount } = await import("@cosell/partner-central");
  return createPartnerCentralAccount(await clientOptions(account, surroundings));
}
