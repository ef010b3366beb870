import type { CrmField } from "@cosell/connector";
import type { TargetField } from "../../target.ts";
import { countCodePoints } from "../code-points.ts";
import { fitCount, fitLiteral } from "../constraints.ts";
import type { Constant, Literal } from "../document.ts";
import { isProblem, type Problem } from "../problem.ts";
import { boolean } from "../steps/boolean.ts";
import { parseDecimal } from "../steps/decimal-text.ts";
import { instantOf, isCalendarDate } from "../steps/instant.ts";
import { suggest } from "../suggest.ts";
import type { CheckContext } from "./context.ts";
import type { TargetFields } from "./target-fields.ts";

/** Does the target take this value? */
export function checkLiteral(literal: Literal, field: TargetField | undefined, { report }: CheckContext): void {
  const fitted = field && fitLiteral(literal, field);
  if (fitted !== undefined && isProblem(fitted)) report(literal.at, remark(shown(literal), fitted));
}

/** Does the target take this constant? A list only where it takes a list. */
export function checkConstant(constant: Constant, { field, itemField }: TargetFields, context: CheckContext): void {
  const leaf = field?.type === "list" ? itemField : field;
  if (constant.kind === "one") {
    checkLiteral(constant.literal, leaf, context);
    return;
  }
  for (const item of constant.items) checkLiteral(item, leaf, context);
  if (field === undefined) return;
  if (field.type !== "list")
    context.report(constant.at, { code: "wrong-type", message: `${field.path} takes one value, and this is a list.` });
  const problem = field.type === "list" ? fitCount(constant.items.length, field) : undefined;
  if (problem !== undefined) context.report(constant.at, remark("This list", problem));
}

/** Does the CRM field take this value? What the CRM itself refuses is an error. */
export function checkCrmLiteral(literal: Literal, field: CrmField | undefined, { report }: CheckContext): void {
  if (field === undefined) return;
  const { name, length, restricted, picklist } = field;
  const values = picklist?.map(({ value }) => value) ?? [];
  if (values.length > 0 && !values.includes(literal.text))
    report(literal.at, {
      severity: restricted === true ? "error" : "warning",
      code: "value-outside-list",
      message: `${shown(literal)} is not among the values of ${name} in the CRM.`,
      suggestion: suggest(literal.text, values),
    });
  if (length !== undefined && countCodePoints(literal.text) > length)
    report(literal.at, {
      code: "too-long",
      message: `${shown(literal)} is longer than the ${length} characters that ${name} takes.`,
    });
  const wanted = wantedOf(literal, field);
  if (wanted !== undefined)
    report(literal.at, {
      code: "wrong-type",
      message: `${shown(literal)} is not ${wanted}, as ${name} is in the CRM.`,
      suggestion: field.type === "boolean" ? meantBoolean(literal.text) : undefined,
    });
}

/** What the field takes, where this is not it. */
function wantedOf({ text, value }: Literal, { type }: CrmField): string | undefined {
  switch (type) {
    case "boolean":
      return typeof value === "boolean" ? undefined : "true or false";
    case "integer":
    case "decimal":
    case "currency":
    case "percent":
      return parseDecimal(text) === undefined ? "a number" : undefined;
    case "date":
      return isCalendarDate(text) ? undefined : "a date such as 2026-12-31";
    case "datetime":
      return instantOf(text) === undefined ? "a time such as 2026-12-31T12:00:00Z" : undefined;
    default:
      return undefined;
  }
}

/** True or false, in the word that YAML has for it: `yes` is a text. */
export function meantBoolean(text: string): string | undefined {
  const ready = boolean.prepare({});
  const meant = isProblem(ready) ? undefined : ready(text);
  return typeof meant === "boolean" ? String(meant) : undefined;
}

/** Longer values say nothing more to the reader of a message. */
const longestShown = 60;

/** A value of the mapping as messages show it. */
export function shown({ text }: Pick<Literal, "text">): string {
  return text.length > longestShown ? `"${text.slice(0, longestShown)}…"` : `"${text}"`;
}

function remark(subject: string, { code, message, suggestion }: Problem) {
  return { code: code === "outside-list" ? "value-outside-list" : code, message: `${subject} ${message}.`, suggestion };
}
