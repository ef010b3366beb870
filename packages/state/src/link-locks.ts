import type { Selectable } from "kysely";
import type { Queries } from "./backend.ts";
import type { LinksTable } from "./tables.ts";

/** A link that this transaction alone may change until it ends. */
export type LockedLink = Pick<Selectable<LinksTable>, "id" | "position" | "sync" | "crm_ref" | "opportunity_id">;

/**
 * Locks the links that carry one of these values: no more than one statement can take (see `batches`). Every write does
 * this before it reads what it will change, or two of them would overwrite each other; always in the order of the links'
 * making, or they would wait for each other. In SQLite the writer is alone and the lock is left out.
 */
export const lockLinks = (
  queries: Queries,
  column: "id" | "crm_ref" | "opportunity_id",
  values: readonly string[],
  sync?: string,
): Promise<readonly LockedLink[]> =>
  queries
    .selectFrom("links")
    .where(column, "in", values)
    .$if(sync !== undefined, (query) => query.where("sync", "=", sync ?? ""))
    .select(["id", "position", "sync", "crm_ref", "opportunity_id"])
    .orderBy("position")
    .forNoKeyUpdate()
    .execute();
