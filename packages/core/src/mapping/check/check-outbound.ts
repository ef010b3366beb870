import { fitCount } from "../constraints.ts";
import type { Rule, RuleBody, Source, Word } from "../document.ts";
import { suggest } from "../suggest.ts";
import { type Assumptions, factOf, leftOf } from "./assumptions.ts";
import { checkCondition } from "./check-condition.ts";
import { checkFit } from "./check-fit.ts";
import { checkConstant } from "./check-literal.ts";
import { checkOptions } from "./check-options.ts";
import { checkSource, checkValueSource } from "./check-source.ts";
import { checkSteps } from "./check-steps.ts";
import { checkOutboundTable } from "./check-table.ts";
import type { CheckContext, ObjectScope } from "./context.ts";
import { keyOfPath, outboundSubjects, type TargetsAbove } from "./find-subject.ts";
import { plainPath, type TargetFields, targetFieldsAt } from "./target-fields.ts";
import { eitherShape, type ValueShape } from "./value-shape.ts";

interface Place {
  /** The model's path of what the rule is in, ending in `.`, or empty. */
  readonly within: string;
  readonly targets: TargetsAbove;
  readonly scope: ObjectScope;
  readonly assumptions: Assumptions | undefined;
}

/** A place at which a value is made. */
interface ValuePlace extends Place {
  readonly path: string;
  readonly fields: TargetFields;
  /** Steps or a table come after it: the value is not yet what the target gets. */
  readonly isInterim: boolean;
}

/** What an outbound rule gives its target, where that is known. */
export type OutboundShapes = ReadonlyMap<string, ValueShape>;

/** Checks every outbound rule against the target's model and the CRM's schema. */
export function checkOutbound(scope: ObjectScope, context: CheckContext): OutboundShapes {
  const all = new Set(context.document.outbound.map(({ target }) => target.text));
  const above = new Map<string, ValueShape>();
  for (const rule of context.document.outbound) {
    const place = { within: "", targets: { above, all }, scope, assumptions: undefined };
    above.set(rule.target.text, checkRule(rule, place, context));
  }
  return above;
}

