import type { Org } from "../org.ts";
import type { QueryResult } from "../query/run-query.ts";
import type { ShownRecord } from "../query/projection.ts";
import { SalesforceError } from "../salesforce-error.ts";

/** Answers of queries that did not fit into one page. */
export interface Cursors {
  /** The first page. @param batchSize records in a page */
  open(result: QueryResult, base: string, batchSize: number): QueryPage;
  /** The page that a locator stands for. Throws `INVALID_QUERY_LOCATOR`. */
  more(locator: string, base: string, batchSize: number): QueryPage;
}

/** One page, as the REST API gives it. */
export interface QueryPage {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly records: readonly ShownRecord[];
}

/** A user has ten open cursors in Salesforce; the oldest goes first. */
const openAtOnce = 10;

/** No cursors yet. */
export function createCursors(org: Org): Cursors {
  const results = new Map<string, QueryResult>();
  const page = (result: QueryResult, id: string, from: number, base: string, batchSize: number): QueryPage => {
    const end = from + batchSize;
    const done = end >= result.rows;
    return {
      totalSize: result.totalSize,
      done,
      ...(!done && { nextRecordsUrl: `${base}/query/${id}-${end}` }),
      records: result.show(from, end),
    };
  };
  return {
    open: (result, base, batchSize) => {
      const id = org.newId("01g");
      if (result.rows > batchSize) {
        results.set(id, result);
        const [oldest] = results.keys();
        if (results.size > openAtOnce && oldest !== undefined) results.delete(oldest);
      }
      return page(result, id, 0, base, batchSize);
    },
    more: (locator, base, batchSize) => {
      const [id = "", from = ""] = locator.split("-");
      const result = results.get(id);
      if (!result || !/^\d+$/.test(from)) throw new SalesforceError("INVALID_QUERY_LOCATOR", "invalid query locator");
      return page(result, id, Number(from), base, batchSize);
    },
  };
}
