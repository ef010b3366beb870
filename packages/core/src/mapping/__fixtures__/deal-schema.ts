import type { CrmField, CrmFieldType, CrmRelation, ObjectSchema, SchemaSnapshot } from "@cosell/connector";

function field(name: string, type: CrmFieldType = "string", part: Partial<CrmField> = {}): CrmField {
  return { name, label: name, type, required: false, creatable: true, updatable: true, ...part };
}

function picklist(name: string, values: readonly string[]): CrmField {
  const choices = values.map((value) => ({ value, label: value, active: true }));
  return field(name, "picklist", { restricted: true, picklist: choices });
}

function object(name: string, fields: readonly CrmField[], relations: readonly CrmRelation[] = []): ObjectSchema {
  return { object: name, label: name, fields, relations };
}

const objects = [
  object(
    "Deal",
    [
      field("Id", "id", { updatable: false }),
      field("Name"),
      picklist("StageName", ["Prospecting", "Qualification", "Closed Won", "Closed Lost"]),
      field("CloseDate", "date"),
      field("Amount", "currency"),
      field("Shared__c", "boolean"),
      field("Opportunity_Id__c", "string", { length: 20 }),
      field("Solutions__c"),
      field("Loss_Reason__c"),
      field("Review_Status__c", "string", { length: 10 }),
    ],
    [
      { path: "Account", kind: "one", objects: ["Account"] },
      { path: "Owner", kind: "one", objects: ["User"] },
      { path: "Roles.records", kind: "many", objects: ["Role"] },
    ],
  ),
  object("Account", [field("Name"), field("Industry"), field("BillingCountry")]),
  object("User", [field("Email", "email")]),
  object("Role", [field("IsPrimary", "boolean")], [{ path: "Contact", kind: "one", objects: ["Contact"] }]),
  object("Contact", [field("Email", "email"), field("LastName"), field("Phone", "phone")]),
];

/** A small CRM: deals with an account, an owner and contacts in roles. */
export const dealSchema: SchemaSnapshot = {
  connector: "testcrm",
  object: "Deal",
  objects: Object.fromEntries(objects.map((one) => [one.object, one])),
};
