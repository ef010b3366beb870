import { splitStart } from "../compile/compile-path.ts";
import type { Literal, Word } from "../document.ts";
import { suggest } from "../suggest.ts";
import { checkLiteral, shown } from "./check-literal.ts";
import { checkSource } from "./check-source.ts";
import type { CheckContext, ObjectScope } from "./context.ts";
import { shapeOfCrmField } from "./field-shape.ts";
import type { FindSubject, Subject } from "./subject.ts";
import type { ValueShape } from "./value-shape.ts";

/** The outbound targets, as a rule at some place sees them. */
export interface TargetsAbove {
  /** What is known of the values of those that are mapped above. */
  readonly above: ReadonlyMap<string, ValueShape>;
  readonly all: ReadonlySet<string>;
}

export const noTargets: TargetsAbove = { above: new Map(), all: new Set() };

/** What words mean in the conditions of outbound rules and of `match`: targets that are mapped above, else the record. */
export function outboundSubjects(targets: TargetsAbove, scope: ObjectScope, context: CheckContext): FindSubject {
  return (word) => {
    const above = ownerOf(word.text, targets.above);
    if (above !== undefined) return targetSubject(word, targets.above.get(word.text), context);
    const below = ownerOf(word.text, targets.all);
    if (below === undefined) return sourceSubject(word, scope, context);
    context.report(word.at, {
      code: "target-not-above",
      message: `A condition may name only targets that are mapped above it: move the rule for ${below} up.`,
    });
    return undefined;
  };
}

function targetSubject({ text, at }: Word, shape: ValueShape | undefined, context: CheckContext): Subject | undefined {
  const { target, report } = context;
  const field = target.writable.get(text);
  const itemField = target.writable.get(`${text}[]`);
  if (field === undefined) {
    report(at, {
      code: "unknown-target-field",
      message: `${target.name} has no field "${text}".`,
      suggestion: suggest(text, target.writable.keys()),
    });
    return undefined;
  }
  const taken = itemField?.values ?? field.values;
  // Values that the target does not take are mistakes of their own: nothing is concluded from them.
  const isSound = shape?.isClosed === true && shape.values?.every((value) => taken?.includes(value) !== false) === true;
  const given = isSound ? new Set(shape.values) : undefined;
  const checkOperand = (literal: Literal): void => {
    const leaf = itemField ?? field;
    if (leaf.values?.includes(literal.text) === false) checkLiteral(literal, leaf, context);
    else if (given?.has(literal.text) === false)
      report(literal.at, {
        severity: "warning",
        code: "never-holds",
        message: `The rule for ${text} never gives ${shown(literal)}.`,
        suggestion: suggest(literal.text, given),
      });
  };
  const isSingle = field.type !== "list";
  return { key: `target ${text}`, name: text, isSingle, values: given && [...given], checkOperand };
}

/** Tells a path of the record, or of an item, from all others. */
export function keyOfPath(text: string, { itemKey }: ObjectScope): string {
  const { start = "item", path } = splitStart(text);
  return start === "item" ? `${itemKey}${path}` : path;
}

function sourceSubject(word: Word, scope: ObjectScope, context: CheckContext): Subject {
  const { field, relation, isList } = checkSource(word, "item", scope, context);
  const { path } = splitStart(word.text);
  const key = keyOfPath(word.text, scope);
  if (field === undefined) {
    const checkOperand = ({ at }: Literal): void => {
      if (relation !== undefined)
        context.report(at, {
          code: "wrong-type",
          message: `${word.text} is ${isList ? "a list of records" : "a record"}: test one of its fields, or whether it exists.`,
        });
    };
    return { key, name: word.text, isSingle: false, checkOperand };
  }
  const { form, isJoined, values, isClosed } = shapeOfCrmField(field, path, isList);
  const checkOperand = (literal: Literal): void => {
    if (isJoined === true || values === undefined || field.type === "boolean" || values.includes(literal.text)) return;
    context.report(literal.at, {
      severity: "warning",
      code: "never-holds",
      message: `${shown(literal)} is not among the values of ${field.name} in the CRM${isClosed === true ? ": this can never be so" : ""}.`,
      suggestion: suggest(literal.text, values),
    });
  };
  const isSingle = !isList && isJoined !== true && field.type !== "other";
  return { key, name: word.text, form, isSingle, values: isClosed === true ? values : undefined, checkOperand };
}

/** The target that a path is, or is inside of. */
function ownerOf(path: string, targets: { has(target: string): boolean }): string | undefined {
  for (let part = path; part !== ""; part = part.slice(0, Math.max(0, part.lastIndexOf("."))))
    if (targets.has(part)) return part;
  return undefined;
}
