import type { TargetField } from "../../target.ts";

/** A target's field and, where it is a list, its items' field. */
export interface TargetFields {
  readonly field: TargetField | undefined;
  readonly itemField: TargetField | undefined;
}

/** What the model says about a path. */
export function targetFieldsAt(path: string, fields: ReadonlyMap<string, TargetField>): TargetFields {
  return { field: fields.get(path), itemField: fields.get(`${path}[]`) };
}

/** A path as mappings write it: without the marks of list items. */
export function plainPath(path: string): string {
  return path.replaceAll("[]", "");
}
