import type { CrmField } from "@cosell/connector";
import type { Condition, Constant, Rule, RuleBody, Word } from "../document.ts";
import { suggest } from "../suggest.ts";
import { ambiguousValues, inverseOf } from "../table-inverse.ts";
import { checkCrmLiteral } from "./check-literal.ts";
import { checkSource } from "./check-source.ts";
import { checkSteps } from "./check-steps.ts";
import { findTable } from "./check-table.ts";
import type { CheckContext, ObjectScope } from "./context.ts";

/** Checks every inbound rule: what it reads of the target, and the CRM field that it writes. */
export function checkInbound(scope: ObjectScope, context: CheckContext): void {
  for (const rule of context.document.inbound) {
    const field = checkWritable(rule, scope, context);
    checkBody(rule.body, rule, field, context);
  }
}

function checkWritable({ target }: Rule, scope: ObjectScope, context: CheckContext): CrmField | undefined {
  const { field, relation } = checkSource(target, "record", scope, context);
  if (relation !== undefined || field?.updatable === false)
    context.report(target.at, { code: "not-writable", message: `${target.text} cannot be written in the CRM.` });
  return field;
}

function checkBody(body: RuleBody, rule: Rule, field: CrmField | undefined, context: CheckContext): void {
  if (body.when) checkCondition(body.when, context);
  const { source } = body;
  switch (source.verb) {
    case "from":
      for (const path of source.paths) checkReadable(path, context);
      break;
    case "template":
      for (const part of source.parts) if (part.kind === "path") checkReadable(part.path, context);
      break;
    case "const":
      checkConstant(source.constant, field, context);
      break;
    case "choose":
      for (const option of source.options) checkBody(option, rule, field, context);
      break;
    case "list":
    case "each":
    case "fields":
      context.report(rule.target.at, {
        code: "wrong-type",
        message: `A CRM field holds one value: "${source.verb}" does not go with inbound rules.`,
      });
  }
  checkSteps(body.steps, undefined, context);
  for (const { argument } of body.steps.flatMap((step) => step.arguments))
    if (argument.kind === "path") checkReadable(argument.path, context);
  if (body.table) checkInverse(body.table, field, context);
  if (body.default) checkConstant(body.default, field, context);
}

function checkConstant(constant: Constant, field: CrmField | undefined, context: CheckContext): void {
  for (const literal of constant.kind === "one" ? [constant.literal] : constant.items)
    checkCrmLiteral(literal, field, context);
}

function checkInverse(name: Word, field: CrmField | undefined, context: CheckContext): void {
  const table = findTable(name, context);
  if (table === undefined) return;
  for (const [value, sources] of ambiguousValues(table))
    context.report(name.at, {
      code: "ambiguous-inverse",
      message: `The table ${name.text} cannot be read backwards: "${value}" comes from ${sources.join(", ")}. Say under inbound which one it becomes.`,
    });
  for (const { to } of inverseOf(table)) checkCrmLiteral(to, field, context);
  const known = new Set(table.outbound.map(({ from }) => from.text));
  for (const { to } of table.inbound ?? [])
    if (known.size > 0 && !known.has(to.text) && field?.picklist === undefined)
      context.report(to.at, {
        severity: "warning",
        code: "one-way-value",
        message: `"${to.text}" comes back from ${context.target.name}, but outbound does not know it.`,
        suggestion: suggest(to.text, known),
      });
}

/** Does the target tell us this? */
function checkReadable({ text, at }: Word, { target, report }: CheckContext): void {
  const { readable } = target;
  if (readable.has(text)) {
    const type = readable.get(text)?.type;
    if (type === "structure" || readable.get(`${text}[]`)?.type === "structure")
      report(at, { code: "wrong-type", message: `${text} has fields of its own: name one of them.` });
    return;
  }
  const listed = [...readable.keys()].find((path) => path.replaceAll("[]", "") === text);
  report(at, {
    code: "unknown-target-field",
    message: `${target.name} has no field "${text}" to read.`,
    suggestion: listed ?? suggest(text, readable.keys()),
  });
}

function checkCondition(condition: Condition, context: CheckContext): void {
  switch (condition.kind) {
    case "all":
    case "any":
      for (const part of condition.of) checkCondition(part, context);
      return;
    case "not":
      checkCondition(condition.of, context);
      return;
    case "test": {
      const { path, comparison, operands } = condition;
      checkReadable(path, context);
      const values = context.target.readable.get(path.text)?.values;
      if (values === undefined || comparison === "exists") return;
      // Only a warning: the target is known to send values that its own list lacks.
      for (const operand of operands.filter(({ text }) => !values.includes(text)))
        context.report(operand.at, {
          severity: "warning",
          code: "never-holds",
          message: `"${operand.text}" is not among the values of ${path.text}.`,
          suggestion: suggest(operand.text, values),
        });
    }
  }
}
