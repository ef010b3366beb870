import type { EmulatorRequest, EmulatorResponse, EmulatorServer } from "../../kernel/index.ts";
import type { Org } from "../org.ts";
import { notFound, SalesforceError, unreadable } from "../salesforce-error.ts";
import { createApiUsage } from "./api-usage.ts";
import { errorResponse } from "./context.ts";
import { createCursors } from "./cursors.ts";
import { createRouter, type RouteMatch } from "./router.ts";
import { createSessions, expiredSession, type Sessions } from "./sessions.ts";

/** The org's HTTP face, and the sessions that callers hold. */
export function createServer(org: Org): { readonly server: EmulatorServer; readonly sessions: Sessions } {
  const usage = createApiUsage(org);
  const route = createRouter(usage);
  const sessions = createSessions(org);
  const cursors = createCursors(org);

  const answer = (request: EmulatorRequest, match: RouteMatch | undefined): EmulatorResponse => {
    try {
      if (!match) throw notFound();
      const { base = "", ...parameters } = match.parameters;
      return match.handler({
        org,
        sessions,
        cursors,
        request,
        parameters,
        base,
        origin: `http://${request.headers["host"] ?? "localhost"}`,
        dispatch: (inner) => answer(inner, route(inner)),
      });
    } catch (error) {
      if (error instanceof SalesforceError) return errorResponse(error);
      throw error;
    }
  };

  const admitted = (request: EmulatorRequest, match: RouteMatch | undefined): EmulatorResponse => {
    if (match?.open !== true) {
      try {
        sessions.assertValid(accessTokenOf(request));
      } catch (error) {
        if (error instanceof SalesforceError) return errorResponse(error);
        throw error;
      }
    }
    if (match?.parameters["base"] === undefined) return answer(request, match);
    const allowed = usage.count();
    const { used, limit } = usage.today();
    const response = allowed ? answer(request, match) : errorResponse(limitExceeded("TotalRequests", 403));
    return { ...response, headers: { ...response.headers, "sforce-limit-info": `api-usage=${used}/${limit}` } };
  };

  const server: EmulatorServer = {
    name: "salesforce",
    now: () => org.clock.now(),
    operationOf: (request) => route(request)?.operation ?? "unknown",
    handle: (request) => admitted(request, route(request)),
    refuseBody: (problem) => errorResponse(bodyRefusals[problem]()),
    refuse: (kind, { retryAfterSeconds }) => {
      const retry =
        retryAfterSeconds === undefined || kind === "expired-token" ? {} : { "retry-after": String(retryAfterSeconds) };
      return { ...errorResponse(refusals[kind]()), headers: retry };
    },
  };
  return { server, sessions };
}

const refusals = {
  throttle: () => limitExceeded("ConcurrentRequests (Concurrent API Requests)", 429),
  "server-error": () =>
    new SalesforceError("SERVER_UNAVAILABLE", "The server is temporarily unavailable. Please try again later.", {
      status: 503,
    }),
  "expired-token": expiredSession,
} as const;

const bodyRefusals = {
  "too-large": () => new SalesforceError("EXCEEDED_MAX_SIZE_REQUEST", "The request is too large.", { status: 413 }),
  "too-deep": () => unreadable("The request body is nested too deeply"),
} as const;

function limitExceeded(what: string, status: number): SalesforceError {
  return new SalesforceError("REQUEST_LIMIT_EXCEEDED", `${what} Limit exceeded.`, { status });
}

/** From the header, or for the identity address from the query, as jsforce sends it. */
function accessTokenOf(request: EmulatorRequest): string {
  const bearer = /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers["authorization"] ?? "")?.[1];
  return bearer ?? request.query.get("oauth_token") ?? "";
}
