import { FailureError } from "@cosell/connector";
import type { EngineOptions } from "./engine.ts";
import { readRecords } from "./read-records.ts";
import { retrying } from "./retrying.ts";

/**
 * The CRM records that a person named, by their own ids or by those of their opportunities, in the CRM's form. Throws
 * `missing` for one that no link knows and the CRM does not show, and `invalid` for what is no id.
 */
export async function namedRecords(
  names: readonly string[],
  options: EngineOptions,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const { store, sync } = options;
  const refs: string[] = [];
  const unknown: string[] = [];
  for (const name of new Set(names)) {
    const ref = (await store.linkByOpportunity(sync.name, name))?.crmRef ?? sync.connection.canonicalRef(name);
    if ((await store.linkByCrmRef(sync.name, ref)) === undefined) unknown.push(ref);
    refs.push(ref);
  }
  const read = await retrying(() => readRecords(unknown, options), options, signal);
  const gone = read.filter(({ status }) => status !== "found").map(({ ref }) => ref);
  if (gone.length === 0) return [...new Set(refs)];
  const { object } = sync.mapping.crm;
  throw new FailureError({
    kind: "missing",
    message: `The CRM shows no ${object} ${gone.join(", ")}, and the sync "${sync.name}" never knew ${gone.length === 1 ? "it" : "them"}.`,
  });
}
