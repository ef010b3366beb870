import type { Queries } from "./backend.ts";
import { gather } from "./gather.ts";

/** Reads something of links by their ids; reads that come together are one. */
export const gatherReads = <Value>(
  queries: Queries,
  read: (queries: Queries, linkIds: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): ((linkId: string) => Promise<Value | undefined>) =>
  gather(async (linkIds) => {
    const found = await read(queries, [...new Set(linkIds)]);
    return linkIds.map((linkId) => found.get(linkId));
  });

/** Reads what is the same for everybody; reads that come together are one. */
export const gatherOne = <Value>(read: () => Promise<Value>): (() => Promise<Value>) => {
  const readShared = gather<undefined, Value>(async (items) => {
    const value = await read();
    return items.map(() => value);
  });
  return () => readShared(undefined);
};
