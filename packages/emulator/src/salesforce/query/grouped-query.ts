import type { OrderByClause, Query } from "@jetstreamapp/soql-parser-js";
import type { FieldValue } from "../document.ts";
import type { StoredRecord } from "../records/record-store.ts";
import { SalesforceError } from "../salesforce-error.ts";
import type { FieldDefinition } from "../schema/field.ts";
import type { ObjectDefinition } from "../schema/object.ts";
import { compileAggregate } from "./aggregate.ts";
import { compileComparison, orderedOf } from "./comparison.ts";
import { compileTree, literalsOf, type Predicate } from "./condition.ts";
import { type FieldPath, resolvePath } from "./field-path.ts";
import { malformed } from "./parse.ts";
import type { QueryContext, ShownRecord } from "./projection.ts";
import { arranged, compareBy, type Compare, recordsThatMatch } from "./select-records.ts";

/** Records that hold the same in every field of GROUP BY. Without GROUP BY all are one group, even when there are none. */
type Group = readonly StoredRecord[];

/** A value that every group has: of a field that it is grouped by, or of a function. */
interface Column {
  readonly field: FieldDefinition;
  readonly value: (group: Group) => FieldValue;
}

/** Most groups in an answer: one page, for aggregates have no next. */
const most = 2000;

/** Does the query ask for groups? */
export function isGrouped({ groupBy, having, fields = [] }: Query): boolean {
  return (
    groupBy !== undefined ||
    having !== undefined ||
    fields.some(
      (one) => one.type === "FieldFunctionExpression" && one.isAggregateFn === true && one.parameters.length > 0,
    )
  );
}

/** Runs a query with GROUP BY, HAVING or functions over records. Throws {@link SalesforceError}. */
export function runGroupedQuery(context: QueryContext, object: ObjectDefinition, query: Query): readonly ShownRecord[] {
  const { org } = context;
  const grouping = groupingOf(context, object, query);
  const columns = columnsOf(context, object, query, grouping);
  const holds = havingOf(context, object, query, grouping);
  const order = [query.orderBy ?? []].flat().map((clause): Compare<Group> => {
    const { field, value } =
      "field" in clause ? groupedColumn(clause.field, grouping) : compileAggregate(org, object, clause.fn);
    return compareBy(org, writtenIn(clause), field, value, clause);
  });
  const matching = recordsThatMatch(context, object, query)(org.store.all(object));
  const groups = groupsOf(context, matching, [...grouping.values()]).filter(holds);
  const shown = arranged(query, order)(groups);
  if (shown.length > most) {
    throw new SalesforceError(
      "EXCEEDED_ID_LIMIT",
      "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch",
    );
  }
  return shown.map((group) => ({
    attributes: { type: "AggregateResult" },
    ...Object.fromEntries([...columns].map(([name, { value }]) => [name, value(group)])),
  }));
}

/** The fields of GROUP BY, by the path as it is written, in lower case. */
function groupingOf(
  { org }: QueryContext,
  object: ObjectDefinition,
  { groupBy }: Query,
): ReadonlyMap<string, FieldPath> {
  return new Map(
    [groupBy ?? []].flat().map((clause) => {
      if (!("field" in clause)) throw malformed("functions in GROUP BY are not supported by the emulator");
      const path = resolvePath(org, object, clause.field);
      if (path.field.type === "multipicklist" || path.field.type === "currency" || path.field.type === "textarea") {
        throw malformed(`field '${clause.field}' can not be grouped in a query call`);
      }
      return [clause.field.toLowerCase(), path] as const;
    }),
  );
}

/** What is shown, by name: fields by their own, functions by their alias, else as `expr0`, `expr1` and so on. */
function columnsOf(
  { org }: QueryContext,
  object: ObjectDefinition,
  { fields = [] }: Query,
  grouping: ReadonlyMap<string, FieldPath>,
): ReadonlyMap<string, Column> {
  const columns = new Map<string, Column>();
  let unnamed = 0;
  for (const one of fields) {
    if (one.type === "FieldFunctionExpression") {
      columns.set(one.alias ?? `expr${unnamed++}`, compileAggregate(org, object, one));
    } else if (one.type === "Field" || one.type === "FieldRelationship") {
      const path = one.type === "Field" ? one.field : [...one.relationships, one.field].join(".");
      const column = groupedColumn(path, grouping);
      const alias = "alias" in one && typeof one.alias === "string" ? one.alias : column.field.name;
      if (columns.has(alias)) throw malformed(`duplicate alias: ${alias}`);
      columns.set(alias, column);
    } else throw malformed("a grouped query selects fields and functions only");
  }
  return columns;
}

function havingOf(
  { org }: QueryContext,
  object: ObjectDefinition,
  { having }: Query,
  grouping: ReadonlyMap<string, FieldPath>,
): Predicate<Group> {
  return compileTree<Group>(having, (leaf) => {
    if (!("operator" in leaf) || "valueQuery" in leaf)
      throw malformed("HAVING compares fields and functions with values");
    const written = "fn" in leaf ? (leaf.fn.rawValue ?? "") : leaf.field;
    const { field, value } =
      "fn" in leaf ? compileAggregate(org, object, leaf.fn) : groupedColumn(leaf.field, grouping);
    const test = compileComparison(org, written, field, { operator: leaf.operator, literals: literalsOf(leaf) });
    return (group) => test(value(group));
  });
}

function groupedColumn(path: string, grouping: ReadonlyMap<string, FieldPath>): Column {
  const grouped = grouping.get(path.toLowerCase());
  if (!grouped) throw malformed(`Field must be grouped or aggregated: ${path}`);
  return { field: grouped.field, value: ([first]) => (first ? grouped.value(first) : null) };
}

/** Text is grouped without regard to case, as it is compared. */
function groupsOf({ org }: QueryContext, records: readonly StoredRecord[], grouping: readonly FieldPath[]): Group[] {
  if (grouping.length === 0) return [records];
  const readers = grouping.map(({ field, value }) => {
    const read = orderedOf(org, field.type);
    return (record: StoredRecord) => read(value(record));
  });
  return [...Map.groupBy(records, (record) => JSON.stringify(readers.map((read) => read(record)))).values()];
}

function writtenIn(clause: OrderByClause): string {
  return "field" in clause ? clause.field : (clause.fn.rawValue ?? "");
}
