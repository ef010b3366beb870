import type { JsonValue } from "@cosell/connector";
import type { UnsettledField } from "@cosell/state";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { awsValue, crmValue, fieldNames, type ShownField } from "./unsettled-fields.ts";
import { counted, moment, shortValue } from "./value.ts";

/** A conflict, with the value from which both sides moved on; null where they never agreed, or on nothing. */
export interface ShownConflict extends ShownField {
  readonly agreed: JsonValue;
}

/** Both values of every conflict, and how to choose. */
export function renderConflicts(terminal: Terminal, conflicts: readonly ShownConflict[]): string {
  if (conflicts.length === 0) return "No field is in conflict.";
  const list = terminal.fancy ? renderBlocks(terminal, conflicts) : renderRows(terminal, conflicts);
  const { bold, cyan } = terminal.colours;
  return [
    `${bold(counted(conflicts.length, "conflict"))}: both sides changed since they last agreed; neither is overwritten until a person chooses.`,
    list,
    `${cyan("next")}   cosell conflicts resolve <record> --take crm|aws [--field <field>]`,
  ].join("\n");
}

/** One line a conflict, for a pipe. */
function renderRows(terminal: Terminal, conflicts: readonly ShownConflict[]): string {
  return renderTable(terminal, {
    head: ["Deal", "CRM id", "Field", "CRM", "AWS", "Last agreed", "Rule", "Since (UTC)"],
    rows: conflicts.map((field) => [
      ...[field.title ?? "", field.crmRef, fieldNames(field), crmValue(field), awsValue(field)],
      ...[shortValue(field.agreed), shortRule(field.rule), moment(field.since)],
    ]),
  });
}

/** For a person: what is to be compared stands one under the other, and no id is broken. */
function renderBlocks({ colours }: Terminal, conflicts: readonly ShownConflict[]): string {
  const { bold, dim } = colours;
  const value = (text: string): string => text.replace("\n", `\n${" ".repeat(15)}`);
  return conflicts
    .map((field) =>
      [
        bold(`${field.title ?? "(no title)"}  ${field.crmRef}  ${field.opportunityId ?? ""}`),
        `  ${[...field.sources, field.path].join(", ")}  ${dim(`since ${moment(field.since)} UTC, ${shortRule(field.rule)}`)}`,
        `  CRM          ${value(crmValue(field))}`,
        `  AWS          ${value(awsValue(field))}`,
        `  last agreed  ${shortValue(field.agreed)}`,
      ].join("\n"),
    )
    .join("\n\n");
}

/** What became of the conflicts that were answered. */
export interface Resolution {
  readonly crmRef: string;
  readonly title: string | undefined;
  readonly path: string;
  /** The CRM fields behind it. */
  readonly sources: readonly string[];
  readonly take: "crm" | "aws";
  /** `settled`; or what stands there now, in words. */
  readonly outcome: string;
}

/** One line an answer. */
export function renderResolutions(terminal: Terminal, resolutions: readonly Resolution[]): string {
  return renderTable(terminal, {
    head: ["Deal", "CRM id", "Field", "Take", "Outcome"],
    rows: resolutions.map(({ title, crmRef, path, sources, take, outcome }) => [
      ...[
        title ?? "",
        crmRef,
        fieldNames({ path, sources }),
        take === "crm" ? "the CRM's value" : "AWS's value",
        outcome,
      ],
    ]),
  });
}

/** What a choice does, before it is made. */
export function renderChoice(conflicts: readonly UnsettledField[], take: "crm" | "aws"): string {
  const side = take === "crm" ? "the CRM's value, written to AWS" : "AWS's value, written to the CRM";
  const lines = conflicts.map(({ link, state: { path, sources, detail } }) => {
    const [stays, goes] = take === "crm" ? [detail["crm"], detail["aws"]] : [detail["aws"], detail["crm"]];
    return `  ${link.title ?? ""} ${link.crmRef}  ${[...sources, path].join(", ")}: ${shortValue(goes)} → ${shortValue(stays)}`;
  });
  return [`Take ${side}:`, ...lines].join("\n");
}

const shortRule = (rule: string | undefined): string => rule?.slice(rule.lastIndexOf("/") + 1) ?? "";
