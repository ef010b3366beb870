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
  const hash = createHash("sha256")
    .update(JSON.stringify(["create", catalog, organization ?? null, object, crmRef, refusals]))
    .digest("hex");
  return `cosell-${hash.slice(0, 48)}`;
}

/** The ClientToken of a call that AWS's own state protects from repetition; stored before the call like every other. */
export function freshToken(): string {
  return `cosell-${randomUUID()}`;
}
