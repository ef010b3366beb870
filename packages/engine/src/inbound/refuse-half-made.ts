import { FailureError } from "@cosell/connector";
import type { EngineOptions } from "../engine.ts";
import { isHalfMade } from "../invitations/invited.ts";

/**
 * A record that is being made of an opportunity is joined to it by whoever makes it, together with what is agreed: linked
 * by its id alone, AWS's values would look like somebody's changes. Throws `transient` until then.
 */
export async function refuseHalfMade(opportunityId: string, { sync, store }: EngineOptions): Promise<void> {
  if (sync.invitations === undefined) return;
  const accepted = await store.invitations(sync.name, { status: ["accepted"] });
  if (!accepted.some((one) => one.opportunityId === opportunityId && isHalfMade(one))) return;
  throw new FailureError({
    kind: "transient",
    code: "record-half-made",
    message: `A CRM record is being made of opportunity ${opportunityId}, which AWS referred. The two are joined when that is done; the next look for changes goes on with it.`,
  });
}
