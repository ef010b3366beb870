import { failureOf, FailureError, type JsonObject } from "@cosell/connector";
import type { FieldState, Link } from "@cosell/state";
import type { EngineOptions } from "../engine.ts";
import { readRecords } from "../read-records.ts";
import { recordNamedBy } from "../record-named-by.ts";

/** An opportunity that no link knows and that carries the id of a record which has none. */
export interface Carrier {
  readonly opportunityId: string;
  /** Its row of AWS's list. */
  readonly summary: JsonObject;
  /** The record's link. */
  readonly link: Link;
}

/** Code of the state that holds a record of which several opportunities carry the id. */
const severalCarry = "opportunities-carry-id";

/** What an unknown opportunity of AWS's list is a carrier of, if it is one. */
export async function carrierOf(
  opportunityId: string,
  summary: JsonObject,
  { sync, store, logger }: EngineOptions,
): Promise<Carrier | undefined> {
  const crmRef = recordNamedBy(summary, sync.connection);
  const link = crmRef === undefined ? undefined : await store.linkByCrmRef(sync.name, crmRef);
  if (link?.opportunityId !== undefined) {
    const { opportunityId: has } = link;
    logger.warn("an opportunity carries the id of a record that has another one", { opportunityId, crmRef, has });
    return undefined;
  }
  return link && { opportunityId, summary, link };
}

/**
 * Links the carriers whose records name them too. A record that names another opportunity keeps to that one, and its
 * journal says so. Returns the others with the `open` ones, whose records name none: other opportunities may carry the
 * same ids, so that it takes the whole list to judge them.
 */
export async function linkNamed(
  carriers: readonly Carrier[],
  options: EngineOptions,
): Promise<{ readonly linked: readonly Carrier[]; readonly open: readonly Carrier[] }> {
  const { sync, store, clock } = options;
  const field = sync.mapping.link.opportunityId;
  const records = await readRecords(
    carriers.map(({ link }) => link.crmRef),
    options,
  );
  const linked: Carrier[] = [];
  const open: Carrier[] = [];
  for (const [index, carrier] of carriers.entries()) {
    const read = records[index];
    const named = read?.status === "found" ? read.record[field] : undefined;
    if (typeof named !== "string" || named === "") open.push(carrier);
    else if (named === carrier.opportunityId) linked.push(...(await linkCarrier(carrier, options)));
    else {
      const { opportunityId } = carrier;
      const summary = `Opportunity ${opportunityId} carries this record's id, but ${field} names ${named}, which counts: ${opportunityId} is left alone. If it is the same deal, close one of the two in Partner Central; if ${named} is wrong, correct the field.`;
      const detail = { opportunityId, named };
      await store.settle(carrier.link.id, { journal: [{ at: clock.now(), kind: "observed", summary, detail }] });
    }
  }
  return { linked, open };
}

/**
 * Links open carriers, once the whole list was seen. A record whose id several opportunities carry is nobody's to guess:
 * it is held, and nothing is created for it, until a person says which one is right. Returns those that were linked.
 */
export async function linkOpen(open: readonly Carrier[], options: EngineOptions): Promise<readonly Carrier[]> {
  const { store } = options;
  const linked: Carrier[] = [];
  for (const [linkId, carriers] of Map.groupBy(open, ({ link }) => link.id)) {
    const before = carriedBy(await store.fieldStates(linkId));
    const ids = [...new Set([...before, ...carriers.map(({ opportunityId }) => opportunityId)])].sort();
    const [only] = carriers;
    if (only !== undefined && ids.length === 1) linked.push(...(await linkCarrier(only, options)));
    else if (ids.length > before.length) await hold(linkId, ids, options);
  }
  return linked;
}

/** Throws `invalid` for a record that is held since several opportunities carry its id. */
export async function refuseCarriedTwice({ id, crmRef }: Link, { store, sync }: EngineOptions): Promise<void> {
  const ids = carriedBy(await store.fieldStates(id));
  if (ids.length === 0) return;
  throw carriedTwice(crmRef, ids, sync.mapping.link.opportunityId);
}

/** Several opportunities carry a record's id, and its `field` names none of them. */
export function carriedTwice(crmRef: string, ids: readonly string[], field: string): FailureError {
  const message = `CRM record ${crmRef}: ${reasonOf(ids, field)}`;
  return new FailureError({ kind: "invalid", code: severalCarry, message, issues: [] });
}

async function linkCarrier(carrier: Carrier, { store, sync, clock }: EngineOptions): Promise<readonly Carrier[]> {
  const { opportunityId, link } = carrier;
  const summary = `Opportunity ${opportunityId} carries this record's id: linked, nothing was created.`;
  try {
    await store.join(sync.name, { crmRef: link.crmRef, opportunityId }, [
      { at: clock.now(), kind: "adopted", summary, detail: { opportunityId } },
    ]);
    return [carrier];
  } catch (error) {
    // Linked meanwhile, or about to be: who began a call for the record looks for its outcome.
    if (failureOf(error)?.kind !== "conflict") throw error;
    return [];
  }
}

async function hold(linkId: string, ids: readonly string[], { store, sync, clock }: EngineOptions): Promise<void> {
  const field = sync.mapping.link.opportunityId;
  const reason = reasonOf(ids, field);
  const detail = { opportunities: ids };
  await store.settle(linkId, {
    fieldStates: [{ path: "", kind: "held", code: severalCarry, reason, sources: [field], detail }],
    journal: [{ at: clock.now(), kind: "held", summary: reason, detail }],
  });
}

function reasonOf(ids: readonly string[], field: string): string {
  return `Opportunities ${ids.join(", ")} all carry this record's id. Nothing is created, and none is chosen: put the id of the right one into ${field}.`;
}

function carriedBy(states: readonly FieldState[]): readonly string[] {
  const ids = states.find(({ code }) => code === severalCarry)?.detail["opportunities"];
  return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === "string") : [];
}
