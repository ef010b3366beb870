import type { TargetField } from "../../target.ts";
import { parseDecimal } from "../steps/decimal-text.ts";
import type { RuleBody } from "../document.ts";
import type { Position } from "../mapping.ts";
import { suggest } from "../suggest.ts";
import { someOf } from "./check-table.ts";
import type { CheckContext } from "./context.ts";
import { plainPath, type TargetFields } from "./target-fields.ts";
import type { ValueForm, ValueShape } from "./value-shape.ts";

/** Can what a rule gives stand in the target? */
export function checkFit(
  shape: ValueShape,
  body: RuleBody,
  path: string,
  { field, itemField }: TargetFields,
  { report }: CheckContext,
): void {
  if (field === undefined) return;
  const name = plainPath(path);
  const leaf = (field.type === "list" ? itemField : field) ?? field;
  const complain = (message: string) => {
    report(body.at, { code: "wrong-type", message: `${name} takes ${message}.` });
  };
  if (shape.isList === true && field.type !== "list") {
    complain("one value, and this gives a list: add the step first, or join");
    return;
  }
  const misfit = shape.form === undefined ? undefined : misfitOf(shape.form, leaf);
  if (misfit !== undefined) {
    complain(misfit);
    return;
  }
  const at = sourceAt(body);
  if (shape.isJoined === true && (field.type === "list" || leaf.values !== undefined))
    report(at, {
      severity: "warning",
      code: "unsplit-choices",
      message: `${shape.origin ?? "This"} may hold several choices in one text: add the step { split: ";" }${field.type === "list" ? "" : ", then first"}.`,
    });
  else checkValues(shape, leaf, at, name, report);
  checkLength(shape, leaf, at, name, report);
}

/** What is wrong with values of this form in the field, following "X takes". */
function misfitOf(form: ValueForm, field: TargetField): string | undefined {
  const { type, format, values } = field;
  const gives = `and this gives ${articles[form]}`;
  switch (type) {
    case "integer":
    case "number":
      return form === "number" || form === "integer" || form === "text" ? undefined : `a number, ${gives}`;
    case "boolean":
      return form === "boolean" || form === "text"
        ? undefined
        : `true or false, ${gives}${form === "integer" ? ": add the step boolean" : ""}`;
    case "timestamp":
      return misfitOfTime(form, gives);
    case "structure":
    case "list":
    case "map":
      return undefined;
    case "string":
      if (form === "boolean") return `${values ? `one of ${values.length} values` : "a text"}, ${gives}: add a table`;
      if (format === "date") return misfitOfDay(form, gives);
      if (format === "timestamp") return misfitOfTime(form, gives);
      if (format === "decimal")
        return form === "number" || form === "integer" || form === "text" ? undefined : `an amount, ${gives}`;
      if (format === "email") return form === "text" || form === "prose" ? undefined : `an e-mail address, ${gives}`;
      if (values === undefined || form === "text") return undefined;
      if ((form === "number" || form === "integer") && values.some((value) => parseDecimal(value) !== undefined))
        return undefined;
      return `one of ${values.length} values, ${gives}: add a table`;
  }
}

const articles: Readonly<Record<ValueForm, string>> = {
  text: "a text",
  prose: "a text of another kind",
  number: "a number",
  integer: "a number",
  boolean: "true or false",
  day: "a date",
  time: "a date with a time",
};

function misfitOfDay(form: ValueForm, gives: string): string | undefined {
  if (form === "day" || form === "text") return undefined;
  return `a date, ${gives}${form === "time" || form === "integer" ? ": add the step date" : ""}`;
}

function misfitOfTime(form: ValueForm, gives: string): string | undefined {
  if (form === "time" || form === "text") return undefined;
  return `a date with a time, ${gives}${form === "day" || form === "integer" ? ": add the step datetime" : ""}`;
}

/** Shorter values are codes: any two of them are alike. */
const shortestSlip = 4;

/** Values of the CRM that the target does not know. */
function checkValues(
  { values = [], retired, origin }: ValueShape,
  field: TargetField,
  at: Position,
  name: string,
  report: CheckContext["report"],
): void {
  if (field.values === undefined) return;
  const accepted = new Set(field.values);
  const unfit = values.filter((value) => !accepted.has(value) && retired?.has(value) !== true);
  // A picklist that has all of the target's values speaks its language: others in it are known exceptions, slips are not.
  const isDeliberate =
    field.values.every((value) => values.includes(value)) &&
    !unfit.some((value) => suggest(value, accepted) !== undefined && value.length > shortestSlip);
  if (unfit.length > 0 && !isDeliberate)
    report(at, {
      severity: "warning",
      code: "unfit-values",
      message: `${name} does not take these values of ${origin ?? "the CRM"}: ${someOf(unfit)}. A record with one of them cannot be sent: add a table.`,
    });
}

/** Texts of the CRM that may be longer than the target takes. */
function checkLength(
  { maxLength = 0, origin }: ValueShape,
  field: TargetField,
  at: Position,
  name: string,
  report: CheckContext["report"],
): void {
  const limit = field.maxLength;
  if (limit === undefined || maxLength <= limit || field.values !== undefined) return;
  report(at, {
    severity: "warning",
    code: "may-be-too-long",
    message: `${origin ?? "This"} may have ${maxLength} characters, and ${name} takes ${limit}: a record with a longer one cannot be sent. Add the step { truncate: ${limit} }.`,
  });
}

/** Where a body says what it takes its value from. */
export function sourceAt({ source, at }: RuleBody): Position {
  switch (source.verb) {
    case "from":
      return source.paths[0]?.at ?? at;
    case "each":
      return source.path.at;
    case "template":
    case "list":
    case "fields":
    case "choose":
      return source.at;
    case "const":
      return source.constant.kind === "one" ? source.constant.literal.at : source.constant.at;
  }
}
