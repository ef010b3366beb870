import {
  isReadOperation,
  operationOf,
  type OperationQuota,
  quotaOf,
  type ServiceName,
  services,
} from "@cosell/partner-central/model";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** One operation of Partner Central, and how AWS counts it. */
export interface ListedOperation extends OperationQuota {
  readonly operation: string;
  readonly service: ServiceName;
  /** Whether it only looks. */
  readonly kind: "read" | "write";
  /** Whether it is a list that comes in pages. */
  readonly paginated: boolean;
}

/** Every operation that this release's models have, of both APIs or of one. */
export function listedOperations(service?: ServiceName): readonly ListedOperation[] {
  const asked = service === undefined ? Object.values(services) : [services[service]];
  return asked.flatMap(({ name, operationNames }) =>
    operationNames.map((operation) => ({
      operation,
      service: name,
      kind: isReadOperation(operation) ? "read" : "write",
      paginated: operationOf(operation, name)?.input.some(({ path }) => path === "NextToken") ?? false,
      ...quotaOf(operation),
    })),
  );
}

/** The names of all operations, each once. */
export function operationNamesOf(service?: ServiceName): readonly string[] {
  return [...new Set(listedOperations(service).map(({ operation }) => operation))].toSorted();
}

/** The operations as a table for people; for a pipe their names, one a line. */
export function renderOperations(terminal: Terminal, service?: ServiceName): string {
  if (!terminal.fancy) return operationNamesOf(service).join("\n");
  return renderTable(terminal, {
    head: ["Operation", "API", "Kind", "Pages", "Quota class", "per second", "per day"],
    rows: listedOperations(service).map((one) => [
      one.operation,
      one.service,
      one.kind,
      one.paginated ? "yes" : "",
      one.class,
      one.perSecond,
      one.perDay ?? "–",
    ]),
    right: [5, 6],
  });
}
