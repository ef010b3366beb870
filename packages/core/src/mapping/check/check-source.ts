import type { CrmField, CrmRelation } from "@cosell/connector";
import { splitStart } from "../compile/compile-path.ts";
import type { Word } from "../document.ts";
import type { CheckContext, ObjectScope } from "./context.ts";
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
      context.report(word.at, { code: "list-in-path", message: found.message });
      return { isList };
    case "unknown":
      context.report(word.at, { code: "unknown-source-field", message: found.message, suggestion: found.suggestion });
      return { isList };
  }
}
