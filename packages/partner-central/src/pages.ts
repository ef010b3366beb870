import { FailureError, type JsonObject, type JsonValue } from "@cosell/connector";
import { listMemberOf } from "./model/operations.ts";
import type { ServiceName } from "./model/services.ts";

/**
 * A list page by page, until AWS names no next one. Throws a `FailureError` (`config`) for an operation that has no pages,
 * and (`bug`) when AWS gives the same page again and again.
 * @param call one call of the operation
 */
export async function* pagesOf(
  operation: string,
  input: JsonObject,
  call: (input: JsonObject) => Promise<JsonObject>,
  service: ServiceName = "selling",
): AsyncIterable<readonly JsonValue[]> {
  const member = listMemberOf(operation, service);
  if (member === undefined) throw new FailureError({ kind: "config", message: `${operation} has no pages.` });
  let token: JsonValue | undefined;
  do {
    const answer = await call({ ...input, ...(token !== undefined && { NextToken: token }) });
    const items = answer[member];
    yield Array.isArray(items) ? (items as readonly JsonValue[]) : [];
    const next = answer["NextToken"];
    if (typeof next === "string" && next !== "" && next === token) {
      throw new FailureError({ kind: "bug", message: `AWS gives the same page of ${operation} again and again.` });
    }
    token = typeof next === "string" && next !== "" ? next : undefined;
  } while (token !== undefined);
}
