import type { Org } from "../org.ts";
import { compileCondition } from "../query/condition.ts";
import { parseCondition } from "../query/parse.ts";
import { SalesforceError } from "../salesforce-error.ts";
import type { ObjectDefinition } from "../schema/object.ts";
import type { StoredRecord } from "./record-store.ts";

/** The rules that a record must keep as a whole, in the order in which Salesforce judges them. */
export function assertRules(org: Org, object: ObjectDefinition, record: StoredRecord): void {
  assertRequired(object, record);
  assertReferences(org, object, record);
  assertUnique(org, object, record);
  assertValidationRules(org, object, record);
}

function assertRequired(object: ObjectDefinition, record: StoredRecord): void {
  const missing = object.fields.filter(({ name, required }) => required === true && (record[name] ?? null) === null);
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name);
  throw new SalesforceError("REQUIRED_FIELD_MISSING", `Required fields are missing: [${names.join(", ")}]`, {
    fields: names,
  });
}

function assertReferences(org: Org, object: ObjectDefinition, record: StoredRecord): void {
  const before = org.store.get(object, record.Id);
  for (const { name, label, reference } of object.fields) {
    const id = record[name];
    if (!reference || typeof id !== "string" || before?.[name] === id) continue;
    const target = org.schema().object(reference.object);
    if (!id.startsWith(target.keyPrefix)) {
      throw new SalesforceError("MALFORMED_ID", `${label}: id value of incorrect type: ${id}`, { fields: [name] });
    }
    const parent = org.store.get(target, id);
    if (!parent) throw new SalesforceError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
    if (parent["IsDeleted"] === true) throw new SalesforceError("ENTITY_IS_DELETED", "entity is deleted");
  }
}

function assertUnique(org: Org, object: ObjectDefinition, record: StoredRecord): void {
  const before = org.store.get(object, record.Id);
  for (const { name, externalId } of object.fields) {
    const value = record[name];
    if (externalId !== true || typeof value !== "string" || before?.[name] === value) continue;
    const other = org.store.having(object, name, value).find(({ Id, IsDeleted }) => Id !== record.Id && !IsDeleted);
    if (!other) continue;
    throw new SalesforceError(
      "DUPLICATE_VALUE",
      `duplicate value found: ${name} duplicates value on record with id: ${other.Id}`,
    );
  }
}

function assertValidationRules(org: Org, object: ObjectDefinition, record: StoredRecord): void {
  for (const rule of org.settings().validationRules) {
    if (rule.object !== object.name) continue;
    if (!compileCondition(org, object, parseCondition(rule.object, rule.condition))(record)) continue;
    throw new SalesforceError("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.message, {
      fields: rule.field === undefined ? [] : [rule.field],
    });
  }
}
