import type { Coverage, FieldCoverage, Position, UnusedField } from "@cosell/core";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { counted } from "./value.ts";

/** What a mapping does about every AWS field, and the CRM fields that it does not use. */
export function renderCoverage(terminal: Terminal, { fields, unused, counts }: Coverage): string {
  const { bold, dim, green, yellow } = terminal.colours;
  const of = (state: FieldCoverage["state"]): readonly FieldCoverage[] =>
    fields.filter((field) => field.state === state);
  const section = (
    title: string,
    state: FieldCoverage["state"],
    what: string,
    cell: (field: FieldCoverage) => string,
  ) => {
    const rows = of(state);
    if (rows.length === 0) return "";
    const table = renderTable(terminal, {
      head: ["AWS field", what, "Needed to", "Approved", ...(terminal.fancy ? [] : ["Line"])],
      rows: rows.map((field) => [
        terminal.fancy ? broken(field.path) : field.path,
        cell(field),
        neededFor(field),
        field.lockedAfterApproval === undefined ? "" : "locked",
        // A screen is too narrow for it.
        ...(terminal.fancy ? [] : [field.at === undefined ? "" : shortPlace(field.at)]),
      ]),
    });
    return `${bold(`${title} (${rows.length})`)}\n${table}`;
  };
  const isConditional = fields.some(({ needs }) => needs.some(({ conditional }) => conditional));
  return [
    section("Neither mapped nor left out", "neither", "", () => yellow("add a rule, or a reason under leftOut")),
    section("Mapped", "mapped", "From", (field) => field.from ?? ""),
    section("Left out", "left-out", "Why", (field) => field.reason ?? ""),
    isConditional ? dim("(submit): needed under a condition that `cosell mapping explain` tells.") : "",
    unused === undefined
      ? dim("No saved schema of the CRM is at hand: its unused fields are not known.")
      : renderUnused(terminal, unused),
    [
      `${counted(counts.fields, "AWS field")}: ${counts.mapped} mapped, ${counts.leftOut} left out, ${counts.neither} neither.`,
      counts.missing === 0
        ? green("Everything that AWS always needs is mapped.")
        : yellow(
            `${counted(counts.missing, "field")} that AWS always needs ${counts.missing === 1 ? "is" : "are"} not mapped.`,
          ),
    ].join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Lets a long path go on in the next line of its cell. */
function broken(path: string): string {
  const dot = path.lastIndexOf(".");
  return path.length > roomForPath && dot > 0 ? `${path.slice(0, dot + 1)}\n  ${path.slice(dot + 1)}` : path;
}

const roomForPath = 26;

/** `file:line:col` without the folder: most rules are in one file, and the table is wide. */
const shortPlace = ({ file, line, column }: Position): string =>
  `${file.slice(file.lastIndexOf("/") + 1)}:${line}:${column}`;

function neededFor({ needs }: FieldCoverage): string {
  const words = needs.map(({ purpose, conditional }) => (conditional ? `(${purpose})` : purpose));
  return [...new Set(words)].join(", ");
}

function renderUnused(terminal: Terminal, unused: readonly UnusedField[]): string {
  if (unused.length === 0) return "";
  const byObject = Map.groupBy(unused, ({ path }) => path.slice(0, Math.max(0, path.lastIndexOf("."))));
  const table = renderTable(terminal, {
    head: ["In", "CRM fields that no rule uses"],
    rows: [...byObject].map(([prefix, fields]) => [
      prefix === "" ? "(the record)" : prefix,
      fields.map(({ path }) => path.slice(prefix === "" ? 0 : prefix.length + 1)).join(", "),
    ]),
  });
  return `${terminal.colours.bold(`Unused in the CRM (${unused.length})`)}\n${table}`;
}
