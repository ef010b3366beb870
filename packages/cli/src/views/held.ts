import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { ShownField } from "./unsettled-fields.ts";
import { counted, moment } from "./value.ts";

/** Which deals are not sent as they are, and what would have to be done about each. */
export function renderHeld(terminal: Terminal, fields: readonly ShownField[]): string {
  if (fields.length === 0) return "Nothing is held.";
  const { bold, cyan } = terminal.colours;
  const deals = new Set(fields.map(({ crmRef }) => crmRef)).size;
  const table = renderTable(terminal, {
    head: ["Deal", "CRM id", "AWS id", "CRM fields", "Why", "Since (UTC)"],
    rows: fields.map(({ title, crmRef, opportunityId, sources, reason, since }) => [
      ...[title ?? "", crmRef, opportunityId ?? "", sources.join("\n"), reason, moment(since)],
    ]),
  });
  return [
    `${bold(`${counted(deals, "deal")} held`)}: they, or a field of theirs, cannot be sent as they are.`,
    table,
    `${cyan("next")}   mend what the reason names; the next sync looks again. cosell ready <record> tells all that one deal lacks.`,
  ].join("\n");
}
