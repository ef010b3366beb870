import { FailureError } from "@cosell/connector";
import { z } from "zod";
import { apiPaths } from "./api-paths.ts";
import { batches } from "./batches.ts";
import type { Session } from "./session.ts";

/** A record as HubSpot sends it. */
const record = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  properties: z.record(z.string(), z.string().nullable()).default({}),
  updatedAt: z.string().default(""),
  archivedAt: z.string().optional(),
  objectWriteTraceId: z.string().optional(),
});

export type HubspotRecord = z.output<typeof record>;

const page = z.object({
  results: z.array(record),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).nullish(),
  errors: z.array(z.unknown()).default([]),
});

/** A page of records. */
export interface RecordPage {
  readonly records: readonly HubspotRecord[];
  /** There is more, whatever the length of this page: pages can be short, or empty, in the middle. */
  readonly next: string | undefined;
  /** What a batch could not do. */
  readonly errors: readonly unknown[];
}

/** Most records in a batch or a page of a list. */
export const recordBatch = 100;

/** Most records in a page of a search. */
export const searchPage = 200;

/** An answer as a page of records. Throws `transient` for what is none. */
export function recordPageOf(answer: unknown): RecordPage {
  const parsed = page.safeParse(answer);
  if (!parsed.success)
    throw new FailureError({
      kind: "transient",
      message: "HubSpot answered with something that is no list of records.",
    });
  const { results, paging, errors } = parsed.data;
  return { records: results, next: paging?.next?.after, errors };
}

/** One condition of a search. */
export interface SearchFilter {
  readonly propertyName: string;
  readonly operator: string;
  readonly value?: string;
  readonly values?: readonly string[];
}

/** Searches. HubSpot's index lags some seconds, now and then minutes, behind the records. */
export async function searchRecords(
  session: Session,
  object: string,
  request: {
    readonly filters: readonly SearchFilter[];
    readonly properties: readonly string[];
    readonly limit: number;
    readonly after?: string;
  },
): Promise<RecordPage> {
  const { filters, properties, limit, after = "0" } = request;
  const body = {
    filterGroups: filters.length > 0 ? [{ filters }] : [],
    properties,
    // HubSpot compares ids as texts, in the order and in filters alike.
    sorts: [{ propertyName: "hs_object_id", direction: "ASCENDING" }],
    ...{ limit, after },
  };
  return recordPageOf(
    await session.call({ method: "POST", path: apiPaths.objects(object, "/search"), body, isSearch: true }),
  );
}

/** A page of all records, or of all archived ones, in the order of their ids. */
export async function listRecords(
  session: Session,
  object: string,
  request: { readonly properties: readonly string[]; readonly archived: boolean; readonly after?: string },
): Promise<RecordPage> {
  const { properties, archived, after } = request;
  const query = new URLSearchParams({ limit: String(recordBatch), archived: String(archived) });
  if (properties.length > 0) query.set("properties", properties.join(","));
  if (after !== undefined) query.set("after", after);
  return recordPageOf(await session.call({ method: "GET", path: `${apiPaths.objects(object)}?${query.toString()}` }));
}

/** Records by id, as they are now, in no order; those that are not there are left out. */
export async function readRecords(
  session: Session,
  object: string,
  request: { readonly ids: readonly string[]; readonly properties: readonly string[]; readonly archived?: boolean },
): Promise<readonly HubspotRecord[]> {
  const { ids, properties, archived = false } = request;
  const records: HubspotRecord[] = [];
  for (const part of batches([...new Set(ids)], recordBatch)) {
    const path = apiPaths.objects(object, `/batch/read?archived=${archived}`);
    const body = { inputs: part.map((id) => ({ id })), properties, propertiesWithHistory: [] };
    records.push(...recordPageOf(await session.call({ method: "POST", path, body })).records);
  }
  return records;
}

/** One record by id; HubSpot answers with another id for one that was merged. `undefined` where there is none. */
export function recordOf(answer: unknown): HubspotRecord | undefined {
  return record.safeParse(answer).data;
}
