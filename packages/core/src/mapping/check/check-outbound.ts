import type { CrmField } from "@cosell/connector";
import type { Rule, RuleBody, Source } from "../document.ts";
import type { ValueKind } from "../steps/step.ts";
import { suggest } from "../suggest.ts";
import { checkCondition, type TargetsAbove } from "./check-condition.ts";
import { checkConstant } from "./check-literal.ts";
import { checkSource } from "./check-source.ts";
import { checkSteps } from "./check-steps.ts";
import { checkOutboundTable } from "./check-table.ts";
import type { CheckContext, ObjectScope } from "./context.ts";
import { kindOfField } from "./field-kind.ts";
import { plainPath, type TargetFields, targetFieldsAt } from "./target-fields.ts";

interface Place {
  /** The model's path of what the rule is in, ending in `.`, or empty. */
  readonly within: string;
  readonly targets: TargetsAbove;
  readonly scope: ObjectScope;
}

/** Checks every outbound rule against the target's model and the CRM's schema. */
export function checkOutbound(scope: ObjectScope, context: CheckContext): void {
  const all = new Set(context.document.outbound.map(({ target }) => target.text));
  const above = new Set<string>();
  for (const rule of context.document.outbound) {
    checkRule(rule, { within: "", targets: { above, all }, scope }, context);
    above.add(rule.target.text);
  }
}

function checkRule(rule: Rule, place: Place, context: CheckContext): void {
  const path = place.within + rule.target.text;
  const fields = targetFieldsAt(path, context.target.writable);
  if (fields.field === undefined) {
    reportUnknownTarget(rule, place, context);
    return;
  }
  checkBody(rule.body, path, fields, place, context);
}

function reportUnknownTarget({ target }: Rule, { within }: Place, { target: model, report }: CheckContext): void {
  const known = [...model.writable.keys()].filter((path) => path.startsWith(within) && !path.endsWith("[]"));
  const inside = known.find((path) => plainPath(path) === plainPath(within + target.text));
  if (inside !== undefined) {
    const list = plainPath(inside.slice(0, inside.lastIndexOf("[]")));
    report(target.at, {
      code: "target-in-list",
      message: `${target.text} is inside the list ${list}: map ${list} with "each" or "list".`,
    });
    return;
  }
  const candidates = known.map((path) => path.slice(within.length)).filter((path) => !path.includes("[]"));
  const suggestion = suggest(target.text, candidates) ?? candidates.find((path) => path.endsWith(`.${target.text}`));
  const where = within === "" ? "" : ` in ${within.slice(0, -1)}`;
  report(target.at, {
    code: "unknown-target-field",
    message: `${model.name} has no field "${target.text}"${where}.`,
    suggestion,
  });
}

function checkBody(body: RuleBody, path: string, fields: TargetFields, place: Place, context: CheckContext): void {
  if (body.when) checkCondition(body.when, place.targets, place.scope, context);
  const given = checkVerb(body.source, path, fields, place, context);
  const kind = checkSteps(body.steps, given.kind, context, place.scope);
  if (body.table) checkOutboundTable(body.table, fields, body.steps.length === 0 ? given.field : undefined, context);
  else checkKind(kind, body, path, fields, context);
  if (body.default) checkConstant(body.default, fields, context);
}

/** What a verb gives, as far as it is known. */
interface Given {
  readonly kind?: ValueKind | undefined;
  /** The only CRM field that the value comes from. */
  readonly field?: CrmField | undefined;
}

function checkVerb(source: Source, path: string, fields: TargetFields, place: Place, context: CheckContext): Given {
  const { scope } = place;
  switch (source.verb) {
    case "from": {
      const found = source.paths.map((word) => checkSource(word, "item", scope, context));
      const [only, ...more] = found;
      const kinds = new Set(found.map(({ field, isList }) => (isList ? "list" : field && kindOfField(field))));
      return { kind: kinds.size === 1 ? [...kinds][0] : undefined, field: more.length === 0 ? only?.field : undefined };
    }
    case "const":
      checkConstant(source.constant, fields, context);
      return {};
    case "template":
      for (const part of source.parts) if (part.kind === "path") checkSource(part.path, "item", scope, context);
      return { kind: "text" };
    case "choose":
      for (const option of source.options) checkBody(option, path, fields, place, context);
      return {};
    case "fields":
      if (wantsType(source, "structure", path, fields, context))
        for (const field of source.fields) checkRule(field, { ...place, within: `${path}.` }, context);
      return {};
    case "list":
      if (wantsType(source, "list", path, fields, context))
        for (const item of source.items)
          if (item.kind === "value")
            checkBody(item.body, path, { field: fields.itemField, itemField: undefined }, place, context);
          else for (const field of item.fields) checkRule(field, { ...place, within: `${path}[].` }, context);
      return {};
    case "each": {
      const { relation, field } = checkSource(source.path, "item", scope, context);
      if (field !== undefined)
        context.report(source.path.at, {
          code: "wrong-type",
          message: `${source.path.text} is a single field: "each" needs a list of records.`,
        });
      const inside = { record: scope.record, item: relation?.objects };
      if (wantsType(source, "list", path, fields, context))
        for (const rule of source.fields) checkRule(rule, { ...place, within: `${path}[].`, scope: inside }, context);
      return {};
    }
  }
}

function wantsType(
  source: Extract<Source, { verb: "fields" | "list" | "each" }>,
  type: "structure" | "list",
  path: string,
  { field }: TargetFields,
  { report }: CheckContext,
): boolean {
  if (field === undefined || field.type === type) return true;
  const at = source.verb === "each" ? source.path.at : source.at;
  report(at, {
    code: "wrong-type",
    message: `${plainPath(path)} is a ${field.type}: "${source.verb}" makes a ${type}.`,
  });
  return false;
}

/** Can a value of this kind stand in the target? */
function checkKind(
  kind: ValueKind | undefined,
  body: RuleBody,
  path: string,
  { field, itemField }: TargetFields,
  context: CheckContext,
): void {
  const { verb } = body.source;
  const single = verb === "from" || verb === "const" || verb === "template";
  const name = plainPath(path);
  const report = (message: string) => context.report(body.at, { code: "wrong-type", message });
  if (single && (field?.type === "structure" || (field?.type === "list" && itemField?.type === "structure"))) {
    const verbs = field.type === "structure" ? '"fields"' : '"each" or "list"';
    report(`${name} has fields of its own: map it with ${verbs}, or map its fields one by one.`);
  } else if (kind === "list" && field !== undefined && field.type !== "list")
    report(`${name} takes one value, and this gives a list: add the step first, or join.`);
  else if (kind === "boolean" && (field?.type === "list" ? itemField : field)?.type === "string")
    report(`${name} takes a text, and this gives true or false: add a table.`);
}
