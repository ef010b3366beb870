import { notFound } from "../pipedrive-error.ts";
import { deleteRecord as remove, isKept, mergeRecords } from "../records/lifecycle.ts";
import { createRecord, updateRecord } from "../records/writes.ts";
import { bodyOf, idOf, objectOf, type RouteHandler, success } from "./context.ts";
import { answerOf } from "./list-routes.ts";

/** `GET /{object}/{id}`: archived and deleted records too, as long as they are kept. */
export const getRecord: RouteHandler = (context) => {
  const object = objectOf(context);
  const record = context.company.store.get(object.name, idOf(context));
  if (!record || !isKept(context.company, record)) throw notFound(object.singular);
  return success(answerOf(context, record));
};

export const postRecord: RouteHandler = (context) => {
  const { userId, company } = context;
  const sent = { owner_id: userId, ...bodyOf(context) };
  return success(answerOf(context, createRecord(company, objectOf(context), sent, "api")), undefined, 201);
};

export const patchRecord: RouteHandler = (context) => {
  const record = updateRecord(context.company, objectOf(context), idOf(context), bodyOf(context), "api");
  return success(answerOf(context, record));
};

export const deleteRecord: RouteHandler = (context) => {
  const id = idOf(context);
  remove(context.company, objectOf(context), id, "api");
  return success({ id });
};

/** `PUT /v1/{object}/{id}/merge`: the record of the path goes into the other. */
export const mergeTwo: RouteHandler = (context) => {
  const id = idOf(context);
  const withId = Number(bodyOf(context)["merge_with_id"]);
  const survivor = mergeRecords(context.company, objectOf(context), id, withId, "api");
  return success({ ...survivor, merge_what_id: id });
};
