import { FailureError, type JsonObject, type JsonValue } from "@cosell/connector";
import type { Operation } from "@cosell/partner-central/model";
import { UsageError } from "../failure/findings-error.ts";

/** The member of an operation's answer that holds a page. @throws UsageError when the operation has no pages */
export function listMember({ name, input, output }: Operation): string {
  const list = output.find(({ path, type }) => type === "list" && !/[.[]/.test(path));
  if (list !== undefined && input.some(({ path }) => path === "NextToken")) return list.path;
  throw new UsageError(`${name} has no pages: leave --paginate out.`);
}

/** The largest page that AWS gives, unless the input says otherwise. */
export function largestPage({ input }: Operation): JsonObject {
  const maximum = input.find(({ path }) => path === "MaxResults")?.maximum;
  return maximum === undefined ? {} : { MaxResults: maximum };
}

/** Every page of a list, until AWS names no next one. */
export async function* pagesOf(
  operation: Operation,
  body: JsonObject,
  call: (body: JsonObject) => Promise<JsonObject>,
): AsyncIterable<readonly JsonValue[]> {
  const member = listMember(operation);
  let next: JsonObject = body;
  for (;;) {
    const answer = await call(next);
    const items = answer[member];
    yield Array.isArray(items) ? (items as readonly JsonValue[]) : [];
    const token = answer["NextToken"];
    if (typeof token !== "string" || token === "") return;
    if (token === next["NextToken"]) {
      throw new FailureError({ kind: "bug", message: `AWS gives the same page of ${operation.name} again and again.` });
    }
    next = { ...body, NextToken: token };
  }
}
