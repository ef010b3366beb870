import {
  type CrmField,
  type CrmFieldType,
  type CrmRelation,
  FailureError,
  failureOf,
  type ObjectSchema,
  type PicklistValue,
  keepAnswers,
  type KeptAnswers,
} from "@cosell/connector";
import { z } from "zod";
import { apiPaths } from "./api-paths.ts";
import type { Session } from "./session.ts";

const flag = z.boolean().default(false);

const property = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  fieldType: z.string().default(""),
  options: z.array(z.object({ label: z.string(), value: z.string(), hidden: flag })).default([]),
  hasUniqueValue: flag,
  calculated: flag,
  externalOptions: flag,
  showCurrencySymbol: flag,
  referencedObjectType: z.string().nullish(),
  modificationMetadata: z.object({ readOnlyValue: flag }).optional(),
});

const pipelines = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      archived: flag,
      stages: z.array(z.object({ id: z.string(), label: z.string(), archived: flag })),
    }),
  ),
});

type Pipelines = z.output<typeof pipelines>["results"];

/** One property as HubSpot describes it. */
export type Property = z.output<typeof property>;

/** The part of HubSpot's own description of an object that the connector uses. */
export interface Description {
  readonly object: string;
  readonly properties: ReadonlyMap<string, Property>;
  readonly pipelines: Pipelines;
  /** The property with the date of modification; `undefined` where there is none, as for owners. */
  readonly stamp: string | undefined;
}

/** Properties whose choices are the portal's pipelines and their stages. */
const pipelineProperties: Readonly<Record<string, "pipeline" | "stage">> = {
  pipeline: "pipeline",
  dealstage: "stage",
  hs_pipeline: "pipeline",
  hs_pipeline_stage: "stage",
};

/** Contacts call their date of modification by another name than everything else. */
const stamps = ["hs_lastmodifieddate", "lastmodifieddate"];

/** What HubSpot wants of a new record. Its descriptions do not tell; rules of the portal may want more. */
const requiredProperties: Readonly<Record<string, readonly string[]>> = { deals: ["dealname", "dealstage"] };

/** Owners are no CRM object: they have no properties, and these members (HubSpot, "Owners"). */
const ownerProperties: readonly Property[] = [
  ["id", "Owner ID", "number"],
  ["email", "Email", "string"],
  ["firstName", "First name", "string"],
  ["lastName", "Last name", "string"],
  ["userId", "User ID", "number"],
  ["archived", "Archived", "bool"],
].map(([name = "", label = "", type = ""]) =>
  property.parse({ name, label, type, modificationMetadata: { readOnlyValue: true } }),
);

/** Asks HubSpot for an object's description. Throws `missing` for an object that it does not show to this token. */
export async function describeObject(session: Session, object: string): Promise<Description> {
  if (object === "owners") return descriptionOf(object, ownerProperties, []);
  try {
    const answer = await session.call({ method: "GET", path: apiPaths.properties(object) });
    const { results } = z.object({ results: z.array(property) }).parse(answer);
    const hasPipelines = results.some(({ name }) => pipelineProperties[name] === "stage");
    return descriptionOf(object, results, hasPipelines ? await pipelinesOf(session, object) : []);
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.kind === "missing" || failure?.kind === "invalid")
      throw new FailureError({
        kind: "missing",
        message: `HubSpot shows no object '${object}' to this token: objects are deals, companies, contacts, or a custom object's name such as p123_projects.`,
        ...(failure.code !== undefined && { code: failure.code }),
      });
    if (failure) throw error;
    throw new FailureError(
      { kind: "bug", message: `HubSpot's description of '${object}' has an unknown form.` },
      { cause: error },
    );
  }
}

async function pipelinesOf(session: Session, object: string): Promise<Pipelines> {
  return pipelines.parse(await session.call({ method: "GET", path: apiPaths.pipelines(object) })).results;
}

