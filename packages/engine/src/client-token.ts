import { createHash, randomUUID } from "node:crypto";

/** What a create is for. */
export interface CreatedFor {
  readonly catalog: string;
  /** The CRM org, where it is known: records of two orgs may share an id. */
  readonly organization: string | undefined;
  readonly object: string;
  readonly crmRef: string;
}

/**
 * The ClientToken of a create: the same for the same record in the same catalog, whoever asks. Two installations over
 * one CRM, or one that lost its state, cannot make a second opportunity: AWS answers the first one's id, or a conflict.
 * `refusals` counts the creates that AWS refused (nothing was created), since a token is tied to its first body.
 */
export function createToken({ catalog, organization, object, crmRef }: CreatedFor, refusals: number): string {
  return tokenOf("create", catalog, organization ?? null, object, crmRef, refusals);
}

/**
 * The ClientToken of a call about an invitation: the same whoever asks, so that two processes, or one that lost its state,
 * ask for one thing. `context`: the lead of its engagement, to make an opportunity of that.
 */
export function invitationToken(catalog: string, invitation: string, context?: string): string {
  return tokenOf("invitation", catalog, invitation, context ?? null);
}

/** The token to ask with once AWS has refused what was asked with `spent`. */
export function tokenAfter(spent: string): string {
  return tokenOf("after", spent);
}

/** The ClientToken of a call that AWS's own state protects from repetition; stored before the call like every other. */
export function freshToken(): string {
  return `cosell-${randomUUID()}`;
}

function tokenOf(...parts: readonly (string | number | null)[]): string {
  return `cosell-${createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 48)}`;
}
