import { FailureError, type JsonObject, type JsonValue } from "@cosell/connector";
import { z } from "zod";
import type { Session } from "./session.ts";

/** A page of a query's result, or of a list relation inside a record. */
const page = z.object({
  records: z.array(z.custom<JsonObject>((value) => typeof value === "object" && value !== null)),
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
});

/**
 * Every row of a query, page after page until Salesforce says that it is done.
 *
 * @param options.deleted also rows in the Recycle Bin (`queryAll`). @defaultValue false
 */
export async function query(
  session: Session,
  soql: string,
  { deleted = false }: { readonly deleted?: boolean } = {},
): Promise<readonly JsonObject[]> {
  const path = `/${deleted ? "queryAll" : "query"}?q=${encodeURIComponent(soql)}`;
  return allRows(session, await session.call({ method: "GET", path }));
}

/** The rows that begin with this page. */
export async function allRows(session: Session, firstPage: unknown): Promise<readonly JsonObject[]> {
  const rows: JsonObject[] = [];
  for (let answer = firstPage; ;) {
    const parsed = page.safeParse(answer);
    if (!parsed.success)
      throw new FailureError({
        kind: "transient",
        message: "Salesforce answered a query with something that is no result.",
      });
    for (const row of parsed.data.records) rows.push(row);
    const { done, nextRecordsUrl } = parsed.data;
    if (done || nextRecordsUrl === undefined) return rows;
    answer = await session.call({ method: "GET", path: nextRecordsUrl });
  }
}

/** Ids as a SOQL list. Ids are letters and digits only, so nothing needs escaping. */
export function idList(ids: readonly string[]): string {
  return `(${ids.map((id) => `'${id}'`).join(",")})`;
}

/** The value of a column that is always text. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}
