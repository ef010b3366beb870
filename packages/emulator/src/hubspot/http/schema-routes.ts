import { resourceNotFound } from "../hubspot-error.ts";
import { dealPipelines, type PipelineDefinition } from "../schema/pipelines.ts";
import type { PropertyDefinition } from "../schema/property.ts";
import { objectOf, type RouteHandler } from "./context.ts";

export const listProperties: RouteHandler = (context) => ({
  status: 200,
  body: { results: objectOf(context).properties.map(propertyAnswer) },
});

export const getProperty: RouteHandler = (context) => {
  const found = context.portal.schema().property(objectOf(context), context.parameters["name"] ?? "");
  if (!found) throw resourceNotFound();
  return { status: 200, body: propertyAnswer(found) };
};

/** Deals have pipelines; asked for another object's, HubSpot answers with none. */
export const listPipelines: RouteHandler = (context) => ({
  status: 200,
  body: { results: objectOf(context).name === "deals" ? dealPipelines.map(pipelineAnswer) : [] },
});

export const getPipeline: RouteHandler = (context) => {
  const found = dealPipelines.find(({ id }) => id === context.parameters["id"]);
  if (objectOf(context).name !== "deals" || !found) throw resourceNotFound();
  return { status: 200, body: pipelineAnswer(found, 0) };
};

/** No schema of HubSpot's changes in the emulator, but for properties that are removed. */
const since = "2020-01-01T00:00:00.000Z";

function propertyAnswer({ custom, readOnly, name, ...definition }: PropertyDefinition): object {
  return {
    ...definition,
    name,
    description: "",
    groupName: "information",
    displayOrder: -1,
    hidden: false,
    formField: !readOnly,
    dataSensitivity: "non_sensitive",
    hubspotDefined: !custom,
    modificationMetadata: {
      archivable: custom,
      readOnlyDefinition: !custom,
      readOnlyValue: readOnly,
      readOnlyOptions: !custom,
    },
    ...(name === "hubspot_owner_id" && { referencedObjectType: "OWNER" }),
    archived: false,
    createdAt: since,
    updatedAt: since,
  };
}

function pipelineAnswer({ id, label, stages }: PipelineDefinition, displayOrder: number): object {
  const about = { archived: false, createdAt: since, updatedAt: since };
  return {
    ...{ id, label, displayOrder },
    stages: stages.map((stage, order) => ({
      id: stage.id,
      label: stage.label,
      displayOrder: order,
      metadata: { isClosed: String(stage.isClosed), probability: stage.probability },
      writePermissions: "CRM_PERMISSIONS_ENFORCEMENT",
      ...about,
    })),
    ...about,
  };
}
