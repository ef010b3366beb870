import { FailureError } from "@cosell/connector";
import type { Link, StateStore } from "@cosell/state";
import type { ConfiguredSync } from "../configuration/configuration.ts";
import { UsageError } from "../failure/findings-error.ts";

/** A link with the sync that it belongs to. */
export interface FoundLink {
  readonly sync: ConfiguredSync;
  readonly link: Link;
}

/** Salesforce shows ids of 15 characters and stores 18: the stored one begins with the shown one. */
const shortestBeginning = 15;

/**
 * The deal that a person names: by its CRM record, by its opportunity, or by a record that was merged into another since.
 * @throws FailureError `missing`; UsageError when several syncs know it
 */
export async function findLink(
  store: StateStore,
  syncs: readonly ConfiguredSync[],
  record: string,
): Promise<FoundLink> {
  const found: FoundLink[] = [];
  for (const sync of syncs) {
    const link = await linkOf(store, sync.name, record);
    if (link !== undefined) found.push({ sync, link });
  }
  const [only, ...others] = found;
  const names = (list: readonly ConfiguredSync[]): string => list.map(({ name }) => `"${name}"`).join(", ");
  if (only === undefined) {
    const known = syncs.length === 1 ? `The sync ${names(syncs)} knows` : `The syncs ${names(syncs)} know`;
    throw new FailureError({
      kind: "missing",
      message: `${known} neither a CRM record nor an opportunity with the id ${record}.`,
    });
  }
  if (others.length > 0) {
    throw new UsageError(
      `Several syncs know ${record}: say which with --sync: ${names(found.map(({ sync }) => sync))}.`,
    );
  }
  return only;
}

async function linkOf(store: StateStore, sync: string, record: string): Promise<Link | undefined> {
  const exact = (await store.linkByCrmRef(sync, record)) ?? (await store.linkByOpportunity(sync, record));
  if (exact !== undefined) return exact;
  if (record.length >= shortestBeginning) {
    for await (const link of store.links({ sync })) if (link.crmRef.startsWith(record)) return link;
  }
  for await (const link of store.links({ sync })) {
    if (await movedFrom(store, link, record)) return link;
  }
  return undefined;
}

/** Was the link this record's, before the record was merged into another? Its journal says so. */
async function movedFrom(store: StateStore, { id }: Link, record: string): Promise<boolean> {
  const entries = await store.journal(id);
  return entries.some(({ kind, detail }) => kind === "moved" && detail["from"] === record);
}
