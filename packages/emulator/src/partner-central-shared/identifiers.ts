import { randomText, seededRandomness } from "../kernel/index.ts";
import type { Catalog } from "./catalog.ts";

/** A state that counts how many ids it gave out. */
export interface Issuing {
  issued: number;
}

/** `O1000001`, `O1000002` … over all accounts and catalogs. */
export function newOpportunityId(state: Issuing): string {
  state.issued += 1;
  return `O${1_000_000 + state.issued}`;
}

/** AWS's form: `eng-` and 14 characters, others as `engi-` or `partner-` and 13. Unique, and the same in every replay. */
export function newId(state: Issuing, prefix: string, length = prefix === "eng" ? 14 : 13): string {
  state.issued += 1;
  const count = state.issued.toString(36);
  return `${prefix}-${randomText(seededRandomness(state.issued), length - count.length)}${count}`;
}

/** The ARN of something that belongs to an account: an opportunity, a solution. */
export function accountArn(account: string, catalog: Catalog, kind: string, id: string): string {
  return `arn:aws:partnercentral:us-east-1:${account}:catalog/${catalog}/${kind}/${id}`;
}

/** The ARN of something that accounts share: an engagement, an invitation, a task. */
export function sharedArn(catalog: Catalog, kind: string, id: string): string {
  return `arn:aws:partnercentral:us-east-1::catalog/${catalog}/${kind}/${id}`;
}

/** The id in an identifier, which may be an ARN. */
export function idOf(identifier: string): string {
  return identifier.slice(identifier.lastIndexOf("/") + 1);
}

/** The ids of a filter that takes ids and ARNs. */
export function idsOf(identifiers: readonly string[] | undefined): readonly string[] | undefined {
  return identifiers?.map(idOf);
}
