import { deepStrictEqual } from "node:assert/strict";
import type { CompiledMapping } from "@cosell/core";
import type { Contender } from "../contest.ts";
import { mapByHand } from "./hand-written.ts";
import type { OpportunityRecord } from "./opportunity-record.ts";

/** Someone who does the job, and where the opportunity is in what it gives. */
export type Mapper = Contender<OpportunityRecord, unknown> & { readonly payloadOf: (output: unknown) => unknown };

/** Throws unless all make the same opportunity of every record. Compared as JSON: that is what is sent. */
export async function assertEqualPayloads(
  mappers: readonly Mapper[],
  records: readonly OpportunityRecord[],
): Promise<void> {
  for (const record of records) {
    const expected = asJson(mapByHand(record).payload);
    for (const { name, run, payloadOf } of mappers)
      deepStrictEqual(asJson(payloadOf(await run(record))), expected, `${name} differs for ${record.Id}`);
  }
}

/**
 * Throws unless the floor notices every bad value that Cosell notices, and both leave it out. The peers check no values:
 * their job is the lighter one.
 */
export function assertEqualNotices(mapping: CompiledMapping, records: readonly OpportunityRecord[]): void {
  for (const record of records) {
    const byHand = mapByHand(record);
    const { payload, issues } = mapping.run(record);
    deepStrictEqual(payload, byHand.payload);
    const noticed = issues.map(({ code, target }) => `${code} ${target.replace(/\[\d+\]/g, "[]")}`);
    deepStrictEqual(noticed.toSorted(), byHand.notices.map(({ code, target }) => `${code} ${target}`).toSorted());
  }
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
