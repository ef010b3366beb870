import type { FieldValue } from "../document.ts";
import type { Org } from "../org.ts";
import type { StoredRecord } from "../records/record-store.ts";
import { SalesforceError } from "../salesforce-error.ts";
import type { FieldDefinition } from "../schema/field.ts";
import type { ObjectDefinition } from "../schema/object.ts";
import { malformed } from "./parse.ts";

/** How many parents a path may lead over (SOQL and SOSL Reference, "Understanding Relationship Query Limitations"). */
const mostParents = 5;

/** One hop of a path: from a record to its parent. */
export interface ParentStep {
  readonly reference: FieldDefinition;
  readonly object: ObjectDefinition;
}

/** A path of SOQL such as `Account.Parent.Name`, found in the schema. */
export interface FieldPath {
  readonly parents: readonly ParentStep[];
  readonly field: FieldDefinition;
  /** The value at the path's end; null where a parent is missing on the way. */
  readonly value: (record: StoredRecord) => FieldValue;
}

/** Finds a path. @param path names joined by dots; may begin with the object's own name. Throws `INVALID_FIELD`. */
export function resolvePath(org: Org, start: ObjectDefinition, path: string): FieldPath {
  const names = path.split(".");
  const own = names.length > 1 && names[0]?.toLowerCase() === start.name.toLowerCase();
  const relationships = names.slice(own ? 1 : 0, -1);
  if (relationships.length > mostParents) {
    throw malformed(`a path leads over at most ${mostParents} parent relationships: ${path}`);
  }
  let object = start;
  const parents = relationships.map((relationship): ParentStep => {
    const reference = org.schema().parent(object, relationship);
    if (!reference?.reference) throw unknownRelationship(relationship);
    object = org.schema().object(reference.reference.object);
    return { reference, object };
  });
  const name = names.at(-1) ?? "";
  const field = org.schema().field(object, name);
  if (!field) throw unknownColumn(object, name);
  return { parents, field, value: (record) => end(org, record, parents)?.[field.name] ?? null };
}

/** The parent that a reference leads to. */
export function parentOf(org: Org, record: StoredRecord, step: ParentStep): StoredRecord | undefined {
  const id = record[step.reference.name];
  return typeof id === "string" ? org.store.get(step.object, id) : undefined;
}

function end(org: Org, record: StoredRecord, parents: readonly ParentStep[]): StoredRecord | undefined {
  return parents.reduce<StoredRecord | undefined>((at, step) => at && parentOf(org, at, step), record);
}

function unknownColumn(object: ObjectDefinition, name: string): SalesforceError {
  return new SalesforceError(
    "INVALID_FIELD",
    `No such column '${name}' on entity '${object.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

function unknownRelationship(name: string): SalesforceError {
  return new SalesforceError(
    "INVALID_FIELD",
    `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}
