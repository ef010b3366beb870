import DataLoader from "dataloader";
import type { Connection, WriteOperation, WriteResult } from "@cosell/connector";
import { uncorrelated } from "../telemetry/correlation.ts";

/** Writes wait this long for company. */
const gatherMs = 20;

/** The same connection, whose single writes go out together: what many links write within a moment is one call to the CRM. */
export function batchWrites(connection: Connection, writeBatch: number): Connection {
  const loader = new DataLoader<WriteOperation, WriteResult>(
    async (operations) => uncorrelated(() => connection.write([...operations])),
    {
      cache: false,
      maxBatchSize: Math.max(1, writeBatch),
      batchScheduleFn: (send) => setTimeout(send, gatherMs),
    },
  );
  return new Proxy(connection, {
    get(target, member) {
      if (member === "write") {
        return (operations: readonly WriteOperation[]) =>
          Promise.all(operations.map((operation) => loader.load(operation)));
      }
      const value: unknown = Reflect.get(target, member);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}
