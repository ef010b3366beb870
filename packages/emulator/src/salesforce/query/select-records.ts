import type { OrderByClause, QueryBase } from "@jetstreamapp/soql-parser-js";
import type { FieldValue } from "../document.ts";
import type { Org } from "../org.ts";
import type { StoredRecord } from "../records/record-store.ts";
import { SalesforceError } from "../salesforce-error.ts";
import type { FieldDefinition } from "../schema/field.ts";
import type { ObjectDefinition } from "../schema/object.ts";
import { orderedOf } from "./comparison.ts";
import { compileCondition } from "./condition.ts";
import { resolvePath } from "./field-path.ts";
import { malformed } from "./parse.ts";
import type { QueryContext } from "./projection.ts";

/** Compiles WHERE, ORDER BY, OFFSET and LIMIT of a query or sub-select. Throws as the parts do. */
export function selectRecords(
  context: QueryContext,
  object: ObjectDefinition,
  query: QueryBase,
): (candidates: Iterable<StoredRecord>) => readonly StoredRecord[] {
  const { org } = context;
  if (query.groupBy || query.having) throw malformed("a sub-select cannot have GROUP BY or HAVING");
  const matching = recordsThatMatch(context, object, query);
  const inOrder = arranged(
    query,
    [query.orderBy ?? []].flat().map((clause) => compileOrder(org, object, clause)),
  );
  return (candidates) => inOrder(matching(candidates));
}

/** Compiles WHERE alone. */
export function recordsThatMatch(
  { org, includeDeleted }: QueryContext,
  object: ObjectDefinition,
  { where }: QueryBase,
): (candidates: Iterable<StoredRecord>) => StoredRecord[] {
  const matches = compileCondition(org, object, where);
  return (candidates) => {
    const found: StoredRecord[] = [];
    for (const record of candidates) {
      if ((includeDeleted || record["IsDeleted"] !== true) && matches(record)) found.push(record);
    }
    return found;
  };
}

/** Rows in an order, and the part of them that OFFSET and LIMIT leave. Throws `NUMBER_OUTSIDE_VALID_RANGE`. */
export function arranged<Row>(
  { offset = 0, limit }: QueryBase,
  order: readonly Compare<Row>[],
): (rows: Row[]) => readonly Row[] {
  if (offset > 2000) {
    throw new SalesforceError("NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000");
  }
  return (rows) => {
    if (order.length > 0) rows.sort((left, right) => first(order, left, right));
    return rows.slice(offset, limit === undefined ? undefined : offset + limit);
  };
}

/** Which of two rows comes first. */
export type Compare<Row = StoredRecord> = (left: Row, right: Row) => number;

function first<Row>(order: readonly Compare<Row>[], left: Row, right: Row): number {
  for (const compare of order) {
    const result = compare(left, right);
    if (result !== 0) return result;
  }
  return 0;
}

function compileOrder(org: Org, object: ObjectDefinition, clause: OrderByClause): Compare {
  if (!("field" in clause)) throw malformed("functions in ORDER BY are not supported by the emulator");
  const { value, field } = resolvePath(org, object, clause.field);
  return compareBy(org, clause.field, field, value, clause);
}

/** Compares rows by one value of theirs. @param written as the query names it. Throws `MALFORMED_QUERY` for what cannot be sorted. */
export function compareBy<Row>(
  org: Org,
  written: string,
  field: FieldDefinition,
  value: (row: Row) => FieldValue,
  clause: OrderByClause,
): Compare<Row> {
  if (field.type === "multipicklist" || (field.type === "textarea" && (field.length ?? 0) > 255)) {
    throw malformed(`field '${written}' can not be sorted in a query call`);
  }
  const read = orderedOf(org, field.type);
  const direction = clause.order === "DESC" ? -1 : 1;
  // Records without a value come first unless the query says otherwise, whichever the direction.
  const emptySide = clause.nulls === "LAST" ? 1 : -1;
  return (left, right) => {
    const a = read(value(left));
    const b = read(value(right));
    if (a === b) return 0;
    if (a === null) return emptySide;
    if (b === null) return -emptySide;
    return (a < b ? -1 : 1) * direction;
  };
}
