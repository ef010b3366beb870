import type { JsonObject } from "@cosell/connector";
import { callOptions, type Deal } from "../deal.ts";
import { clockSkewMs } from "./sent-calls.ts";

/** An opportunity that carries a record's id. */
export interface Carrier {
  readonly id: string;
  /** Made since the instant that was asked for. */
  readonly isNew: boolean;
  /** Others that carry it too: then it is nobody's to guess. */
  readonly others: readonly string[];
}

/** The record's id that a create gives AWS, by which its opportunity is found again; the mapping may give none. */
export function identifierOf(request: JsonObject): string | undefined {
  const identifier = request["PartnerOpportunityIdentifier"];
  return typeof identifier === "string" && identifier !== "" ? identifier : undefined;
}

/**
 * Looks in AWS's list for the opportunity that carries the record's id as a create gave it: among those that changed
 * `since` (milliseconds; undefined: among all). Nothing is found without an id.
 */
export async function findCarrier(
  request: JsonObject,
  since: number | undefined,
  deal: Deal,
): Promise<Carrier | undefined> {
  const identifier = identifierOf(request);
  if (identifier === undefined) return undefined;
  const from = since === undefined ? undefined : since - clockSkewMs;
  const filter = from === undefined ? {} : { after: new Date(from).toISOString() };
  const found = new Map<string, boolean>();
  for await (const page of deal.options.partnerCentral.listOpportunities(filter, callOptions(deal))) {
    for (const { Id: id, CreatedDate: created, PartnerOpportunityIdentifier: carried } of page) {
      if (carried !== identifier || typeof id !== "string") continue;
      found.set(id, from !== undefined && typeof created === "string" && Date.parse(created) >= from);
    }
  }
  const [first, ...others] = found;
  return first && { id: first[0], isNew: first[1], others: others.map(([id]) => id) };
}
