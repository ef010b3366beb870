import { parseSoql } from "./parse.ts";
import { type Projection, type QueryContext, compileProjection } from "./projection.ts";
import { selectRecords } from "./select-records.ts";
import type { StoredRecord } from "../records/record-store.ts";
import { malformed } from "./parse.ts";

/** What a query found: records as they were at that moment, and how the query wants them shown. `COUNT()` shows none. */
export interface QueryResult {
  readonly totalSize: number;
  readonly records: readonly StoredRecord[];
  readonly project: Projection;
}

/** Runs a query. Throws {@link SalesforceError} in Salesforce's words. */
export function runQuery(context: QueryContext, soql: string): QueryResult {
  const query = parseSoql(soql);
  if (query.sObject === undefined || query.fields === undefined) throw malformed("unexpected token: <EOF>");
  const object = context.org.schema().object(query.sObject);
  const found = selectRecords(context, object, query)(context.org.store.all(object));
  const [only] = query.fields;
  const counts =
    only?.type === "FieldFunctionExpression" && only.functionName.toUpperCase() === "COUNT" && !only.parameters.length;
  if (counts) return { totalSize: found.length, records: [], project: compileProjection(context, object, []) };
  return { totalSize: found.length, records: found, project: compileProjection(context, object, query.fields) };
}
