import type { Connection, ReadRequest, WriteOperation } from "@cosell/connector";
import { inSpan } from "./tracing.ts";

/** The same connection, whose reads and writes are spans: how many records, never which values. */
export function tracedConnection(connection: Connection, name: string): Connection {
  const attributes = (operation: string, records: number): Readonly<Record<string, string | number>> => ({
    ...{ "cosell.connection": name, "cosell.operation": operation, "cosell.records": records },
  });
  const traced: Pick<Connection, "read" | "write"> = {
    read: (request: ReadRequest) =>
      inSpan("crm", attributes("read", request.refs.length), () => connection.read(request)),
    write: (operations: readonly WriteOperation[]) =>
      inSpan("crm", attributes("write", operations.length), () => connection.write(operations)),
  };
  return new Proxy(connection, {
    get(target, member) {
      if (member === "read" || member === "write") return traced[member];
      const value: unknown = Reflect.get(target, member);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}
