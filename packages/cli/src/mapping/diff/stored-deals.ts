import type { Connection, JsonObject } from "@cosell/connector";
import type { Link, StateStore } from "@cosell/state";

/** A deal that both sides have, with its record as the CRM holds it now. */
export interface StoredDeal {
  readonly link: Link;
  readonly record: JsonObject;
}

/** Reads the records of a sync's linked deals, oldest link first; those that the CRM no longer has are passed over. */
export async function* storedDeals(options: {
  readonly store: StateStore;
  readonly sync: string;
  readonly connection: Connection;
  readonly readBatch: number;
  readonly object: string;
  readonly fields: readonly string[];
  /** At most so many. @defaultValue all */
  readonly limit?: number | undefined;
}): AsyncIterable<StoredDeal> {
  const { store, sync, connection, readBatch, object, fields, limit = Number.POSITIVE_INFINITY } = options;
  let taken = 0;
  let batch: Link[] = [];
  const read = async (): Promise<readonly StoredDeal[]> => {
    const links = new Map(batch.map((link) => [link.crmRef, link]));
    batch = [];
    const results = await connection.read({ object, refs: [...links.keys()], fields });
    return results.flatMap((result) => {
      const link = links.get(result.ref);
      return result.status === "found" && link !== undefined ? [{ link, record: result.record }] : [];
    });
  };
  for await (const link of store.links({ sync, linked: true })) {
    if (taken >= limit) break;
    taken += 1;
    batch.push(link);
    if (batch.length >= readBatch) yield* await read();
  }
  if (batch.length > 0) yield* await read();
}
