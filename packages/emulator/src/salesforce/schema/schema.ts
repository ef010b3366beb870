import { SalesforceError } from "../salesforce-error.ts";
import { account, contact } from "./customer-objects.ts";
import { type OrgFeatures, withFeatures } from "./features.ts";
import type { FieldDefinition } from "./field.ts";
import { lead } from "./lead.ts";
import type { ObjectDefinition } from "./object.ts";
import { opportunity, opportunityContactRole } from "./opportunity.ts";
import { campaign, currencyType, organization, recordType, user } from "./org-objects.ts";
import type { SchemaChanges } from "./schema-changes.ts";

/** The org's objects as they are at this moment: what an administrator changed is applied. Names are found whatever their case. */
export interface Schema {
  readonly objects: readonly ObjectDefinition[];
  /** Throws `INVALID_TYPE` or, as REST paths do, the error that `missing` makes. */
  object(name: string, missing?: () => SalesforceError): ObjectDefinition;
  field(object: ObjectDefinition, name: string): FieldDefinition | undefined;
  /** The reference field behind a parent's name: `Account` of an opportunity is `AccountId`. */
  parent(object: ObjectDefinition, relationship: string): FieldDefinition | undefined;
  /** The child object and its reference field behind a name such as `OpportunityContactRoles`. */
  children(object: ObjectDefinition, relationship: string): ChildRelation | undefined;
  /** Every relation that leads to records of an object. */
  childRelations(object: ObjectDefinition): readonly ChildRelation[];
}

/** Children of an object, by one reference field. */
export interface ChildRelation {
  readonly object: ObjectDefinition;
  readonly field: FieldDefinition;
}

const standardObjects: readonly ObjectDefinition[] = [
  account,
  campaign,
  contact,
  currencyType,
  lead,
  opportunity,
  opportunityContactRole,
  organization,
  recordType,
  user,
];

/** The demo org's schema with an administrator's changes and features applied. */
export function buildSchema(settings: SchemaChanges & OrgFeatures): Schema {
  return schemaOf(
    standardObjects
      .filter((object) => object !== currencyType || settings.currencies.length > 0)
      .map((object) => changed(withFeatures(object, settings, false), settings)),
  );
}

/** Everything that an org can have, whatever is switched on or removed: what the store keeps. */
export function wholeSchema(): Schema {
  return schemaOf(standardObjects.map((object) => withFeatures(object, { recordTypes: [], currencies: [] }, true)));
}

function schemaOf(objects: readonly ObjectDefinition[]): Schema {
  const byName = new Map(objects.map((object) => [object.name.toLowerCase(), object]));
  const fields = new Map(objects.map((object) => [object.name, indexed(object.fields, ({ name }) => name)]));
  const relations = objects.flatMap((object) =>
    object.fields.filter(({ reference }) => reference !== undefined).map((field) => ({ object, field })),
  );
  const childRelations = (object: ObjectDefinition): readonly ChildRelation[] =>
    relations.filter(({ field }) => field.reference?.object === object.name);
  return {
    objects,
    object: (name, missing = () => unsupportedType(name)) => {
      const found = byName.get(name.toLowerCase());
      if (!found) throw missing();
      return found;
    },
    field: (object, name) => fields.get(object.name)?.get(name.toLowerCase()),
    parent: (object, relationship) =>
      object.fields.find(({ reference }) => reference?.relationship.toLowerCase() === relationship.toLowerCase()),
    children: (object, relationship) =>
      childRelations(object).find(
        ({ field }) => field.reference?.children?.toLowerCase() === relationship.toLowerCase(),
      ),
    childRelations,
  };
}

function changed(object: ObjectDefinition, changes: SchemaChanges): ObjectDefinition {
  const removed = new Set(changes.removedFields);
  return {
    ...object,
    fields: object.fields
      .filter(({ name }) => !removed.has(`${object.name}.${name}`))
      .map((field) => {
        const retired = changes.retiredValues
          .filter((change) => change.field === `${object.name}.${field.name}`)
          .map(({ value }) => value);
        return field.picklist && retired.length > 0
          ? { ...field, picklist: field.picklist.filter((value) => !retired.includes(value)) }
          : field;
      }),
  };
}

function indexed<Item>(items: readonly Item[], nameOf: (item: Item) => string): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [nameOf(item).toLowerCase(), item]));
}

function unsupportedType(name: string): SalesforceError {
  return new SalesforceError(
    "INVALID_TYPE",
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}
