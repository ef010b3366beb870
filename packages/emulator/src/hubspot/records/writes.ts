import type { HubspotProperties, HubspotRecord } from "../document.ts";
import { HubspotError, invalidProperties, type PropertyProblem, resourceNotFound } from "../hubspot-error.ts";
import { type Portal, stampOf } from "../portal.ts";
import type { ObjectDefinition } from "../schema/objects.ts";
import { dealPipelines } from "../schema/pipelines.ts";
import { storedValue } from "./property-value.ts";

/** Values as a caller or a person gives them. */
export type SentProperties = Readonly<Record<string, unknown>>;

/** Makes a record. Throws what HubSpot answers when it does not take it. */
export function createRecord(portal: Portal, object: ObjectDefinition, sent: SentProperties): HubspotRecord {
  const values: HubspotProperties = {
    ...(object.name === "deals" && { pipeline: "default" }),
    ...storedValues(portal, object, sent),
  };
  const missing = object.required.filter((name) => (values[name] ?? null) === null);
  if (missing.length > 0) {
    throw new HubspotError(
      400,
      "VALIDATION_ERROR",
      `Error creating ${object.singular.toUpperCase()}. Some required properties were not set.`,
      {
        errors: missing.map((name) => ({
          message: `Property "${name}" is required`,
          code: "REQUIRED_PROPERTY_MISSING",
          context: { propertyName: [name] },
        })),
      },
    );
  }
  const id = portal.newId();
  assertUnique(portal, object, values, id);
  assertRules(portal, object, values);
  const stamp = stampOf(portal);
  const record = complete(object, {
    ...{ id, properties: { createdate: stamp, ...values }, createdAt: stamp, updatedAt: stamp, archived: false },
  });
  portal.store.put(object.name, record, portal.clock.now());
  portal.tell({ subscriptionType: `${object.singular}.creation`, objectId: id });
  return record;
}

/** A person changes a record in the browser: the one whose user id `hs_updated_by_user_id` says, where it does. */
export function editAsPerson(
  portal: Portal,
  object: ObjectDefinition,
  id: string,
  { hs_updated_by_user_id: by, ...properties }: SentProperties,
): HubspotRecord {
  return updateRecord(portal, object, id, properties, typeof by === "string" ? by : null);
}

/** Changes a record; one that was merged away stands for the one that it was merged into. @param by a user's id; null for an app */
export function updateRecord(
  portal: Portal,
  object: ObjectDefinition,
  id: string,
  sent: SentProperties,
  by: string | null = null,
): HubspotRecord {
  const record = livingRecord(portal, object, id);
  const values = storedValues(portal, object, sent);
  assertUnique(portal, object, values, record.id);
  const properties = { ...record.properties, ...values };
  assertRules(portal, object, properties);
  const changed = Object.entries(values).filter(([name, value]) => (record.properties[name] ?? null) !== value);
  if (changed.length === 0) return record;
  const author = { hs_updated_by_user_id: by };
  const next = complete(object, {
    ...record,
    properties: { ...properties, ...author },
    updatedAt: stampOf(portal),
  });
  portal.store.put(object.name, next, portal.clock.now());
  for (const [propertyName, propertyValue] of changed)
    portal.tell({
      subscriptionType: `${object.singular}.propertyChange`,
      objectId: record.id,
      propertyName,
      propertyValue,
    });
  return next;
}

/** The record itself, or the one that it was merged into. Throws 404 for one that is archived or never was. */
export function livingRecord(portal: Portal, object: ObjectDefinition, id: string): HubspotRecord {
  const record = followed(portal, object, id);
  if (!record || record.archived) throw resourceNotFound();
  return record;
}

/** Follows merges to their end. */
export function followed(portal: Portal, object: ObjectDefinition, id: string): HubspotRecord | undefined {
  let record = portal.store.get(object.name, id);
  while (record?.mergedInto !== undefined) record = portal.store.get(object.name, record.mergedInto);
  return record;
}

/** A record with what HubSpot sets itself. */
export function complete({ name, stamp }: ObjectDefinition, record: HubspotRecord): HubspotRecord {
  const { properties } = record;
  const stage = dealPipelines.flatMap(({ stages }) => stages).find(({ id }) => id === properties["dealstage"]);
  const calculated: HubspotProperties =
    name === "deals"
      ? {
          amount_in_home_currency: properties["amount"] ?? null,
          hs_is_closed: String(stage?.isClosed ?? false),
          hs_is_closed_won: String(stage?.id === "closedwon"),
        }
      : {};
  return {
    ...record,
    properties: { ...properties, ...calculated, hs_object_id: record.id, [stamp]: record.updatedAt },
  };
}

/** Every value as it will be stored. Throws all that is wrong with them at once. */
function storedValues(portal: Portal, object: ObjectDefinition, sent: SentProperties): HubspotProperties {
  const problems: PropertyProblem[] = [];
  const values: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(sent)) {
    const definition = portal.schema().property(object, name);
    if (!definition) {
      problems.push({ name, error: "PROPERTY_DOESNT_EXIST", message: `Property "${name}" does not exist` });
      continue;
    }
    if (definition.readOnly) {
      const message = `"${name}" is a read only property; its value cannot be set.`;
      problems.push({ name, error: "READ_ONLY_VALUE", message });
      continue;
    }
    const stored = storedValue(definition, value);
    if ("problem" in stored) problems.push(stored.problem);
    else values[name] = stored.value;
  }
  problems.push(...pipelineProblems(object, values));
  if (problems.length > 0) throw invalidProperties(problems);
  return values;
}

function pipelineProblems({ name }: ObjectDefinition, values: HubspotProperties): readonly PropertyProblem[] {
  if (name !== "deals") return [];
  const { pipeline, dealstage } = values;
  const stages = dealPipelines.flatMap((each) => each.stages);
  return [
    ...(pipeline && !dealPipelines.some(({ id }) => id === pipeline)
      ? [{ name: "pipeline", error: "INVALID_OPTION", message: `${pipeline} is not a valid pipeline ID` }]
      : []),
    ...(dealstage && !stages.some(({ id }) => id === dealstage)
      ? [{ name: "dealstage", error: "INVALID_OPTION", message: `${dealstage} is not a valid pipeline stage ID` }]
      : []),
  ];
}

function assertUnique(portal: Portal, object: ObjectDefinition, values: HubspotProperties, id: string): void {
  for (const { name, hasUniqueValue } of object.properties) {
    const value = values[name];
    if (!hasUniqueValue || typeof value !== "string") continue;
    const holder = portal.store.holding(object.name, name, value);
    if (!holder || holder.id === id) continue;
    const message =
      object.name === "contacts" && name === "email"
        ? `Contact already exists. Existing ID: ${holder.id}`
        : `Cannot set PropertyValueCoordinates{property=${name}, value=${value}} on ${id}. ${holder.id} already has that value.`;
    throw new HubspotError(409, "CONFLICT", message, {
      errors: [{ message, code: "CONFLICTING_UNIQUE_VALUE", context: { propertyName: [name] } }],
    });
  }
}

function assertRules(portal: Portal, object: ObjectDefinition, properties: HubspotProperties): void {
  const broken = portal
    .settings()
    .validationRules.filter(
      ({ object: ruled, property, when }) =>
        ruled === object.name && properties[when.property] === when.value && (properties[property] ?? null) === null,
    );
  if (broken.length > 0) {
    throw invalidProperties(
      broken.map(({ property }) => ({
        name: property,
        error: "CONDITIONAL_REQUIRED_PROPERTY_MISSING",
        message: `Property "${property}" is required`,
      })),
    );
  }
}
