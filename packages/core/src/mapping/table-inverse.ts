import type { Table, TableRow } from "./document.ts";

/** The rows from the target's values to the CRM's: as written, else derived. Of an ambiguous value the first row counts. */
export function inverseOf(table: Table): readonly TableRow[] {
  if (table.inbound !== undefined) return table.inbound;
  const derived = new Map<string, TableRow>();
  for (const { from, to } of table.outbound)
    if (!derived.has(to.text))
      derived.set(to.text, {
        from: { text: to.text, at: to.at },
        to: { text: from.text, value: from.text, at: from.at },
      });
  return [...derived.values()];
}

/** The target's values that more than one CRM value gives, so that no inverse can be derived; with those CRM values. */
export function ambiguousValues(table: Table): ReadonlyMap<string, readonly string[]> {
  if (table.inbound !== undefined) return new Map();
  const sources = Map.groupBy(table.outbound, ({ to }) => to.text);
  return new Map(
    [...sources]
      .filter(([, rows]) => rows.length > 1)
      .map(([value, rows]) => [value, rows.map(({ from }) => from.text)]),
  );
}
