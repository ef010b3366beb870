import type { SalesforceRecord } from "../document.ts";
import type { Org } from "../org.ts";
import { SalesforceError } from "../salesforce-error.ts";
import type { RecordTypeSetting } from "../schema/features.ts";
import type { ObjectDefinition } from "../schema/object.ts";
import type { StoredRecord } from "./record-store.ts";

/** A record type as it is set, with its record's id. */
export interface RecordType extends RecordTypeSetting {
  readonly id: string;
}

/** The id that stands for "of no record type". */
export const masterRecordType = "012000000000000AAA";

/** The record types of an object, in the order of the settings. */
export function recordTypesOf(org: Org, object: ObjectDefinition): readonly RecordType[] {
  const settings = org.settings().recordTypes.filter((type) => type.object === object.name);
  if (settings.length === 0) return [];
  const records = [...org.store.all(org.schema().object("RecordType"))];
  return settings.flatMap((type) => {
    const record = records.find(
      ({ DeveloperName, SobjectType }) => DeveloperName === type.developerName && SobjectType === object.name,
    );
    return record ? [{ ...type, id: record.Id }] : [];
  });
}

/** What a new record of the object gets that does not say; nothing where no type is the default. */
export function defaultRecordType(org: Org, object: ObjectDefinition): SalesforceRecord {
  const type = recordTypesOf(org, object).find(({ isDefault }) => isDefault === true);
  return type ? { RecordTypeId: type.id } : {};
}

/**
 * Written values must be ones that the record's type has: each `written` picklist is looked at, the others keep what they
 * hold. Throws `INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST`, or `INVALID_CROSS_REFERENCE_KEY` for another object's type.
 */
export function assertRecordTypeValues(
  org: Org,
  object: ObjectDefinition,
  record: StoredRecord,
  written: readonly string[],
): void {
  const id = record["RecordTypeId"];
  if (typeof id !== "string" || !org.schema().field(object, "RecordTypeId")) return;
  const type = recordTypesOf(org, object).find((one) => one.id === id);
  if (!type) {
    if (!written.includes("RecordTypeId")) return;
    const message = "Record Type ID: this ID value isn't valid for the user: " + id;
    throw new SalesforceError("INVALID_CROSS_REFERENCE_KEY", message, { fields: ["RecordTypeId"] });
  }
  for (const [name, values] of Object.entries(type.picklists ?? {})) {
    const value = record[name];
    if (!written.includes(name) || typeof value !== "string") continue;
    const bad = value.split(";").find((one) => !values.includes(one));
    if (bad === undefined) continue;
    const label = org.schema().field(object, name)?.label ?? name;
    const message = `${label}: bad value for restricted picklist field: ${bad}`;
    throw new SalesforceError("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, { fields: [name] });
  }
}
