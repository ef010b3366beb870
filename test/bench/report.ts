import type { Standing } from "./contest.ts";

/** What a benchmark found. */
export interface Report {
  /** For people. */
  readonly text: string;
  /** For programs: one line. */
  readonly json: string;
}

export function reportStandings(standings: readonly Standing[]): Report {
  return { text: formatTable(standings), json: formatJson(standings) };
}

/** The standings for people. */
function formatTable(standings: readonly Standing[]): string {
  const rows = standings.map(({ name, perSecond, ratio }) => [
    name,
    Math.round(perSecond).toLocaleString("en-US"),
    ratio.toFixed(2),
  ]);
  const table = [["", "records/s", `times slower than ${standings[0]?.name ?? ""}`], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map(([name = "", ...numbers]) => {
      const cells = numbers.map((number, column) => number.padStart(widths[column + 1] ?? 0));
      return [name.padEnd(widths[0] ?? 0), ...cells].join("  ");
    })
    .join("\n");
}

/** The standings for programs: one line. */
function formatJson(standings: readonly Standing[]): string {
  const ratios = Object.fromEntries(standings.map(({ name, ratio }) => [name, Number(ratio.toFixed(2))]));
  return JSON.stringify({ ratios });
}