function checkRule(rule: Rule, place: Place, context: CheckContext): ValueShape {
  const path = place.within + rule.target.text;
  const fields = targetFieldsAt(path, context.target.writable);
  if (fields.field === undefined) {
    reportUnknownTarget(rule, place, context);
    return {};
  }
  return checkBody(rule.body, { ...place, path, fields, isInterim: false }, context);
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

function checkBody(body: RuleBody, given: ValuePlace, context: CheckContext): ValueShape {
  const { scope, fields, targets, path } = given;
  const find = outboundSubjects(targets, scope, context);
  const place = body.when
    ? { ...given, assumptions: checkCondition(body.when, find, given.assumptions, context) }
    : given;
  const isChanged = body.steps.length > 0 || body.table !== undefined;
  const source = checkVerb(body.source, { ...place, isInterim: given.isInterim || isChanged }, context);
  const checkPath = (word: Word) => {
    checkValueSource(word, "record", scope, context);
  };
  const made = checkSteps(body.steps, source, checkPath, context);
  const shape = body.table ? checkOutboundTable(body.table, made, fields, context) : made;
  if (!isStructured(body.source, fields)) reportStructure(body, place, context);
  else if (!given.isInterim && body.table === undefined && (isChanged || readsPaths(body.source)))
    checkFit(shape, body, path, fields, context);
  if (body.default === undefined) return shape;
  checkConstant(body.default, fields, context);
  return body.default.kind === "list" ? {} : eitherShape([shape, constantShape(body.default.literal.text)]);
}

function readsPaths({ verb }: Source): boolean {
  return verb === "from" || verb === "template";
}

function constantShape(text: string): ValueShape {
  return { values: [text], isClosed: true, isList: false };
}

/** What has fields of its own is made of fields. */
function isStructured({ verb }: Source, { field, itemField }: TargetFields): boolean {
  const isOneValue = verb === "from" || verb === "const" || verb === "template";
  return !isOneValue || (field?.type !== "structure" && !(field?.type === "list" && itemField?.type === "structure"));
}

function reportStructure(body: RuleBody, { path, fields }: ValuePlace, { report }: CheckContext): void {
  const verbs = fields.field?.type === "structure" ? '"fields"' : '"each" or "list"';
  report(body.at, {
    code: "wrong-type",
    message: `${plainPath(path)} has fields of its own: map it with ${verbs}, or map its fields one by one.`,
  });
}

function checkVerb(source: Source, place: ValuePlace, context: CheckContext): ValueShape {
  const { scope, path, fields } = place;
  switch (source.verb) {
    case "from":
      return eitherShape(
        source.paths.map((word) => narrow(word, checkValueSource(word, "item", scope, context), place)),
      );
    case "const":
      if (!place.isInterim && isStructured(source, fields)) checkConstant(source.constant, fields, context);
      return source.constant.kind === "list"
        ? { isList: true, values: source.constant.items.map(({ text }) => text), isClosed: true }
        : constantShape(source.constant.literal.text);
    case "template":
      return templateShape(
        source.parts.map((part) =>
          part.kind === "text" ? { maxLength: part.text.length } : checkValueSource(part.path, "item", scope, context),
        ),
      );
    case "choose":
      return checkOptions(
        source.options,
        place.assumptions,
        outboundSubjects(place.targets, scope, context),
        context,
        (option, assumptions) => checkBody(option, { ...place, assumptions }, context),
      );
    case "fields":
      if (wantsType(source, "structure", place, context))
        for (const field of source.fields) checkRule(field, { ...place, within: `${path}.` }, context);
      return {};
    case "list":
      if (wantsType(source, "list", place, context)) checkItems(source, place, context);
      return { isList: true };
    case "each": {
      const { relation, field } = checkSource(source.path, "item", scope, context);
      const isOne = relation?.kind === "one" && !source.path.text.includes("[]");
      if (field !== undefined || isOne)
        context.report(source.path.at, {
          code: "wrong-type",
          message: `${source.path.text} is a single ${isOne ? "record" : "field"}: "each" needs a list of records.`,
        });
      const inside = { record: scope.record, item: relation?.objects, itemKey: `${path} ` };
      if (wantsType(source, "list", place, context))
        for (const rule of source.fields) checkRule(rule, { ...place, within: `${path}[].`, scope: inside }, context);
      return { isList: true };
    }
  }
}

/** What is left of a path's values where the rule's conditions hold. */
function narrow({ text }: Word, shape: ValueShape, { assumptions, scope }: Place): ValueShape {
  if (shape.values === undefined || assumptions === undefined) return shape;
  const values = leftOf(shape.values, factOf(keyOfPath(text, scope), assumptions));
  return values.length === shape.values.length ? shape : { ...shape, values, isNarrowed: true };
}

function templateShape(parts: readonly ValueShape[]): ValueShape {
  const isKnown = parts.every(({ maxLength }) => maxLength !== undefined);
  const origin = [...new Set(parts.flatMap((part) => part.origin ?? []))].join(" and ");
  return {
    form: "text",
    isList: false,
    maxLength: isKnown ? parts.reduce((sum, { maxLength = 0 }) => sum + maxLength, 0) : undefined,
    ...(origin !== "" && { origin }),
  };
}

function checkItems(source: Extract<Source, { verb: "list" }>, place: ValuePlace, context: CheckContext): void {
  const { path, fields } = place;
  for (const item of source.items)
    if (item.kind === "object") {
      const find = outboundSubjects(place.targets, place.scope, context);
      const assumptions = item.when ? checkCondition(item.when, find, place.assumptions, context) : place.assumptions;
      for (const field of item.fields) checkRule(field, { ...place, assumptions, within: `${path}[].` }, context);
    } else {
      const one = { field: fields.itemField, itemField: undefined };
      checkBody(item.body, { ...place, fields: one, isInterim: false }, context);
    }
  const { field } = fields;
  const problem = field && fitCount(source.items.length, field);
  if (problem !== undefined)
    context.report(source.at, { code: problem.code, message: `This list ${problem.message}.` });
}

function wantsType(
  source: Extract<Source, { verb: "fields" | "list" | "each" }>,
  type: "structure" | "list",
  { path, fields: { field } }: ValuePlace,
  { report }: CheckContext,
): boolean {
  if (field === undefined || field.type === type) return true;
  const at = source.verb === "each" ? source.path.at : source.at;
  const is = field.type === "list" || field.type === "structure" ? `a ${field.type}` : "one value";
  report(at, { code: "wrong-type", message: `${plainPath(path)} is ${is}: "${source.verb}" makes a ${type}.` });
  return false;
}
