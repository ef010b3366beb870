import { FailureError, type JsonObject } from "@cosell/connector";
import { z } from "zod";
import type { Session } from "./session.ts";
import type { Clients } from "./clients.ts";

/** Most entries in one page of a list. */
export const pageSize = 500;

const row = z.custom<JsonObject & { readonly id: number }>(
  (value) => typeof value === "object" && value !== null && "id" in value && typeof value.id === "number",
);

/** A record as version 2 carries it. */
export type Row = z.output<typeof row>;

const cursor = z.object({ next_cursor: z.string().nullish() }).nullish();
const listAnswer = z.object({ data: z.array(row).nullable(), additional_data: cursor });
const oneAnswer = z.object({ data: row });
const plainAnswer = z.object({ data: z.array(z.unknown()).nullable(), additional_data: cursor });

/** One page of records, and the cursor of the next. */
export interface Page {
  readonly rows: readonly Row[];
  readonly next: string | undefined;
}

/** Reads a list's answer. Throws `transient` for one that is no list. */
export function pageOf(answer: unknown): Page {
  const parsed = listAnswer.safeParse(answer);
  if (!parsed.success) throw strange("a list");
  return { rows: parsed.data.data ?? [], next: parsed.data.additional_data?.next_cursor ?? undefined };
}

/** Reads the answer about one record. */
export function rowOf(answer: unknown): Row {
  const parsed = oneAnswer.safeParse(answer);
  if (!parsed.success) throw strange("a record");
  return parsed.data.data;
}

/** Every entry of a list, page after page. */
export async function allEntries(
  session: Session,
  ask: (clients: Clients, page: { readonly limit: number; readonly cursor?: string }) => Promise<unknown>,
): Promise<readonly unknown[]> {
  const entries: unknown[] = [];
  for (let next: string | undefined; ;) {
    const page = { limit: pageSize, ...(next !== undefined && { cursor: next }) };
    const parsed = plainAnswer.safeParse(await session.call((clients) => ask(clients, page)));
    if (!parsed.success) throw strange("a list");
    entries.push(...(parsed.data.data ?? []));
    next = parsed.data.additional_data?.next_cursor ?? undefined;
    if (next === undefined) return entries;
  }
}

function strange(wanted: string): FailureError {
  return new FailureError({ kind: "transient", message: `Pipedrive answered with something that is not ${wanted}.` });
}
