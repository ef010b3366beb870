import type { EmulatorClock, EmulatorRequest, EmulatorResponse, EmulatorServer } from "../../kernel/index.ts";
import { badRequest, errorBody, HubspotError, resourceNotFound } from "../hubspot-error.ts";
import type { Portal } from "../portal.ts";
import type { Journal } from "../journal/journal.ts";
import { createJournalUrls, isJournalFile } from "../journal/journal-urls.ts";
import type { HubspotSettings } from "../settings.ts";
import { journalRouteOf } from "./journal-routes.ts";
import { createRateLimits, tooMany } from "./rate-limits.ts";
import { isTokenDoor, routeOf } from "./router.ts";
import { createSessions, expiredToken, type Sessions } from "./sessions.ts";

/** What the server answers for. */
export interface ServerWorld {
  readonly clock: EmulatorClock;
  readonly settings: () => HubspotSettings;
  readonly portal: (portalId: number) => Portal;
  readonly journal: Journal;
}

/** The HTTP face of all portals; the token tells which one a call is about. */
export function createServer({ clock, settings, portal, journal }: ServerWorld): {
  readonly server: EmulatorServer;
  readonly sessions: Sessions;
} {
  const sessions = createSessions(clock, settings);
  const limits = createRateLimits(clock, settings);
  const urls = createJournalUrls(clock, settings, journal);

  const answer = (request: EmulatorRequest): EmulatorResponse => {
    if (isTokenDoor(request)) return sessions.token(new URLSearchParams(request.body));
    if (isJournalFile(request)) return urls.answer(request);
    const token = /^Bearer (.+)$/i.exec(request.headers["authorization"] ?? "")?.[1] ?? "";
    const route = journalRouteOf(request);
    if (route) {
      const { scopes } = sessions.appOf(token);
      const refusal = limits.judgeApp();
      // The journal counts for no portal's limits (its OpenAPI document, x-hubspot-rate-limit-exemptions).
      return refusal ?? route.handle({ journal, urls, settings: settings(), request, scopes, now: clock.now() });
    }
    const caller = sessions.callerOf(token);
    const called = portal(caller.portalId);
    const match = routeOf(request);
    const { refusal, headers } = limits.judge(caller, called.own(), match?.action === "search");
    const account = String(caller.portalId);
    if (refusal) return { ...refusal, headers, account };
    const response = judged(() => {
      if (!match) throw resourceNotFound();
      return match.handler({ portal: called, request, parameters: match.parameters });
    });
    return { ...response, headers: { ...headers, ...response.headers }, account };
  };

  const server: EmulatorServer = {
    name: "hubspot",
    now: () => clock.now(),
    operationOf: (request) => {
      if (isTokenDoor(request)) return "token";
      if (isJournalFile(request)) return "journal.file";
      return (journalRouteOf(request) ?? routeOf(request))?.operation ?? "unknown";
    },
    handle: (request) => judged(() => answer(request)),
    refuseBody: (problem) =>
      problem === "too-large"
        ? { status: 413, body: errorBody(new HubspotError(413, "VALIDATION_ERROR", "The request is too large")) }
        : { status: 400, body: errorBody(badRequest("Invalid input JSON: it is nested too deeply")) },
    refuse: (kind, { retryAfterSeconds }) => {
      const headers: Readonly<Record<string, string>> =
        retryAfterSeconds === undefined || kind === "expired-token" ? {} : { "retry-after": String(retryAfterSeconds) };
      switch (kind) {
        case "throttle":
          return { ...tooMany("TEN_SECONDLY_ROLLING", "ten_secondly_rolling"), headers };
        case "server-error":
          return { status: 500, body: errorBody(new HubspotError(500, "INTERNAL_ERROR", "internal error")), headers };
        case "expired-token":
          return judged(() => {
            throw expiredToken(clock.now(), clock.now());
          });
      }
    },
  };
  return { server, sessions };
}

function judged(act: () => EmulatorResponse): EmulatorResponse {
  try {
    return act();
  } catch (error) {
    if (error instanceof HubspotError) return { status: error.status, body: errorBody(error) };
    throw error;
  }
}
