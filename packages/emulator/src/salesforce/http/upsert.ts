import type { Org } from "../org.ts";
import { createRecord, type CreateOptions, type SentFields, updateRecord } from "../records/writes.ts";
import { SalesforceError } from "../salesforce-error.ts";
import type { FieldDefinition } from "../schema/field.ts";
import type { ObjectDefinition } from "../schema/object.ts";

/** Updates the record whose external id is `value`, or creates it. Throws {@link SalesforceError}. */
export function upsertRecord(
  org: Org,
  object: ObjectDefinition,
  field: FieldDefinition,
  value: string,
  sent: SentFields,
  options: CreateOptions = {},
): { readonly id: string; readonly created: boolean } {
  if (Object.keys(sent).some((name) => name.toLowerCase() === field.name.toLowerCase())) {
    throw new SalesforceError("INVALID_FIELD", `The ${field.name} field should not be specified in the sobject data.`);
  }
  const known = org.store.having(object, field.name, value.trim()).find(({ IsDeleted }) => !IsDeleted);
  if (!known) return { id: createRecord(org, object, { ...sent, [field.name]: value }, options), created: true };
  updateRecord(org, object, known.Id, sent);
  return { id: known.Id, created: false };
}
