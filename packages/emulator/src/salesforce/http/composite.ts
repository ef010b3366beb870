import type { EmulatorRequest, EmulatorResponse } from "../../kernel/index.ts";
import { SalesforceError } from "../salesforce-error.ts";
import { bodyOf, isObject, type RouteContext } from "./context.ts";

/** Most calls in one, and most of them that may be queries or collections. */
const limits = { calls: 25, heavy: 5 };

interface Subresponse {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

/** `POST /composite`: up to 25 calls in one, later ones may use what earlier ones answered (`@{ref.id}`). */
export function composite(context: RouteContext): EmulatorResponse {
  const body = bodyOf(context.request);
  const calls = Array.isArray(body["compositeRequest"]) ? body["compositeRequest"].filter(isObject) : [];
  assertLimits(calls);
  const allOrNone = body["allOrNone"] === true;
  const answers = context.org.store.transaction(
    () => runInOrder(context, calls, allOrNone),
    (all) => !allOrNone || all.every(succeeded),
  );
  const rolledBack = allOrNone && !answers.every(succeeded);
  const compositeResponse = answers.map((answer) =>
    rolledBack && succeeded(answer)
      ? halted(
          answer.referenceId,
          "The transaction was rolled back since another operation in the same transaction failed.",
        )
      : answer,
  );
  return { status: 200, body: { compositeResponse } };
}

function runInOrder(
  context: RouteContext,
  calls: readonly Readonly<Record<string, unknown>>[],
  allOrNone: boolean,
): readonly Subresponse[] {
  const answers: Subresponse[] = [];
  for (const call of calls) {
    const referenceId = String(call["referenceId"]);
    const stopped = allOrNone && !answers.every(succeeded);
    answers.push(
      stopped
        ? halted(referenceId, "The transaction was rolled back since another operation in the same transaction failed.")
        : runOne(context, call, referenceId, answers),
    );
  }
  return answers;
}

function runOne(
  context: RouteContext,
  call: Readonly<Record<string, unknown>>,
  referenceId: string,
  answers: readonly Subresponse[],
): Subresponse {
  try {
    const url = new URL(fill(String(call["url"]), answers), "http://emulator");
    const headers = isObject(call["httpHeaders"]) ? call["httpHeaders"] : {};
    const request: EmulatorRequest = {
      method: String(call["method"]).toUpperCase(),
      path: url.pathname,
      query: url.searchParams,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
      body: call["body"] === undefined ? "" : fill(JSON.stringify(call["body"]), answers),
    };
    const { status, body = null, headers: sent = {} } = context.dispatch(request);
    const httpHeaders: Record<string, string> = sent["location"] === undefined ? {} : { Location: sent["location"] };
    return { body, httpHeaders, httpStatusCode: status, referenceId };
  } catch (error) {
    if (error instanceof SalesforceError) return halted(referenceId, error.message);
    throw error;
  }
}

/** Puts in what earlier answers hold. Throws when an earlier one failed or has no such value. */
function fill(text: string, answers: readonly Subresponse[]): string {
  return text.replace(/@\{([^}]+)\}/g, (_whole, path: string) => {
    const [reference = "", ...steps] = path.split(/[.[\]]+/).filter(Boolean);
    const answer = answers.find(({ referenceId }) => referenceId === reference);
    const start: unknown = answer && succeeded(answer) ? answer.body : undefined;
    const value = steps.reduce<unknown>((at, step) => valueAt(at, step), start);
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
    throw new SalesforceError(
      "PROCESSING_HALTED",
      `Invalid reference specified. No value for ${path} found in ${reference}`,
    );
  });
}

function valueAt(value: unknown, step: string): unknown {
  if (Array.isArray(value)) return value[Number(step)];
  return isObject(value) ? value[step] : undefined;
}

function halted(referenceId: string, message: string): Subresponse {
  return { body: [{ errorCode: "PROCESSING_HALTED", message }], httpHeaders: {}, httpStatusCode: 400, referenceId };
}

function succeeded({ httpStatusCode }: Subresponse): boolean {
  return httpStatusCode < 300;
}

function assertLimits(calls: readonly Readonly<Record<string, unknown>>[]): void {
  const references = calls.map(({ referenceId }) => referenceId);
  if (calls.length === 0 || references.some((reference) => typeof reference !== "string")) {
    throw new SalesforceError("JSON_PARSER_ERROR", "Each of the compositeRequest's calls needs a referenceId");
  }
  if (new Set(references).size < references.length) {
    throw new SalesforceError("DUPLICATE_VALUE", "The referenceIds of a composite request must be unique");
  }
  const heavy = calls.filter(({ url }) => /\/(query|queryAll|composite\/sobjects)\b/.test(String(url)));
  if (calls.length > limits.calls || heavy.length > limits.heavy) {
    throw new SalesforceError(
      "LIMIT_EXCEEDED",
      `Limit reached for a composite request: ${limits.calls} calls, ${limits.heavy} of them queries or collections`,
    );
  }
}
