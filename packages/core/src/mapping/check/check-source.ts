import type { CrmField, CrmRelation } from "@cosell/connector";
import { splitStart } from "../compile/compile-path.ts";
import type { Word } from "../document.ts";
import type { CheckContext, ObjectScope } from "./context.ts";
import { shapeOfCrmField } from "./field-shape.ts";
import type { ValueShape } from "./value-shape.ts";
import { walkSchema } from "./walk-schema.ts";

/** What a path in the CRM's record leads to, where the schema tells. */
export interface CheckedSource {
  readonly field?: CrmField;
  readonly relation?: CrmRelation;
  /** Gives the values of a whole list. */
  readonly isList: boolean;
}

/** Is there such a field in the CRM? Reports where not. */
export function checkSource(
  word: Word,
  usual: "item" | "record",
  scope: ObjectScope,
  context: CheckContext,
): CheckedSource {
  const { start = usual, path } = splitStart(word.text);
  const segments = path.split(".");
  const isList = segments.some((segment) => segment.endsWith("[]"));
  const objects = scope[start];
  if (context.schema === undefined || objects === undefined) return { isList };
  const found = walkSchema(context.schema, objects, segments);
  switch (found.kind) {
    case "field":
      return { field: found.field, isList };
    case "relation":
      return { relation: found.relation, isList: isList || found.relation.kind === "many" };
    case "opaque":
      return { isList };
    case "list":
    case "unknown": {
      const code = found.kind === "list" ? "list-in-path" : "unknown-source-field";
      const suggestion =
        found.kind === "list" ? undefined : (ofTheRecord(path, start, scope, context) ?? found.suggestion);
      context.report(word.at, { code, message: found.message, suggestion });
      return { isList };
    }
  }
}

/** Inside `each`, a path that the record knows and the item does not. */
function ofTheRecord(
  path: string,
  start: "item" | "record",
  { record, itemKey }: ObjectScope,
  { schema }: CheckContext,
): string | undefined {
  if (start === "record" || itemKey === "" || schema === undefined || record === undefined) return undefined;
  return walkSchema(schema, record, path.split(".")).kind === "field" ? `$record.${path}` : undefined;
}

/** Checks a path that a value is read from, and says what is known of that value. */
export function checkValueSource(
  word: Word,
  usual: "item" | "record",
  scope: ObjectScope,
  context: CheckContext,
): ValueShape {
  const { field, relation, isList } = checkSource(word, usual, scope, context);
  if (relation !== undefined) {
    const wanted =
      relation.kind === "one"
        ? `name one of its fields, such as ${word.text}.Name`
        : `use "each", or name a field of all, such as ${word.text}[].Name`;
    const what = relation.kind === "one" ? "a record" : "a list of records";
    context.report(word.at, { code: "wrong-type", message: `${word.text} is ${what}, not a value: ${wanted}.` });
    return {};
  }
  return field === undefined
    ? { isList: isList ? true : undefined }
    : shapeOfCrmField(field, splitStart(word.text).path, isList);
}
