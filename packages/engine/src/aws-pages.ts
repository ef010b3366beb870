import type { JsonObject } from "@cosell/connector";
import { isList, isObject } from "@cosell/core";
import type { CallOptions, PartnerCentral } from "@cosell/partner-central";

/** One look at a list of AWS. */
export interface PagedCall {
  readonly operation: string;
  /** The member of the answer that holds the items. */
  readonly member: string;
  readonly input: JsonObject;
}

/** AWS's pages until there is no next token. */
export async function* awsPages(
  partnerCentral: PartnerCentral,
  { operation, member, input }: PagedCall,
  options: CallOptions,
): AsyncIterable<readonly JsonObject[]> {
  let token: string | undefined;
  do {
    const next = token === undefined ? {} : { NextToken: token };
    const answer = await partnerCentral.call(operation, { ...input, ...next }, options);
    const items = answer[member];
    yield isList(items) ? items.filter(isObject) : [];
    token = typeof answer["NextToken"] === "string" && answer["NextToken"] !== "" ? answer["NextToken"] : undefined;
  } while (token !== undefined);
}
