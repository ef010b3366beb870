import type { Company } from "../company.ts";
import type { FieldDefinition } from "../schema/field.ts";
import type { PipelineDefinition, StageDefinition } from "../schema/pipelines.ts";
import { stampAt } from "../company.ts";
import { numberOf, type RouteHandler, success } from "./context.ts";
import { pageBy } from "./paging.ts";

const objects: Readonly<Record<string, string>> = {
  dealFields: "deals",
  personFields: "persons",
  organizationFields: "organizations",
};

/** `GET /v2/dealFields` and its sisters. */
export const listFields: RouteHandler = (context) => {
  const { fields } = context.company.schema().object(objects[context.parameters["fields"] ?? ""] ?? "");
  const numbered = fields.map((field, index) => ({ field, index }));
  const { items, additional } = pageBy(context, numbered, ({ index }) => [index]);
  return success(
    items.map(({ field }) => fieldOf(field)),
    additional,
  );
};

/** `GET /v1/dealFields` and its sisters: other names for the same, and an id. */
export const listFieldsOfOne: RouteHandler = ({ company, parameters }) => {
  const { fields } = company.schema().object(objects[parameters["fields"] ?? ""] ?? "");
  return success(
    fields.map(({ code, name, type, custom, options }, index) => ({
      id: 4000 + index,
      key: code,
      name,
      field_type: type,
      edit_flag: custom,
      options: options ?? null,
    })),
    { pagination: { start: 0, limit: 500, more_items_in_collection: false } },
  );
};

export const listPipelines: RouteHandler = (context) => {
  const { items, additional } = pageBy(context, context.company.schema().pipelines, ({ id }) => [id]);
  return success(
    items.map((pipeline, index) => pipelineOf(context.company, pipeline, index)),
    additional,
  );
};

export const listStages: RouteHandler = (context) => {
  const wanted = numberOf(context, "pipeline_id");
  const stages = context.company
    .schema()
    .pipelines.flatMap((pipeline) => pipeline.stages)
    .filter(({ pipelineId }) => wanted === undefined || pipelineId === wanted);
  const { items, additional } = pageBy(context, stages, ({ id }) => [id]);
  return success(
    items.map((stage) => stageOf(context.company, stage)),
    additional,
  );
};

function fieldOf({ code, name, type, custom, writable, options, subfields }: FieldDefinition): object {
  return {
    field_name: name,
    field_code: code,
    field_type: type,
    is_custom_field: custom,
    is_optional_response_field: false,
    is_writable: writable,
    options: options ?? null,
    subfields:
      subfields?.map((part) => ({
        field_code: part,
        field_name: `${name} ${part}`,
        field_type: "varchar",
      })) ?? null,
  };
}

function pipelineOf({ clock }: Company, { id, name }: PipelineDefinition, index: number): object {
  const stamp = stampAt(clock.now());
  return {
    id,
    name,
    order_nr: index + 1,
    is_deleted: false,
    is_deal_probability_enabled: true,
    add_time: stamp,
    update_time: null,
  };
}

function stageOf({ clock }: Company, { id, name, pipelineId, order, probability }: StageDefinition): object {
  return {
    ...{ id, name, order_nr: order, pipeline_id: pipelineId, deal_probability: probability },
    ...{ is_deleted: false, is_deal_rot_enabled: false, days_to_rotten: null },
    ...{ add_time: stampAt(clock.now()), update_time: null },
  };
}
