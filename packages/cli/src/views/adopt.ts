import type { AdoptionFindings, AdoptionPair, AdoptionReport } from "@cosell/engine";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { counted } from "./value.ts";

const listed = 20;

/** The pairs that are certain. */
export function renderAdoption(terminal: Terminal, { exact }: Pick<AdoptionFindings, "exact">): string {
  return [
    terminal.colours.bold(`${counted(exact.length, "certain pair")}:`),
    renderCertain(terminal, exact),
    ...(exact.length > listed ? [`… and ${exact.length - listed} more (--json lists all)`] : []),
  ].join("\n");
}

/** What was linked, and what is left for a person. */
export function renderAdopted(
  terminal: Terminal,
  found: AdoptionFindings,
  { linked, refused, file, shown }: AdoptionReport & { readonly file: string | undefined; readonly shown: boolean },
): string {
  const { bold, yellow, cyan } = terminal.colours;
  const { exact, proposals, problems } = found;
  return [
    linked.length > 0
      ? `Linked ${counted(linked.length, "deal")}; nothing was created. \`cosell plan\` shows what they still differ in.`
      : "",
    shown && exact.length > 0 && linked.length + refused.length === 0
      ? "Nothing was linked. --yes links the certain pairs."
      : "",
    refused.length > 0
      ? [
          yellow("Not linked:"),
          ...refused.map(({ pair, why }) => `  - ${pair.crmRef}, ${pair.opportunityId}: ${why}`),
        ].join("\n")
      : "",
    proposals.length > 0
      ? [
          bold(
            `${counted(proposals.length, "pair")} that ${proposals.length === 1 ? "looks" : "look"} alike, for a person to approve:`,
          ),
          renderPairs(terminal, proposals),
        ].join("\n")
      : "",
    proposals.length === 0
      ? ""
      : file === undefined
        ? `${cyan("next")}   cosell adopt --proposals adopt.csv, write yes into its first column, then cosell adopt --approve adopt.csv`
        : `${cyan("next")}   write yes into the first column of ${file} where it is right, then cosell adopt --approve ${file}`,
    problems.length > 0
      ? [
          yellow("The two sides contradict each other; nothing was guessed:"),
          ...problems.map(({ crmRef, why }) => `  - ${crmRef ?? ""}: ${why}`),
        ].join("\n")
      : "",
    found.awsReads === 0 && exact.length === linked.length + refused.length && proposals.length === 0
      ? ""
      : `Linked before: ${found.linked}. Without a counterpart: ${counted(found.unmatchedRecords, "record")}, ${found.unmatchedOpportunities} at AWS. Cost at AWS: ${counted(found.awsReads, "read")}.`,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Certain pairs are as alike as can be, and AWS's list tells few titles. */
function renderCertain(terminal: Terminal, pairs: readonly AdoptionPair[]): string {
  return renderTable(terminal, {
    head: ["CRM id", "Deal", "AWS id", "Why"],
    rows: pairs
      .slice(0, listed)
      .map(({ crmRef, title, opportunityId, why }) => [crmRef, title ?? "", opportunityId, why]),
  });
}

function renderPairs(terminal: Terminal, pairs: readonly AdoptionPair[]): string {
  return renderTable(terminal, {
    head: ["CRM id", "Deal", "AWS id", "Title at AWS", "Score", "Why"],
    rows: pairs
      .slice(0, listed)
      .map(({ crmRef, title, opportunityId, awsTitle, score, why }) => [
        ...[crmRef, title ?? "", opportunityId, awsTitle ?? "", score.toFixed(2), why],
      ]),
    right: [4],
  });
}
