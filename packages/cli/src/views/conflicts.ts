import type { UnsettledField } from "@cosell/state";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { awsValue, fieldNames, type ShownField } from "./unsettled-fields.ts";
import { counted, moment, shortValue } from "./value.ts";

/** Both values of every conflict, and how to choose. */
export function renderConflicts(terminal: Terminal, conflicts: readonly ShownField[]): string {
  if (conflicts.length === 0) return "No field is in conflict.";
  const table = renderTable(terminal, {
    head: ["Deal", "CRM id", "Field", "CRM", "AWS", "Rule", "Since"],
    rows: conflicts.map((field) => [
      field.title ?? "",
      field.crmRef,
      fieldNames(field),
      shortValue(field.crm),
      awsValue(field),
      shortRule(field.rule),
      moment(field.since),
    ]),
  });
  const { bold, cyan } = terminal.colours;
  return [
    `${bold(counted(conflicts.length, "conflict"))}: both sides changed since they last agreed; neither is overwritten until a person chooses.`,
    table,
    `${cyan("next")}   cosell conflicts resolve <record> --take crm|aws [--field <field>]`,
  ].join("\n");
}

/** What became of the conflicts that were answered. */
export interface Resolution {
  readonly crmRef: string;
  readonly title: string | undefined;
  readonly path: string;
  readonly take: "crm" | "aws";
  /** `settled`; or what stands there now, in words. */
  readonly outcome: string;
}

/** One line an answer. */
export function renderResolutions(terminal: Terminal, resolutions: readonly Resolution[]): string {
  return renderTable(terminal, {
    head: ["Deal", "CRM id", "Field", "Take", "Outcome"],
    rows: resolutions.map(({ title, crmRef, path, take, outcome }) => [
      ...[title ?? "", crmRef, path, take === "crm" ? "the CRM's value" : "AWS's value", outcome],
    ]),
  });
}

/** What a choice does, before it is made. */
export function renderChoice(conflicts: readonly UnsettledField[], take: "crm" | "aws"): string {
  const side = take === "crm" ? "the CRM's value, written to AWS" : "AWS's value, written to the CRM";
  const lines = conflicts.map(({ link, state: { path, detail } }) => {
    const [stays, goes] = take === "crm" ? [detail["crm"], detail["aws"]] : [detail["aws"], detail["crm"]];
    return `  ${link.title ?? ""} ${link.crmRef}  ${path}: ${shortValue(goes)} → ${shortValue(stays)}`;
  });
  return [`Take ${side}:`, ...lines].join("\n");
}

const shortRule = (rule: string | undefined): string => rule?.slice(rule.lastIndexOf("/") + 1) ?? "";
