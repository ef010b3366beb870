import type { EmulatorResponse } from "../../kernel/index.ts";
import { malformed } from "../query/parse.ts";
import { runQuery } from "../query/run-query.ts";
import type { RouteContext } from "./context.ts";

/** `GET /query?q=` and `GET /queryAll?q=`; the latter sees the recycle bin. */
export function query(includeDeleted: boolean): (context: RouteContext) => EmulatorResponse {
  return (context) => {
    const { org, base, request } = context;
    const soql = request.query.get("q");
    if (soql === null || soql === "") throw malformed("SOQL statements cannot be empty or null");
    const result = runQuery({ org, base, includeDeleted }, soql);
    return { status: 200, body: context.cursors.open(result, base, batchSize(context)) };
  };
}

/** `GET /query/{locator}`: the next page. */
export function queryMore(context: RouteContext): EmulatorResponse {
  const { cursors, base, parameters } = context;
  return { status: 200, body: cursors.more(parameters["locator"] ?? "", base, batchSize(context)) };
}

/** Salesforce takes a wish between 200 and 2,000. */
function batchSize({ org, request }: RouteContext): number {
  const wish = /batchSize\s*=\s*(\d+)/i.exec(request.headers["sforce-query-options"] ?? "")?.[1];
  return wish === undefined ? org.settings().queryBatchSize : Math.min(2000, Math.max(200, Number(wish)));
}
