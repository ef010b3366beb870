import type { JournalEntry, StateStore } from "@cosell/state";

const sync = "opportunities";

/** One reason that the product gives for a field, or for a whole deal (`path` empty). */
export interface Reason {
  readonly kind: "deferred" | "conflict" | "held" | "failed";
  readonly path: string;
  readonly reason: string;
}

/** What the product tells its user. */
export interface Told {
  /** Records whose last sync failed. */
  readonly failed: ReadonlySet<string>;
  /** Everything that is not agreed about a record. */
  of(crmRef: string): readonly Reason[];
  /** Paths of a record at which AWS's value stands though the CRM has none, as a line of the journal says. */
  accepted(crmRef: string): Promise<readonly string[]>;
  /** The journal of a record, one text an entry. */
  journal(crmRef: string): Promise<readonly string[]>;
}

/** Asks the product for everything that is not agreed, as `cosell conflicts`, `deferred`, `status` and `failures` do. */
export async function whatIsTold(store: StateStore): Promise<Told> {
  const failed = new Set<string>();
  const reasons = new Map<string, Reason[]>();
  const add = (crmRef: string, reason: Reason): void => {
    const known = reasons.get(crmRef);
    if (known === undefined) reasons.set(crmRef, [reason]);
    else known.push(reason);
  };
  for (const kind of ["deferred", "conflict", "held"] as const) {
    for await (const { link, state } of store.unsettled({ sync, kind })) {
      add(link.crmRef, { kind, path: state.path, reason: state.reason });
    }
  }
  for await (const { crmRef, failure } of store.failures(sync)) {
    failed.add(crmRef);
    add(crmRef, { kind: "failed", path: "", reason: failure.message });
  }
  const entriesOf = async (crmRef: string): Promise<readonly JournalEntry[]> => {
    const link = await store.linkByCrmRef(sync, crmRef);
    return link === undefined ? [] : store.journal(link.id);
  };
  return {
    failed,
    accepted: async (crmRef) =>
      (await entriesOf(crmRef))
        .filter(({ kind }) => kind === "accepted")
        .map(({ summary }) => summary.slice(0, summary.indexOf(":"))),
    of: (crmRef) => reasons.get(crmRef) ?? [],
    journal: async (crmRef) => (await entriesOf(crmRef)).map(({ detail }) => JSON.stringify(detail)),
  };
}
