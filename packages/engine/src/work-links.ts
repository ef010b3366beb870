import type { EngineOptions, LinkWork } from "./engine.ts";
import { readRecords } from "./read-records.ts";
import { type LinkOutcome, reconcileLink } from "./reconcile-link.ts";
import { retrying } from "./retrying.ts";

/** Claims links by id and reads their records in as few calls as the CRM allows. What cannot be read is given back. */
export async function claimWork(
  options: EngineOptions,
  linkIds: readonly string[],
  { owner, leaseMs }: { readonly owner: string; readonly leaseMs: number },
): Promise<readonly LinkWork[]> {
  const { store, sync } = options;
  const claims = await store.claim(sync.name, owner, { limit: linkIds.length, leaseMs, linkIds });
  if (claims.length === 0) return [];
  try {
    const refs = claims.map(({ link }) => link.crmRef);
    const records = await retrying(() => readRecords(refs, options), options, undefined);
    return claims.map((claimed, index) => ({
      claimed,
      crm: records[index] ?? { status: "missing", ref: claimed.link.crmRef },
    }));
  } catch (error) {
    await store.release(
      owner,
      claims.map(({ link }) => link.id),
    );
    throw error;
  }
}

/** Reconciles one claimed link; a claim whose reconcile was stopped is given back. */
export async function reconcileWork(
  options: EngineOptions,
  { claimed, crm }: LinkWork,
  { owner, signal }: { readonly owner: string; readonly signal?: AbortSignal },
): Promise<LinkOutcome> {
  try {
    return await reconcileLink(claimed, crm, owner, options, signal);
  } catch (error) {
    await options.store.release(owner, [claimed.link.id]);
    throw error;
  }
}
