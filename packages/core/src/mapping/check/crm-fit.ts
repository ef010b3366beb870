import type { CrmField } from "@cosell/connector";
import type { RuleBody } from "../document.ts";
import { parseDecimal } from "../steps/decimal-text.ts";
import { sourceAt } from "./check-fit.ts";
import { someOf } from "./check-table.ts";
import type { CheckContext } from "./context.ts";
import type { ValueShape } from "./value-shape.ts";

/** Can what an inbound rule gives stand in the CRM's field? */
export function checkCrmFit(
  shape: ValueShape,
  body: RuleBody,
  field: CrmField,
  { report, target }: CheckContext,
): void {
  const { name, type, length, picklist, restricted } = field;
  const at = sourceAt(body);
  if (shape.isList === true && type !== "multipicklist" && type !== "other") {
    report(at, {
      code: "wrong-type",
      message: `${name} holds one value, and this gives a list: add the step join, or first.`,
    });
    return;
  }
  const misfit = misfitOf(shape, field);
  if (misfit !== undefined) {
    report(at, { code: "wrong-type", message: `${name} is ${misfit}.` });
    return;
  }
  const accepted = new Set(picklist?.map(({ value }) => value));
  const unfit = accepted.size === 0 ? [] : (shape.values ?? []).filter((value) => !accepted.has(value));
  if (unfit.length > 0 && restricted === true)
    report(at, {
      severity: "warning",
      code: "unfit-values",
      message: `${name} does not take these values of ${shape.origin ?? target.name}: ${someOf(unfit)}. The CRM refuses them: add a table.`,
    });
  if (length !== undefined && shape.maxLength !== undefined && shape.maxLength > length)
    report(at, {
      severity: "warning",
      code: "may-be-too-long",
      message: `${shape.origin ?? "This"} may have ${shape.maxLength} characters, and ${name} takes ${length}: the CRM refuses a longer one. Add the step { truncate: ${length} }.`,
    });
}

/** What the field is, where values of this form can never be that. */
function misfitOf({ form, values, isClosed }: ValueShape, { type }: CrmField): string | undefined {
  if (form === undefined) return undefined;
  const isText = form === "text" || form === "prose";
  switch (type) {
    case "boolean":
      return form === "boolean" ? undefined : "true or false: add the step boolean, or a table";
    case "integer":
    case "decimal":
    case "currency":
    case "percent": {
      const hasNumber = values === undefined || values.some((value) => parseDecimal(value) !== undefined);
      if (form === "number" || form === "integer" || (form === "text" && hasNumber && isClosed !== true))
        return undefined;
      return "a number: this gives none";
    }
    case "date":
      return form === "day"
        ? undefined
        : `a date: ${isText || form === "time" ? "add the step date" : "this gives none"}`;
    case "datetime":
      return form === "time"
        ? undefined
        : `a date with a time: ${isText || form === "day" ? "add the step datetime" : "this gives none"}`;
    default:
      return undefined;
  }
}
