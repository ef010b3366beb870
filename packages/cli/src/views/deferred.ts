import type { TargetModel } from "@cosell/core";
import type { Link } from "@cosell/state";
import { reviewStates } from "../mapping/review-states.ts";
import { renderTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { awsValue, fieldNames, type ShownField } from "./unsettled-fields.ts";
import { counted, moment, shortValue } from "./value.ts";

/** A value that waits, and when it goes out. */
export interface DeferredField extends ShownField {
  readonly released: string;
}

/** Statuses that an opportunity can still come to from another one. An approved or rejected one stays so. */
const ahead: Readonly<Record<string, readonly string[]>> = {
  "Pending Submission": ["Submitted", "In review", "Approved", "Action Required"],
  Submitted: ["In review", "Approved", "Action Required"],
  "In review": ["Approved", "Action Required"],
  "Action Required": ["Submitted", "In review", "Approved"],
};

/** When AWS opens a field again, in words: the review statuses ahead of the deal in which it is editable. */
export function releaseOf(
  path: string,
  { reviewStatus, stage }: Pick<Link, "reviewStatus" | "stage">,
  target: TargetModel,
): string {
  const coming = ahead[reviewStatus ?? ""] ?? [];
  const opening = reviewStates(target)
    .filter(({ name, state }) => coming.includes(name) && target.lockOf(path, state).lock === "editable")
    .map(({ name }) => (name === "Action Required" ? "sends it back (Action Required)" : `sets it to ${name}`));
  if (opening.length > 0) return `when AWS ${opening.join(" or ")}`;
  const where = [reviewStatus, stage === "Launched" ? "launched" : undefined].filter(Boolean).join(", ");
  return `not while the opportunity is ${where || "in this state"}: AWS keeps it locked; take the value back in the CRM, or ask AWS to change it`;
}

/** What waits, what AWS holds meanwhile, and when it goes out. */
export function renderDeferred(terminal: Terminal, fields: readonly DeferredField[]): string {
  if (fields.length === 0) return "Nothing waits for a lock at AWS.";
  const table = renderTable(terminal, {
    head: ["Deal", "CRM id", "Field", "Waiting", "AWS holds", "Why", "Goes out", "Since (UTC)"],
    rows: fields.map((field) => [
      field.title ?? "",
      field.crmRef,
      fieldNames(field),
      shortValue(field.crm),
      awsValue(field),
      field.reason,
      field.released,
      moment(field.since),
    ]),
  });
  return `${terminal.colours.bold(`${counted(fields.length, "value")} waiting`)}: AWS has these fields locked now.\n${table}`;
}
