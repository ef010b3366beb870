import { isGrouped, runGroupedQuery } from "./grouped-query.ts";
import { malformed, parseSoql } from "./parse.ts";
import { compileProjection, type QueryContext, type ShownRecord } from "./projection.ts";
import { selectList } from "./select-list.ts";
import { selectRecords } from "./select-records.ts";

/** What a query found: rows as they were at that moment. */
export interface QueryResult {
  /** What was found; more than `rows` for `COUNT()`, which shows none. */
  readonly totalSize: number;
  /** How many rows can be shown. */
  readonly rows: number;
  /** The rows from one place up to another, as the query wants them shown. */
  readonly show: (from: number, to: number) => readonly ShownRecord[];
}

/** Runs a query. Throws {@link SalesforceError} in Salesforce's words. */
export function runQuery(context: QueryContext, soql: string): QueryResult {
  const query = parseSoql(soql);
  if (query.sObject === undefined || query.fields === undefined) throw malformed("unexpected token: <EOF>");
  const object = context.org.schema().object(query.sObject);
  if (isGrouped(query)) {
    const groups = runGroupedQuery(context, object, query);
    return { totalSize: groups.length, rows: groups.length, show: (from, to) => groups.slice(from, to) };
  }
  const found = selectRecords(context, object, query)(context.org.store.all(object));
  const [only] = query.fields;
  const counts =
    only?.type === "FieldFunctionExpression" && only.functionName.toUpperCase() === "COUNT" && !only.parameters.length;
  if (counts) return { totalSize: found.length, rows: 0, show: () => [] };
  const project = compileProjection(context, object, selectList(object, query));
  return { totalSize: found.length, rows: found.length, show: (from, to) => found.slice(from, to).map(project) };
}
