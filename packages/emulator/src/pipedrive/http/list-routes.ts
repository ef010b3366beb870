import type { EmulatorResponse } from "../../kernel/index.ts";
import type { PipedriveRecord } from "../document.ts";
import { validationFailed } from "../pipedrive-error.ts";
import { isKept } from "../records/lifecycle.ts";
import { instantOf, numberOf, objectOf, type RouteContext, type RouteHandler, success, wordOf } from "./context.ts";
import { pageBy } from "./paging.ts";

const mostIds = 100;
const mostCustomFields = 15;
const statuses = ["open", "won", "lost", "deleted"];

/** `GET /{object}`: what is neither deleted nor archived; deals of a status on demand, deleted ones among them. */
export const listRecords: RouteHandler = (context) =>
  list(context, (record) => {
    const wanted = statusesOf(context);
    if (record["is_archived"] === true) return false;
    if (wanted === undefined) return !record.is_deleted;
    return wanted.includes(record["status"] as string) && isKept(context.company, record);
  });

/** `GET /deals/archived`: archived deals stand in no other list. */
export const listArchived: RouteHandler = (context) =>
  list(context, (record) => record["is_archived"] === true && !record.is_deleted);

function list(context: RouteContext, stands: (record: PipedriveRecord) => boolean): EmulatorResponse {
  const object = objectOf(context);
  const sortBy = wordOf(context, "sort_by", ["id", "update_time", "add_time"]) ?? "id";
  const descending = wordOf(context, "sort_direction", ["asc", "desc"]) === "desc";
  const [since, until] = [instantOf(context, "updated_since"), instantOf(context, "updated_until")];
  const ids = idsOf(context);
  const links = ["owner_id", "person_id", "org_id", "stage_id", "pipeline_id"].flatMap((name) => {
    const wanted = numberOf(context, name);
    return wanted === undefined ? [] : [[name, wanted] as const];
  });
  const keyOf = (record: PipedriveRecord): readonly (string | number)[] =>
    sortBy === "id" ? [record.id] : [record[sortBy] as string, record.id];
  const found = context.company.store
    .all(object.name)
    .filter(stands)
    .filter(({ id }) => ids === undefined || ids.has(id))
    .filter((record) => links.every(([name, wanted]) => record[name] === wanted))
    .filter(({ update_time }) => since === undefined || Date.parse(update_time) >= since)
    .filter(({ update_time }) => until === undefined || Date.parse(update_time) < until);
  const sorted = found.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1) * (descending ? -1 : 1));
  if (sortBy === "id" && !descending) sorted.sort((one, other) => one.id - other.id);
  const { items, additional } = pageBy(context, sorted, keyOf);
  return success(
    items.map((record) => answerOf(context, record)),
    additional,
  );
}

/** The record as the query wants it. */
export function answerOf(context: RouteContext, record: PipedriveRecord): PipedriveRecord {
  const keys = context.request.query.get("custom_fields")?.split(",");
  if (!keys) return shown(context, record);
  if (keys.length > mostCustomFields) throw validationFailed("custom_fields", `at most ${mostCustomFields} keys`);
  const wanted = Object.entries(record.custom_fields).filter(([key]) => keys.includes(key));
  return shown(context, { ...record, custom_fields: Object.fromEntries(wanted) });
}

/** A field that was removed is seen no more; its values come back with it. */
function shown(context: RouteContext, record: PipedriveRecord): PipedriveRecord {
  const known = new Set(objectOf(context).fields.map(({ code }) => code));
  const custom = Object.entries(record.custom_fields).filter(([key]) => known.has(key));
  return { ...record, custom_fields: Object.fromEntries(custom) };
}

function idsOf({ request }: RouteContext): ReadonlySet<number> | undefined {
  const ids = request.query.get("ids")?.split(",");
  if (!ids) return undefined;
  if (ids.length > mostIds) throw validationFailed("ids", `at most ${mostIds} ids`);
  if (ids.some((id) => !/^\d{1,15}$/.test(id))) throw validationFailed("ids", "must be integers");
  return new Set(ids.map(Number));
}

function statusesOf({ request }: RouteContext): readonly string[] | undefined {
  const wanted = request.query.get("status")?.split(",");
  if (wanted?.some((status) => !statuses.includes(status)))
    throw validationFailed("status", `must be one of: ${statuses.join(", ")}`);
  return wanted;
}
