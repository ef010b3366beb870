import type { CrmField } from "@cosell/connector";
import type { Constant, Rule, RuleBody, Source, Word } from "../document.ts";
import { suggest } from "../suggest.ts";
import { ambiguousValues, inverseOf } from "../table-inverse.ts";
import type { Assumptions } from "./assumptions.ts";
import { checkCondition } from "./check-condition.ts";
import { checkCrmLiteral } from "./check-literal.ts";
import { checkOptions } from "./check-options.ts";
import { checkReadable, inboundSubjects } from "./check-readable.ts";
import { checkSource } from "./check-source.ts";
import { checkSteps } from "./check-steps.ts";
import { findTable, shapeAfter } from "./check-table.ts";
import type { CheckContext, ObjectScope } from "./context.ts";
import { checkCrmFit } from "./crm-fit.ts";
import { eitherShape, type ValueShape } from "./value-shape.ts";

/** What an inbound body writes to, and what is certain where it stands. */
interface Place {
  readonly rule: Rule;
  readonly field: CrmField | undefined;
  readonly assumptions: Assumptions | undefined;
  /** Steps or a table come after it. */
  readonly isInterim: boolean;
}

/** Checks every inbound rule: what it reads of the target, and the CRM field that it writes. */
export function checkInbound(scope: ObjectScope, context: CheckContext): void {
  for (const rule of context.document.inbound) {
    const field = checkWritable(rule.target, scope, context);
    checkBody(rule.body, { rule, field, assumptions: undefined, isInterim: false }, context);
  }
}

/** The CRM field that a rule writes, or a finding. */
export function checkWritable(target: Word, scope: ObjectScope, context: CheckContext): CrmField | undefined {
  const { field, relation } = checkSource(target, "record", scope, context);
  if (relation !== undefined || (field !== undefined && !isWritten(field, context)))
    context.report(target.at, { code: "not-writable", message: `${target.text} cannot be ${wayOf[context.records]}.` });
  else if (field !== undefined && target.text !== field.name) {
    const message = `${target.text} belongs to another record: only fields of ${context.document.crm.object.text} itself are written.`;
    context.report(target.at, { code: "not-writable", message });
  }
  return field;
}

/** Some fields can be set when a record is made and never again; a few only afterwards. */
function isWritten({ creatable, updatable }: CrmField, { records }: CheckContext): boolean {
  return records === "new" ? creatable : updatable;
}

const wayOf: Readonly<Record<CheckContext["records"], string>> = {
  existing: "written in the CRM",
  new: "set on a new record of the CRM",
};

function checkBody(body: RuleBody, given: Place, context: CheckContext): ValueShape {
  const { field } = given;
  const find = inboundSubjects(context);
  const place = body.when
    ? { ...given, assumptions: checkCondition(body.when, find, given.assumptions, context) }
    : given;
  const isChanged = body.steps.length > 0 || body.table !== undefined;
  const source = checkVerb(body.source, { ...place, isInterim: given.isInterim || isChanged }, context);
  const checkPath = (path: Word) => {
    checkReadable(path, context);
  };
  const made = checkSteps(body.steps, source, checkPath, context);
  const shape = body.table ? checkInverse(body.table, made, field, context) : made;
  const reads = body.source.verb === "from" || body.source.verb === "template";
  if (field !== undefined && !given.isInterim && body.table === undefined && (isChanged || reads))
    checkCrmFit(shape, body, field, context);
  if (body.default) checkConstant(body.default, field, context);
  return shape;
}

function checkVerb(source: Source, place: Place, context: CheckContext): ValueShape {
  switch (source.verb) {
    case "from":
      return eitherShape(source.paths.map((path) => checkReadable(path, context)));
    case "template":
      for (const part of source.parts) if (part.kind === "path") checkReadable(part.path, context);
      return { form: "text", isList: false };
    case "const":
      if (!place.isInterim) checkConstant(source.constant, place.field, context);
      return {};
    case "choose":
      return checkOptions(source.options, place.assumptions, inboundSubjects(context), context, (option, assumptions) =>
        checkBody(option, { ...place, assumptions }, context),
      );
    case "list":
    case "each":
    case "fields":
      context.report(place.rule.target.at, {
        code: "wrong-type",
        message: `A CRM field holds one value: "${source.verb}" does not go with inbound rules.`,
      });
      return {};
  }
}

function checkConstant(constant: Constant, field: CrmField | undefined, context: CheckContext): void {
  for (const literal of constant.kind === "one" ? [constant.literal] : constant.items)
    checkCrmLiteral(literal, field, context);
}

function checkInverse(name: Word, given: ValueShape, field: CrmField | undefined, context: CheckContext): ValueShape {
  const table = findTable(name, context);
  if (table === undefined) return {};
  for (const [value, sources] of ambiguousValues(table))
    context.report(name.at, {
      code: "ambiguous-inverse",
      message: `The table ${name.text} cannot be read backwards: "${value}" comes from ${sources.join(", ")}. Say under inbound which one it becomes.`,
    });
  const rows = inverseOf(table);
  if (field !== undefined)
    context.once([table, field], () => {
      for (const { to } of rows) checkCrmLiteral(to, field, context);
    });
  const known = new Set(table.outbound.map(({ from }) => from.text));
  for (const { to } of table.inbound ?? [])
    if (known.size > 0 && !known.has(to.text) && field?.picklist === undefined)
      context.report(to.at, {
        severity: "warning",
        code: "one-way-value",
        message: `"${to.text}" comes back from ${context.target.name}, but outbound does not know it.`,
        suggestion: suggest(to.text, known),
      });
  if (table.inbound !== undefined && given.values !== undefined) checkRows(table.inbound, given.values, context);
  return shapeAfter(rows, undefined, given);
}

/** Rows of a written inverse that the target's values never meet. */
function checkRows(
  rows: NonNullable<CheckContext["document"]["tables"][number]["inbound"]>,
  values: readonly string[],
  { target, report }: CheckContext,
): void {
  const known = new Set(values);
  for (const { from } of rows)
    if (!known.has(from.text))
      report(from.at, {
        severity: "warning",
        code: "unused-row",
        message: `"${from.text}" is not among the values that ${target.name} sends here.`,
        suggestion: suggest(from.text, values),
      });
}
