import type { EmulatorClock, EmulatorRequest, EmulatorResponse, EmulatorServer } from "../../kernel/index.ts";
import type { Company } from "../company.ts";
import { errorBody, PipedriveError, unauthorized } from "../pipedrive-error.ts";
import type { PipedriveSettings } from "../settings.ts";
import { createRateLimits, tooMany } from "./rate-limits.ts";
import { isTokenDoor, routeOf } from "./router.ts";
import { createSessions, type Sessions } from "./sessions.ts";

/** What the server answers for. */
export interface ServerWorld {
  readonly clock: EmulatorClock;
  readonly settings: () => PipedriveSettings;
  readonly company: (companyId: number) => Company;
}

/** The HTTP face of all companies; the token tells which one a call is about. */
export function createServer({ clock, settings, company }: ServerWorld): {
  readonly server: EmulatorServer;
  readonly sessions: Sessions;
} {
  const sessions = createSessions(clock, settings);
  const limits = createRateLimits(clock, settings);

  const answer = (request: EmulatorRequest): EmulatorResponse => {
    if (isTokenDoor(request)) return sessions.token(request);
    const { token, companyId } = sessions.callerOf(request);
    const called = company(companyId);
    const match = routeOf(request);
    const { refusal, headers } = limits.judge(token, called.own(), match?.cost ?? 1, match?.action === "search");
    const account = String(companyId);
    if (refusal) return { ...refusal, headers, account };
    const response = judged(() => {
      if (!match) throw new PipedriveError(404, "Unknown method .", "ERR_NOT_FOUND");
      const userId = called.users.keys().next().value ?? 0;
      return match.handler({ company: called, userId, request, parameters: match.parameters });
    });
    return { ...response, headers: { ...headers, ...response.headers }, account };
  };

  const server: EmulatorServer = {
    name: "pipedrive",
    now: () => clock.now(),
    operationOf: (request) => (isTokenDoor(request) ? "token" : (routeOf(request)?.operation ?? "unknown")),
    handle: (request) => judged(() => answer(request)),
    refuseBody: (problem) => {
      const error = new PipedriveError(problem === "too-large" ? 413 : 400, "Bad request");
      return { status: error.status, body: errorBody(error) };
    },
    refuse: (kind, { retryAfterSeconds }) => {
      const headers: Readonly<Record<string, string>> =
        retryAfterSeconds === undefined || kind === "expired-token" ? {} : { "retry-after": String(retryAfterSeconds) };
      switch (kind) {
        case "throttle":
          return { ...tooMany(), headers };
        case "server-error":
          return { status: 500, body: errorBody(new PipedriveError(500, "Internal server error")), headers };
        case "expired-token":
          return { status: 401, body: errorBody(unauthorized()) };
      }
    },
  };
  return { server, sessions };
}

function judged(act: () => EmulatorResponse): EmulatorResponse {
  try {
    return act();
  } catch (error) {
    if (error instanceof PipedriveError) return { status: error.status, body: errorBody(error) };
    throw error;
  }
}
