import type { EmulatorResponse } from "../../kernel/index.ts";
import { idOf } from "../records/record-id.ts";
import { masterRecordType, recordTypesOf } from "../records/record-type.ts";
import { notFound } from "../salesforce-error.ts";
import type { FieldDefinition } from "../schema/field.ts";
import type { RouteContext } from "./context.ts";
import { objectOf } from "./record-routes.ts";

/** `GET /ui-api/object-info/{object}/picklist-values/{recordTypeId}`: what each picklist offers to records of the type. */
export function picklistValues(context: RouteContext): EmulatorResponse {
  const offered = offeredBy(context);
  const fields = objectOf(context).fields.filter(({ picklist }) => picklist !== undefined);
  return {
    status: 200,
    body: {
      eTag: tagOf(offered.type),
      picklistFieldValues: Object.fromEntries(fields.map((field) => [field.name, collection(context, field)])),
    },
  };
}

/** `GET /ui-api/object-info/{object}/picklist-values/{recordTypeId}/{field}` */
export function picklistValuesOfField(context: RouteContext): EmulatorResponse {
  const field = context.org.schema().field(objectOf(context), context.parameters["field"] ?? "");
  if (!field?.picklist) throw notFound();
  return { status: 200, body: collection(context, field) };
}

function collection(context: RouteContext, field: FieldDefinition): object {
  const { type, picklists } = offeredBy(context);
  const offered = picklists[field.name];
  const values = (field.picklist ?? []).filter((value) => offered?.includes(value) ?? true);
  const base = `${context.base}/ui-api/object-info/${objectOf(context).name}/picklist-values/${type}`;
  return {
    controllerValues: {},
    defaultValue: null,
    eTag: tagOf(type),
    url: `${base}/${field.name}`,
    values: values.map((value) => ({ attributes: null, label: value, validFor: [], value })),
  };
}

/** The record type that the path names. Throws `NOT_FOUND` for one that the object does not have. */
function offeredBy(context: RouteContext): {
  readonly type: string;
  readonly picklists: Readonly<Record<string, readonly string[]>>;
} {
  const { org, parameters } = context;
  const id = idOf("012", "Record Type ID", parameters["recordType"] ?? "");
  if (id === masterRecordType) return { type: id, picklists: {} };
  const type = recordTypesOf(org, objectOf(context)).find((one) => one.id === id);
  if (!type) throw notFound();
  return { type: id, picklists: type.picklists ?? {} };
}

function tagOf(recordType: string): string {
  return recordType.toLowerCase();
}
