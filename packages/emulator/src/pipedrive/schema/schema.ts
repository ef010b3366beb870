import { createHash } from "node:crypto";
import { PipedriveError } from "../pipedrive-error.ts";
import type { CompanySettings } from "../settings.ts";
import { type FieldDefinition, partsOf } from "./field.ts";
import { type ObjectDefinition, objectDefinitions } from "./objects.ts";
import { type PipelineDefinition, pipelinesFrom, type StageDefinition } from "./pipelines.ts";

/** An object with the fields of one company. */
export interface CompanyObject extends Omit<ObjectDefinition, "custom"> {
  readonly fields: readonly FieldDefinition[];
}

/** What records look like in one company: keys, option ids and stages are its own. */
export interface CompanySchema {
  readonly objects: readonly CompanyObject[];
  readonly pipelines: readonly PipelineDefinition[];
  /** Throws 404 for a name that is none. */
  object(name: string): CompanyObject;
  stage(id: unknown): StageDefinition | undefined;
}

/** @param removed fields that were removed, as `deals.AWS Competitor` */
export function buildSchema(
  { companyId, pipelines: plan }: CompanySettings,
  removed: readonly string[],
): CompanySchema {
  const first = (companyId % 90) + 10;
  let optionId = first * 10;
  const objects = objectDefinitions.map((definition): CompanyObject => {
    const custom = definition.custom.map(({ name, type, labels }): FieldDefinition => {
      const code = createHash("sha1").update(`${companyId} ${definition.name} ${name}`).digest("hex");
      const options = labels?.map((label) => ({ id: (optionId += 1), label }));
      return { code, name, type, custom: true, writable: true, ...partsOf(type, true), ...(options && { options }) };
    });
    const fields = [...definition.fields, ...custom];
    return { ...definition, fields: fields.filter(({ name }) => !removed.includes(`${definition.name}.${name}`)) };
  });
  const pipelines = pipelinesFrom(first, plan);
  return {
    objects,
    pipelines,
    object: (name) => {
      const found = objects.find((object) => object.name === name);
      if (!found) throw new PipedriveError(404, "Unknown method .", "ERR_NOT_FOUND");
      return found;
    },
    stage: (id) => pipelines.flatMap(({ stages }) => stages).find((stage) => stage.id === id),
  };
}
