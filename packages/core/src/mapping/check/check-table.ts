import type { CrmField } from "@cosell/connector";
import type { Table, Word } from "../document.ts";
import { suggest } from "../suggest.ts";
import { checkLiteral } from "./check-literal.ts";
import type { CheckContext } from "./context.ts";
import type { TargetFields } from "./target-fields.ts";

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

/** Checks a table in the light of an outbound rule that uses it: what it gives, and what it is given. */
export function checkOutboundTable(
  name: Word,
  { field, itemField }: TargetFields,
  source: CrmField | undefined,
  context: CheckContext,
): void {
  const table = findTable(name, context);
  if (table === undefined) return;
  const leaf = field?.type === "list" ? itemField : field;
  for (const { to } of table.outbound) checkLiteral(to, leaf, context);
  if (table.otherwise.kind === "value") checkLiteral(table.otherwise.value, leaf, context);
  if (source?.picklist !== undefined) checkRows(name, table, source, source.picklist, context);
}

/** Compares a table's rows with the picklist that it is to translate. */
function checkRows(
  name: Word,
  table: Table,
  source: CrmField,
  picklist: NonNullable<CrmField["picklist"]>,
  { report }: CheckContext,
): void {
  const values = picklist.map(({ value }) => value);
  const rows = new Set(table.outbound.map(({ from }) => from.text));
  const strange = source.restricted === true ? table.outbound.filter(({ from }) => !values.includes(from.text)) : [];
  for (const { from } of strange)
    report(from.at, {
      severity: "warning",
      code: "unused-row",
      message: `${source.name} has no value "${from.text}" in the CRM.`,
      suggestion: suggest(
        from.text,
        values.filter((value) => !rows.has(value)),
      ),
    });
  const uncovered = picklist.filter(({ value, active }) => active && !rows.has(value)).map(({ value }) => value);
  if (table.otherwise.kind === "error" && uncovered.length > 0)
    report(name.at, {
      severity: "warning",
      code: "uncovered-values",
      message: `The table ${name.text} has no row for these values of ${source.name}: ${uncovered.slice(0, 10).join(", ")}${uncovered.length > 10 ? ", …" : ""}. A record with one of them cannot be sent.`,
    });
}
