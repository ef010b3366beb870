import { compete, type Standing } from "../contest.ts";
import { assertEqualNotices, assertEqualPayloads, type Mapper } from "./agreement.ts";
import { compileOpportunity } from "./cosell.ts";
import { mapByHand } from "./hand-written.ts";
import { prepareJsonata } from "./jsonata.ts";
import { prepareMapTransform } from "./map-transform.ts";
import { mapWithMappingKit } from "./mapping-kit.ts";
import { makeRecords, spoil } from "./records.ts";

const recordCount = 1000;
const seed = 20_261_121;

/** Maps opportunities in five ways that give the same: how much slower than hand-written JavaScript is each? */
export async function benchmarkMapping(): Promise<readonly Standing[]> {
  const records = makeRecords({ count: recordCount, seed });
  const mapping = compileOpportunity();
  const payloadOf = (output: unknown): unknown => output;
  const payloadInside = (output: unknown): unknown => (output as { readonly payload: unknown }).payload;
  const mappers: readonly Mapper[] = [
    { name: "hand-written", kind: "direct", run: mapByHand, payloadOf: payloadInside },
    { name: "cosell", kind: "direct", run: (record) => mapping.run(record), payloadOf: payloadInside },
    { name: "jsonata", kind: "promised", run: prepareJsonata(), payloadOf },
    { name: "mapping-kit", kind: "direct", run: mapWithMappingKit, payloadOf },
    { name: "map-transform", kind: "promised", run: prepareMapTransform(), payloadOf },
  ];
  await assertEqualPayloads(mappers, records);
  assertEqualNotices(mapping, [...records, ...records.slice(0, 50).flatMap(spoil)]);
  return compete(mappers, records, { warmUpMilliseconds: 1000, rounds: 100, turnMilliseconds: 20 });
}
