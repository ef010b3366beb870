import {
  type CrmField,
  type CrmFieldType,
  type CrmRelation,
  FailureError,
  failureOf,
  type ObjectSchema,
  keepAnswers,
  type KeptAnswers,
} from "@cosell/connector";
import { z } from "zod";
import type { Session } from "./session.ts";

const flag = z.boolean().default(false);

const field = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  length: z.number().default(0),
  nillable: flag,
  createable: flag,
  updateable: flag,
  defaultedOnCreate: flag,
  htmlFormatted: flag,
  externalId: flag,
  idLookup: flag,
  unique: flag,
  restrictedPicklist: flag,
  picklistValues: z.array(z.object({ value: z.string(), label: z.string().nullish(), active: z.boolean() })).nullish(),
  relationshipName: z.string().nullish(),
  referenceTo: z.array(z.string()).nullish(),
});

const description = z.object({
  name: z.string(),
  label: z.string(),
  fields: z.array(field),
  childRelationships: z
    .array(z.object({ childSObject: z.string(), field: z.string().nullish(), relationshipName: z.string().nullish() }))
    .default([]),
  recordTypeInfos: z
    .array(
      z.object({
        recordTypeId: z.string(),
        active: z.boolean().default(true),
        available: z.boolean().default(true),
        master: flag,
        defaultRecordTypeMapping: flag,
      }),
    )
    .default([]),
});

/** The part of Salesforce's own description of an object that the connector uses. */
export type Description = z.output<typeof description>;

/** Asks Salesforce for an object's description. Throws `missing` for an object that it does not show to this user. */
export async function describeObject(session: Session, object: string): Promise<Description> {
  try {
    return description.parse(
      await session.call({ method: "GET", path: `/sobjects/${encodeURIComponent(object)}/describe` }),
    );
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.kind === "missing")
      throw new FailureError({
        ...failure,
        message: `Salesforce shows no object '${object}' to this user: check the API name (custom ones end in __c) and the user's object permissions.`,
      });
    if (failure) throw error;
    throw new FailureError(
      { kind: "bug", message: `Salesforce's description of '${object}' has an unknown form.` },
      { cause: error },
    );
  }
}

/** Descriptions, kept until the org's schema may have changed. */
export type Descriptions = KeptAnswers<Description>;

export function keepDescriptions(session: Session): Descriptions {
  return keepAnswers((object) => describeObject(session, object));
}

/** Salesforce's description in the contract's words. */
export function schemaOf({ name, label, fields, childRelationships }: Description): ObjectSchema {
  return {
    object: name,
    label,
    fields: fields.map(crmField),
    relations: [
      ...fields.flatMap(({ relationshipName, referenceTo }): CrmRelation[] =>
        relationshipName && referenceTo?.length ? [{ path: relationshipName, objects: referenceTo, kind: "one" }] : [],
      ),
      ...childRelationships.flatMap(({ relationshipName, childSObject }): CrmRelation[] =>
        relationshipName ? [{ path: `${relationshipName}.records`, objects: [childSObject], kind: "many" }] : [],
      ),
    ],
  };
}

function crmField(given: Description["fields"][number]): CrmField {
  const type = given.type === "textarea" && given.htmlFormatted ? "html" : (fieldTypes[given.type] ?? "other");
  const { picklistValues } = given;
  return {
    name: given.name,
    label: given.label,
    type,
    ...(given.length > 0 && { length: given.length }),
    required: given.createable && !given.nillable && !given.defaultedOnCreate,
    creatable: given.createable,
    updatable: given.updateable,
    ...(given.unique && (given.externalId || given.idLookup) && { unique: true }),
    ...(picklistValues?.length && {
      picklist: picklistValues.map(({ value, label, active }) => ({ value, label: label ?? value, active })),
    }),
    ...(given.restrictedPicklist && { restricted: true }),
  };
}

/** Salesforce's field types (Object Reference, "Field Types") and the contract's. */
const fieldTypes: Readonly<Record<string, CrmFieldType>> = {
  id: "id",
  string: "string",
  encryptedstring: "string",
  textarea: "text",
  email: "email",
  phone: "phone",
  url: "url",
  int: "integer",
  long: "integer",
  double: "decimal",
  currency: "currency",
  percent: "percent",
  boolean: "boolean",
  date: "date",
  datetime: "datetime",
  picklist: "picklist",
  combobox: "picklist",
  multipicklist: "multipicklist",
  reference: "reference",
};
