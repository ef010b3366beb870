import type { FieldValue, SalesforceDocument, SalesforceRecord } from "./document.ts";
import type { Org } from "./org.ts";
import { canonicalId } from "./records/record-id.ts";
import { stampOf } from "./records/writes.ts";
import type { ObjectDefinition } from "./schema/object.ts";
import type { Schema } from "./schema/schema.ts";

/**
 * Replaces everything that the org holds. Values are taken as they are (an import may hold what a form would refuse);
 * an unknown object or field throws `INVALID_TYPE` or `INVALID_FIELD`. An org without a user or an Organization gets one.
 *
 * @param org with the whole schema
 * @param current what is switched on: its fields are filled
 */
export function loadDocument(org: Org, document: SalesforceDocument, current: Schema): void {
  org.store.clear();
  for (const [name, records] of Object.entries({ ...document.records, ...missingBasics(document) })) {
    const object = org.schema().object(name);
    const known = new Set(object.fields.map((field) => field.name));
    const empty: Record<string, FieldValue> = Object.fromEntries(
      object.fields
        .filter((field) => current.objects.some((one) => one.name === object.name && current.field(one, field.name)))
        .map((field) => [field.name, field.defaultValue ?? null]),
    );
    for (const record of records) org.store.put(object, complete(org, object, { known, empty }, record));
  }
}

/** Everything that the org holds, as {@link loadDocument} takes it. */
export function documentOf(org: Org): SalesforceDocument {
  const objects = org.schema().objects;
  return { records: Object.fromEntries(objects.map((object) => [object.name, [...org.store.all(object)]])) };
}

function complete(
  org: Org,
  object: ObjectDefinition,
  { known, empty }: { readonly known: ReadonlySet<string>; readonly empty: SalesforceRecord },
  record: SalesforceRecord,
): SalesforceRecord & { readonly Id: string } {
  const unknown = Object.keys(record).find((name) => !known.has(name));
  if (unknown !== undefined) throw new Error(`${object.name} has no field ${unknown}: correct the document.`);
  const stamp = record["SystemModstamp"] ?? record["LastModifiedDate"] ?? stampOf(org);
  const id = record["Id"];
  return {
    ...empty,
    CreatedDate: stamp,
    LastModifiedDate: stamp,
    SystemModstamp: stamp,
    ...record,
    ...object.derive?.(record),
    Id: (typeof id === "string" ? canonicalId(id) : undefined) ?? org.newId(object.keyPrefix),
  };
}

function missingBasics({ records }: SalesforceDocument): SalesforceDocument["records"] {
  return {
    ...(!records["Organization"]?.length && { Organization: [demoOrganization] }),
    ...(!records["User"]?.length && { User: [integrationUser] }),
  };
}

const demoOrganization: SalesforceRecord = {
  Name: "Example Partner",
  DefaultCurrencyIsoCode: "USD",
  OrganizationType: "Developer Edition",
  IsSandbox: true,
};

/** The user that an integration runs as: the first one of the org, and the owner of what it creates. */
export const integrationUser: SalesforceRecord = {
  Username: "integration@example.com",
  FirstName: "Cosell",
  LastName: "Integration",
  Email: "integration@example.com",
};
