import type { ReadResult } from "@cosell/connector";
import type { EngineOptions } from "./engine.ts";

/** Reads CRM records with everything that the mapping reads, in the connector's batches, in the order asked. */
export async function readRecords(refs: readonly string[], { sync }: EngineOptions): Promise<readonly ReadResult[]> {
  const results: ReadResult[] = [];
  const size = sync.capabilities.readBatch;
  for (let start = 0; start < refs.length; start += size) {
    const batch = refs.slice(start, start + size);
    const { object } = sync.mapping.crm;
    results.push(...(await sync.connection.read({ object, refs: batch, fields: sync.mapping.sourceFields })));
  }
  return results;
}
