import type { CrmField } from "@cosell/connector";
import type { TargetField } from "../../target.ts";
import { countCodePoints } from "../code-points.ts";
import { fitCount, fitLiteral } from "../constraints.ts";
import type { Constant, Literal } from "../document.ts";
import { isProblem, type Problem } from "../problem.ts";
import { suggest } from "../suggest.ts";
import type { CheckContext } from "./context.ts";
import type { TargetFields } from "./target-fields.ts";

/** Does the target take this value? */
export function checkLiteral(literal: Literal, field: TargetField | undefined, { report }: CheckContext): void {
  const fitted = field && fitLiteral(literal, field);
  if (fitted !== undefined && isProblem(fitted)) report(literal.at, remark(`"${literal.text}"`, fitted));
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

/** Does the CRM field take this value? Only what the CRM itself refuses is an error. */
export function checkCrmLiteral(literal: Literal, field: CrmField | undefined, { report }: CheckContext): void {
  if (field === undefined) return;
  const values = field.picklist?.map(({ value }) => value) ?? [];
  if (field.restricted === true && values.length > 0 && !values.includes(literal.text))
    report(literal.at, {
      code: "value-outside-list",
      message: `"${literal.text}" is not among the values of ${field.name} in the CRM.`,
      suggestion: suggest(literal.text, values),
    });
  if (field.length !== undefined && countCodePoints(literal.text) > field.length)
    report(literal.at, {
      code: "too-long",
      message: `"${literal.text}" is longer than the ${field.length} characters that ${field.name} takes.`,
    });
}

function remark(subject: string, { code, message, suggestion }: Problem) {
  return { code: code === "outside-list" ? "value-outside-list" : code, message: `${subject} ${message}.`, suggestion };
}
