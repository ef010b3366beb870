import type { Literal, Word } from "../document.ts";
import { suggest } from "../suggest.ts";
import { shown } from "./check-literal.ts";
import type { CheckContext } from "./context.ts";
import { shapeOfTargetField } from "./field-shape.ts";
import type { FindSubject } from "./subject.ts";
import { plainPath } from "./target-fields.ts";
import type { ValueShape } from "./value-shape.ts";

/** Does the target tell us this? What is known of the value, where it does. */
export function checkReadable({ text, at }: Word, { target, report }: CheckContext): ValueShape {
  const { readable } = target;
  const field = readable.get(text);
  const itemField = readable.get(`${text}[]`);
  if (field === undefined) {
    const listed = [...readable.keys()].find((path) => plainPath(path) === text);
    report(at, {
      code: "unknown-target-field",
      message: `${target.name} has no field "${text}" to read.`,
      suggestion: listed ?? suggest(text, readable.keys()),
    });
    return {};
  }
  if (field.type === "structure" || itemField?.type === "structure") {
    report(at, { code: "wrong-type", message: `${text} has fields of its own: name one of them.` });
    return {};
  }
  return shapeOfTargetField(field, itemField);
}

/** What words mean in the conditions of inbound rules. */
export function inboundSubjects(context: CheckContext): FindSubject {
  return (word) => {
    const { form, isList, values } = checkReadable(word, context);
    const { text } = word;
    // Only a warning: the target is known to send values that its own list lacks.
    const checkOperand = (literal: Literal): void => {
      if (values?.includes(literal.text) === false)
        context.report(literal.at, {
          severity: "warning",
          code: "never-holds",
          message: `${shown(literal)} is not among the values of ${text}.`,
          suggestion: suggest(literal.text, values),
        });
    };
    return { key: text, name: text, form, isSingle: isList === false, checkOperand };
  };
}
