import type { OrderByClause, QueryBase } from "@jetstreamapp/soql-parser-js";
import type { Org } from "../org.ts";
import type { StoredRecord } from "../records/record-store.ts";
import { SalesforceError } from "../salesforce-error.ts";
import type { ObjectDefinition } from "../schema/object.ts";
import { orderedOf } from "./comparison.ts";
import { compileCondition } from "./condition.ts";
import { resolvePath } from "./field-path.ts";
import { malformed } from "./parse.ts";
import type { QueryContext } from "./projection.ts";

/** Compiles WHERE, ORDER BY, OFFSET and LIMIT of a query or sub-select. Throws as the parts do. */
export function selectRecords(
  { org, includeDeleted }: QueryContext,
  object: ObjectDefinition,
  query: QueryBase,
): (candidates: Iterable<StoredRecord>) => readonly StoredRecord[] {
  if (query.groupBy || query.having) throw malformed("GROUP BY is not supported by the emulator");
  const matches = compileCondition(org, object, query.where);
  const order = [query.orderBy ?? []].flat().map((clause) => compileOrder(org, object, clause));
  const offset = query.offset ?? 0;
  if (offset > 2000) {
    throw new SalesforceError("NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000");
  }
  return (candidates) => {
    const found: StoredRecord[] = [];
    for (const record of candidates) {
      if ((includeDeleted || record["IsDeleted"] !== true) && matches(record)) found.push(record);
    }
    if (order.length > 0) found.sort((left, right) => first(order, left, right));
    return found.slice(offset, query.limit === undefined ? undefined : offset + query.limit);
  };
}

type Compare = (left: StoredRecord, right: StoredRecord) => number;

function first(order: readonly Compare[], left: StoredRecord, right: StoredRecord): number {
  for (const compare of order) {
    const result = compare(left, right);
    if (result !== 0) return result;
  }
  return 0;
}

function compileOrder(org: Org, object: ObjectDefinition, clause: OrderByClause): Compare {
  if (!("field" in clause)) throw malformed("functions in ORDER BY are not supported by the emulator");
  const { value, field } = resolvePath(org, object, clause.field);
  if (field.type === "multipicklist" || (field.type === "textarea" && (field.length ?? 0) > 255)) {
    throw malformed(`field '${clause.field}' can not be sorted in a query call`);
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
