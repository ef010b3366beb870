import type { Connection, JsonObject } from "@cosell/connector";

/**
 * The record whose id an opportunity, or a row of AWS's list, carries as `PartnerOpportunityIdentifier`, in canonical
 * form; `undefined`: it carries none, or one of another system.
 */
export function recordNamedBy(
  opportunity: JsonObject,
  connection: Pick<Connection, "canonicalRef">,
): string | undefined {
  const stated = opportunity["PartnerOpportunityIdentifier"];
  if (typeof stated !== "string" || stated === "") return undefined;
  try {
    return connection.canonicalRef(stated);
  } catch {
    return undefined;
  }
}
