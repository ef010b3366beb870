import { operationNames, type OperationQuota, quotaOf } from "@cosell/partner-central/model";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** One operation of Partner Central Selling, and how AWS counts it. */
export interface ListedOperation extends OperationQuota {
  readonly operation: string;
}

/** Every operation that this release's model has, with its quota. */
export function listedOperations(): readonly ListedOperation[] {
  return operationNames.map((operation) => ({ operation, ...quotaOf(operation) }));
}

/** The operations as a table. */
export function renderOperations(terminal: Terminal): string {
  return renderTable(terminal, {
    head: ["Operation", "Quota class", "per second", "per day"],
    rows: listedOperations().map((one) => [one.operation, one.class, one.perSecond, one.perDay ?? "–"]),
    right: [2, 3],
  });
}
