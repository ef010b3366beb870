import { validateInput } from "@cosell/partner-central/model";
import { isJsonObject, type JsonObject } from "../kernel/index.ts";
import type { Place } from "./call.ts";
import { newOpportunity } from "./new-opportunity.ts";
import { referLead, referOpportunity } from "./referral.ts";
import { catalogs, type Catalog, type StoredInvitation } from "./state.ts";

/** A person at AWS passes an opportunity or a lead on to a partner. */
export interface ReferRequest {
  /** 12 digits. @defaultValue the default account */
  readonly account?: string;
  /** @defaultValue "Sandbox" */
  readonly catalog?: Catalog;
  /** Members as CreateOpportunity takes them. */
  readonly opportunity?: JsonObject;
  /** A `Lead` as CreateEngagement takes it: `Customer` and `Interactions`. */
  readonly lead?: JsonObject;
}

/** What the partner got. */
export interface Referred {
  readonly invitation: string;
  readonly engagement: string;
}

/** Does what is asked. Throws a RangeError that says what is wrong with the request. */
export function referred(
  { account, catalog = "Sandbox", opportunity, lead }: ReferRequest,
  placeOf: (catalog: Catalog, account: string | undefined) => Place,
): StoredInvitation {
  if (account !== undefined && !/^\d{12}$/.test(account)) throw new RangeError("account must be 12 digits.");
  if (!catalogs.includes(catalog)) throw new RangeError(`catalog must be one of ${catalogs.join(", ")}.`);
  const shared = { Catalog: catalog, ClientToken: "referral" };
  if (isJsonObject(opportunity) && lead === undefined) {
    const input = { ...opportunity, Origin: "AWS Referral" };
    assertValid("CreateOpportunity", { ...input, ...shared });
    const place = placeOf(catalog, account);
    return referOpportunity(place, newOpportunity(place, input));
  }
  if (isJsonObject(lead) && opportunity === undefined) {
    assertValid("CreateEngagement", { ...shared, Contexts: [{ Type: "Lead", Payload: { Lead: lead } }] });
    return referLead(placeOf(catalog, account), lead);
  }
  throw new RangeError("A referral needs either opportunity or lead, as an object.");
}

function assertValid(operation: string, input: JsonObject): void {
  const errors = validateInput(operation, input).map(({ fieldName, message }) => `${fieldName}: ${message}`);
  if (errors.length > 0) throw new RangeError(errors.join(" "));
}
