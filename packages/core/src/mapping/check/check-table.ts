import type { Literal, Table, TableRow, Word } from "../document.ts";
import { suggest } from "../suggest.ts";
import { checkLiteral } from "./check-literal.ts";
import type { CheckContext } from "./context.ts";
import type { TargetFields } from "./target-fields.ts";
import type { ValueShape } from "./value-shape.ts";

/** Values spelled out in one message. */
const mostShown = 10;

/** The table that a rule names, or a finding. */
export function findTable(name: Word, { tables, report }: CheckContext): Table | undefined {
  const table = tables.get(name.text);
  if (table === undefined)
    report(name.at, {
      code: "unknown-table",
      message: `There is no table "${name.text}".`,
      suggestion: suggest(name.text, tables.keys()),
    });
  return table;
}

/** Checks a table in the light of an outbound rule that uses it, and says what comes out of it. */
export function checkOutboundTable(
  name: Word,
  given: ValueShape,
  { field, itemField }: TargetFields,
  context: CheckContext,
): ValueShape {
  const table = findTable(name, context);
  if (table === undefined) return {};
  const leaf = field?.type === "list" ? itemField : field;
  if (leaf !== undefined)
    context.once([table, leaf], () => {
      for (const { to } of table.outbound) checkLiteral(to, leaf, context);
      if (table.otherwise.kind === "value") checkLiteral(table.otherwise.value, leaf, context);
    });
  const { values } = given;
  const uses = context.tableUses.get(table);
  if (uses === undefined) context.tableUses.set(table, [given]);
  else uses.push(given);
  if (values !== undefined) checkCoverage(name, table, given, values, context);
  return shapeAfter(table.outbound, table.otherwise.kind === "value" ? table.otherwise.value : undefined, given);
}

/** Rows that no value of the CRM ever meets, in any of the rules that use the table. */
export function checkRows({ tableUses, report }: CheckContext): void {
  for (const [table, uses] of tableUses) {
    const [first] = uses;
    const known = knownValues(uses);
    if (first === undefined || known === undefined) continue;
    const uncovered = uncoveredBy(table, [...known]);
    for (const { from } of table.outbound) {
      const meant = known.has(from.text) ? undefined : suggest(from.text, uncovered);
      // A picklist that takes other values as well may hold this one; a slip looks like a value that has no row.
      const isSlip = meant !== undefined || uses.every(({ isClosed }) => isClosed === true);
      if (known.has(from.text) || !isSlip) continue;
      const message = `${subjectOf(first)} has no value "${from.text}" in the CRM.`;
      report(from.at, { severity: "warning", code: "unused-row", message, suggestion: meant });
    }
  }
}

/** All values that come into a table. `undefined`: of some rule it is not known. */
function knownValues(uses: readonly ValueShape[]): ReadonlySet<string> | undefined {
  const isKnown = uses.every(
    ({ values, isJoined, isNarrowed }) => values !== undefined && isJoined !== true && isNarrowed !== true,
  );
  return isKnown ? new Set(uses.flatMap(({ values = [] }) => values)) : undefined;
}

/** Values of the CRM that have no row, where that is an error. */
function checkCoverage(
  name: Word,
  table: Table,
  given: ValueShape,
  values: readonly string[],
  { report }: CheckContext,
): void {
  if (table.otherwise.kind !== "error") return;
  const uncovered = uncoveredBy(table, values).filter((value) => given.retired?.has(value) !== true);
  if (uncovered.length > 0)
    report(name.at, {
      severity: "warning",
      code: "uncovered-values",
      message: `The table ${name.text} has no row for these values of ${subjectOf(given)}: ${someOf(uncovered)}. A record with one of them cannot be sent.`,
    });
}

const keysOfTables = new WeakMap<Table, ReadonlySet<string>>();

function uncoveredBy(table: Table, values: readonly string[]): readonly string[] {
  const keys = keysOfTables.get(table) ?? new Set(table.outbound.map(({ from }) => from.text));
  keysOfTables.set(table, keys);
  return values.filter((value) => !keys.has(value));
}

/** What a table with these rows gives. */
export function shapeAfter(
  rows: readonly TableRow[],
  otherwise: Literal | undefined,
  { values: given, isClosed, isList, isJoined, origin }: ValueShape,
): ValueShape {
  const reachable = isClosed === true && given !== undefined ? new Set(given) : undefined;
  const reached = reachable === undefined ? rows : rows.filter(({ from }) => reachable.has(from.text));
  const values = new Set(reached.map(({ to }) => to.text));
  if (otherwise !== undefined) values.add(otherwise.text);
  return { values: [...values], isClosed: true, isList, isJoined, origin };
}

/** The first of some values, for a message. */
export function someOf(values: readonly string[]): string {
  return `${values.slice(0, mostShown).join(", ")}${values.length > mostShown ? ", …" : ""}`;
}

function subjectOf({ origin }: ValueShape): string {
  return origin === undefined || origin === "" ? "what comes in" : origin;
}
