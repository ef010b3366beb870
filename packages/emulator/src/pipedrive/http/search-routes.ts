import { isJsonObject, type JsonValue } from "../../kernel/index.ts";
import type { PipedriveRecord } from "../document.ts";
import { validationFailed } from "../pipedrive-error.ts";
import type { FieldType } from "../schema/field.ts";
import type { CompanyObject } from "../schema/schema.ts";
import { objectOf, type RouteHandler, success } from "./context.ts";
import { pageBy } from "./paging.ts";

/** Kinds of custom fields that the search looks into. */
const searched: ReadonlySet<FieldType> = new Set(["varchar", "text", "address", "double", "monetary", "phone"]);

/** `GET /{object}/search`: by words in any case; what changed a moment ago may not be known yet. Deleted records are not found. */
export const searchRecords: RouteHandler = (context) => {
  const { company, request } = context;
  const object = objectOf(context);
  const exact = request.query.get("exact_match") === "true";
  const term = (request.query.get("term") ?? "").trim().toLowerCase();
  if (term.length < (exact ? 1 : 2)) throw validationFailed("term", "is too short");
  const fields = request.query.get("fields")?.split(",");
  const known = company.clock.now() - company.settings().searchLagMs;
  const hits = company.store
    .all(object.name)
    .filter((record) => !record.is_deleted && company.store.changedAt(object.name, record.id) <= known)
    .filter((record) => textsOf(object, record, fields).some((text) => (exact ? text === term : text.includes(term))));
  const { items, additional } = pageBy(context, hits, ({ id }) => [id]);
  const data = items.map((record) => ({
    result_score: 1,
    item: { id: record.id, type: object.singular, [object.title]: record[object.title] ?? null },
  }));
  return success({ items: data }, additional);
};

function textsOf(object: CompanyObject, record: PipedriveRecord, wanted?: readonly string[]): readonly string[] {
  const custom = object.fields.filter((field) => field.custom && searched.has(field.type));
  const values = [
    ...(wanted === undefined || wanted.includes(object.title) ? [record[object.title]] : []),
    ...(wanted === undefined || wanted.includes("address") ? [record["address"]] : []),
    ...(wanted === undefined || wanted.includes("custom_fields")
      ? custom.map(({ code }) => record.custom_fields[code])
      : []),
  ];
  return values.flatMap((value) => textOf(value)).filter((text) => text !== "");
}

function textOf(value: JsonValue | undefined): string {
  const plain = isJsonObject(value) ? value["value"] : value;
  return typeof plain === "string" || typeof plain === "number" ? String(plain).trim().toLowerCase() : "";
}