function descriptionOf(object: string, properties: readonly Property[], known: Pipelines): Description {
  const byName = new Map(properties.map((each) => [each.name, each]));
  return { object, properties: byName, pipelines: known, stamp: stamps.find((name) => byName.has(name)) };
}

/** Descriptions, kept until the portal's schema may have changed. */
export type Descriptions = KeptAnswers<Description>;

export function keepDescriptions(session: Session): Descriptions {
  return keepAnswers((object) => describeObject(session, object));
}

/** How records of an object reach others, as the record is handed over. */
export function relationsOf(object: string): readonly CrmRelation[] {
  const company: CrmRelation = { path: "company", objects: ["companies"], kind: "one" };
  const contacts: CrmRelation = { path: "contacts", objects: ["contacts"], kind: "many" };
  const owner: CrmRelation = { path: "owner", objects: ["owners"], kind: "one" };
  if (object === "owners") return [];
  if (object === "companies") return [owner];
  return object === "contacts" ? [company, owner] : [company, contacts, owner];
}

/** HubSpot's description in the contract's words. */
export function schemaOf(description: Description): ObjectSchema {
  const { object, properties } = description;
  const label = labels[object] ?? object;
  return {
    object,
    label,
    fields: [...properties.values()].map((each) => crmField(description, each)),
    relations: relationsOf(object),
  };
}

const labels: Readonly<Record<string, string>> = {
  deals: "Deal",
  companies: "Company",
  contacts: "Contact",
  owners: "Owner",
};

/** A text may have this many characters. Not official: HubSpot's descriptions do not tell. */
const longestText = 65_536;

function crmField({ object, pipelines: known }: Description, given: Property): CrmField {
  const type = typeOf(given);
  const writable = !given.calculated && given.modificationMetadata?.readOnlyValue !== true;
  const picklist = picklistOf(given, known);
  const isText = given.type === "string";
  return {
    name: given.name,
    label: given.label,
    type,
    ...(isText && { length: longestText }),
    required: requiredProperties[object]?.includes(given.name) ?? false,
    creatable: writable,
    updatable: writable,
    ...((given.hasUniqueValue || (object === "contacts" && given.name === "email")) && { unique: true }),
    ...(picklist.length > 0 && { picklist, restricted: true }),
  };
}

function picklistOf({ name, type, options }: Property, known: Pipelines): readonly PicklistValue[] {
  const kind = pipelineProperties[name];
  if (kind === "pipeline") return known.map(({ id, label, archived }) => ({ value: id, label, active: !archived }));
  if (kind === "stage")
    return known.flatMap(({ stages }) =>
      stages.map(({ id, label, archived }) => ({ value: id, label, active: !archived })),
    );
  if (type !== "enumeration") return [];
  return options.map(({ value, label, hidden }) => ({ value, label, active: !hidden }));
}

/** HubSpot's types and field types (Properties API, "Property type and fieldType values") as the contract's. */
export function typeOf({
  name,
  type,
  fieldType,
  externalOptions,
  showCurrencySymbol,
  referencedObjectType,
}: Property): CrmFieldType {
  if (name === "hs_object_id" || (name === "id" && type === "number")) return "id";
  if (referencedObjectType === "OWNER" || name === "hubspot_owner_id") return "reference";
  switch (type) {
    case "string":
      return textTypes[fieldType] ?? (name === "email" ? "email" : "string");
    case "number":
      return showCurrencySymbol ? "currency" : "decimal";
    case "bool":
      return "boolean";
    case "date":
      return "date";
    case "datetime":
      return "datetime";
    case "enumeration":
      if (fieldType === "booleancheckbox") return "boolean";
      if (externalOptions && pipelineProperties[name] === undefined) return "other";
      return fieldType === "checkbox" ? "multipicklist" : "picklist";
    default:
      return "other";
  }
}

const textTypes: Readonly<Record<string, CrmFieldType>> = {
  textarea: "text",
  html: "html",
  phonenumber: "phone",
};
