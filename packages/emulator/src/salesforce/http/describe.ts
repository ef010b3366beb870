import type { EmulatorResponse } from "../../kernel/index.ts";
import type { Org } from "../org.ts";
import { masterRecordType, recordTypesOf } from "../records/record-type.ts";
import type { SalesforceSettings } from "../settings.ts";
import type { FieldDefinition, FieldType } from "../schema/field.ts";
import type { ObjectDefinition } from "../schema/object.ts";
import type { RouteContext } from "./context.ts";
import { objectOf } from "./record-routes.ts";

/** `GET /sobjects` */
export function describeGlobal({ org, base }: RouteContext): EmulatorResponse {
  const sobjects = org.schema().objects.map((object) => summaryOf(object, base));
  return { status: 200, body: { encoding: "UTF-8", maxBatchSize: 200, sobjects } };
}

/** `GET /sobjects/{object}/describe` */
export function describe(context: RouteContext): EmulatorResponse {
  const { org, base } = context;
  const object = objectOf(context);
  return { status: 200, body: describeObject(org, object, base) };
}

function summaryOf(object: ObjectDefinition, base: string): Readonly<Record<string, unknown>> {
  const address = `${base}/sobjects/${object.name}`;
  const writable = object.writable !== false;
  return {
    activateable: false,
    createable: writable,
    custom: false,
    customSetting: false,
    deepCloneable: false,
    deletable: writable,
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: true,
    mergeable: object.mergeable === true,
    mruEnabled: true,
    name: object.name,
    queryable: true,
    replicateable: true,
    retrieveable: true,
    searchable: true,
    triggerable: true,
    undeletable: writable,
    updateable: writable,
    urls: { sobject: address, describe: `${address}/describe`, rowTemplate: `${address}/{ID}` },
  };
}

function describeObject(org: Org, object: ObjectDefinition, base: string): Readonly<Record<string, unknown>> {
  const schema = org.schema();
  return {
    ...summaryOf(object, base),
    actionOverrides: [],
    childRelationships: schema.childRelations(object).map(({ object: child, field }) => ({
      cascadeDelete: field.reference?.cascadeDelete === true,
      childSObject: child.name,
      deprecatedAndHidden: false,
      field: field.name,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: field.reference?.children ?? null,
      restrictedDelete: false,
    })),
    compactLayoutable: true,
    fields: object.fields.map((field) => describeField(org.settings(), object, field)),
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: recordTypeInfos(org, object, base),
    searchLayoutable: true,
    supportedScopes: [{ label: `All ${object.labelPlural}`, name: "everything" }],
  };
}

/** Master stands for records of no type; every object has it, and it comes last. */
function recordTypeInfos(org: Org, object: ObjectDefinition, base: string): readonly object[] {
  const types = recordTypesOf(org, object).map(({ id, developerName, label, isDefault = false }) => ({
    ...{ id, developerName, name: label ?? developerName.replaceAll("_", " "), isDefault },
  }));
  const isDefault = !types.some((type) => type.isDefault);
  return [...types, { id: masterRecordType, developerName: "Master", name: "Master", isDefault }].map((type) => ({
    active: true,
    available: true,
    defaultRecordTypeMapping: type.isDefault,
    developerName: type.developerName,
    master: type.id === masterRecordType,
    name: type.name,
    recordTypeId: type.id,
    urls: { layout: `${base}/sobjects/${object.name}/describe/layouts/${type.id}` },
  }));
}

function describeField(
  settings: SalesforceSettings,
  object: ObjectDefinition,
  field: FieldDefinition,
): Readonly<Record<string, unknown>> {
  const { reference, type } = field;
  const system = field.writable === "system" || object.writable === false;
  const long = type === "textarea" && (field.length ?? 0) > 255;
  const length = type === "id" || type === "reference" ? 18 : (field.length ?? 0);
  const number = type === "currency" || type === "double";
  return {
    aggregatable: !long,
    autoNumber: false,
    byteLength: length * 3,
    calculated: false,
    calculatedFormula: null,
    cascadeDelete: false,
    caseSensitive: false,
    compoundFieldName: field.name === "Name" && object.derive ? "Name" : null,
    controllerName: null,
    createable: !system,
    custom: field.name.endsWith("__c"),
    defaultValue: field.defaultValue ?? null,
    defaultValueFormula: null,
    defaultedOnCreate: system || type === "boolean" || field.defaultValue !== undefined || field.name === "OwnerId",
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: type === "int" ? 8 : 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId === true,
    extraTypeInfo: long ? "plaintextarea" : null,
    filterable: !long,
    filteredLookupInfo: null,
    groupable: !long && type !== "multipicklist" && !number,
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: type === "id" || field.externalId === true,
    inlineHelpText: null,
    label: field.label,
    length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.name === "Name",
    namePointing: false,
    nillable: field.required !== true && type !== "boolean" && type !== "id" && !system,
    permissionable: field.required !== true && !system,
    picklistValues: picklistOf(settings, object, field),
    polymorphicForeignKey: false,
    precision: number ? 18 : 0,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: reference ? [reference.object] : [],
    relationshipName: reference?.relationship ?? null,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: field.restricted === true,
    scale: number ? 2 : 0,
    searchPrefilterable: false,
    soapType: soapTypes[type] ?? "xsd:string",
    sortable: !long && type !== "multipicklist",
    type,
    unique: field.externalId === true,
    updateable: !system && field.writable !== "create",
    writeRequiresMasterRead: false,
  };
}

const soapTypes: Partial<Record<FieldType, string>> = {
  id: "tns:ID",
  reference: "tns:ID",
  boolean: "xsd:boolean",
  date: "xsd:date",
  datetime: "xsd:dateTime",
  currency: "xsd:double",
  double: "xsd:double",
  int: "xsd:int",
};

/** A restricted picklist describes active values only; others name retired ones too, since old records hold them. */
function picklistOf(settings: SalesforceSettings, object: ObjectDefinition, field: FieldDefinition): readonly object[] {
  const retired = settings.retiredValues
    .filter((change) => change.field === `${object.name}.${field.name}`)
    .map(({ value }) => ({ active: false, value }));
  const active = (field.picklist ?? []).map((value) => ({ active: true, value }));
  return [...active, ...retired].map((entry) => ({
    ...entry,
    defaultValue: false,
    label: entry.value,
    validFor: null,
  }));
}
