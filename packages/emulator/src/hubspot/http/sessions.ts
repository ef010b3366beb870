import { randomUUID } from "node:crypto";
import type { EmulatorClock, EmulatorResponse } from "../../kernel/index.ts";
import { HubspotError } from "../hubspot-error.ts";
import type { HubspotSettings } from "../settings.ts";

/** Whose call it is. */
export interface Caller {
  readonly portalId: number;
  /** An OAuth app: HubSpot tells it no daily limit. */
  readonly isApp: boolean;
}

/** A call of the app itself, for no portal: what its token was asked for. */
export interface AppCaller {
  readonly scopes: readonly string[];
}

/** Who may call, and for which portal. */
export interface Sessions {
  /** Throws 401. */
  callerOf(token: string): Caller;
  /** The app itself. Throws 401, and 403 for a portal's token. */
  appOf(token: string): AppCaller;
  /** `POST /oauth/…/token`: another shape of error than elsewhere. */
  token(form: URLSearchParams): EmulatorResponse;
  /** Ends every token that was given out; those of private apps stay. */
  expireAll(): void;
}

interface Issued extends Caller {
  readonly until: number;
}

export function createSessions(clock: EmulatorClock, settings: () => HubspotSettings): Sessions {
  const issued = new Map<string, Issued>();
  /** Tokens of the app itself (client credentials). */
  const apps = new Map<string, AppCaller & { readonly until: number }>();
  /** Refresh tokens given out, and for which portal. */
  const renewed = new Map<string, number>();
  const spent = new Set<string>();

  const refresh = (token: string): number | undefined => {
    if (spent.has(token)) return undefined;
    return (
      renewed.get(token) ?? settings().portals.find(({ refreshTokens }) => refreshTokens.includes(token))?.portalId
    );
  };
  const ofApp = (form: URLSearchParams): EmulatorResponse => {
    const { journalScopes, tokenLifetimeMs } = settings();
    const scopes = (form.get("scope") ?? "").split(" ").filter(Boolean);
    const unknown = scopes.filter((scope) => !journalScopes.includes(scope));
    // How HubSpot words it, no document tells.
    if (scopes.length === 0 || unknown.length > 0)
      return refused("INVALID_SCOPE", `the app may not ask for: ${unknown.join(" ")}`);
    const accessToken = `emulated-app-${randomUUID()}`;
    apps.set(accessToken, { scopes, until: clock.now() + tokenLifetimeMs });
    return {
      status: 200,
      body: {
        token_type: "bearer",
        token_use: "client_credentials",
        access_token: accessToken,
        expires_in: Math.floor(tokenLifetimeMs / 1000),
        scopes,
      },
    };
  };
  return {
    appOf: (token) => {
      const known = apps.get(token);
      if (known && known.until > clock.now()) return known;
      if (known) throw expiredToken(known.until, clock.now());
      if (!issued.has(token) && !settings().portals.some(({ accessTokens }) => accessTokens.includes(token)))
        throw unknownToken();
      throw new HubspotError(
        403,
        "MISSING_SCOPES",
        "This call takes a token of the app: grant_type client_credentials",
      );
    },
    callerOf: (token) => {
      const portal = settings().portals.find(({ accessTokens }) => accessTokens.includes(token));
      if (portal) return { portalId: portal.portalId, isApp: false };
      const known = issued.get(token);
      if (!known) throw unknownToken();
      if (known.until <= clock.now()) throw expiredToken(known.until, clock.now());
      return known;
    },
    token: (form) => {
      const { clientId, clientSecret, tokenLifetimeMs, rotateRefreshTokens } = settings();
      const grant = form.get("grant_type");
      if (grant !== "refresh_token" && grant !== "client_credentials")
        return refused("UNSUPPORTED_GRANT_TYPE", "unsupported grant_type");
      if (form.get("client_id") !== clientId || form.get("client_secret") !== clientSecret)
        return refused("BAD_CLIENT_ID", "missing or unknown client id");
      if (grant === "client_credentials") return ofApp(form);
      const given = form.get("refresh_token") ?? "";
      const portalId = refresh(given);
      if (portalId === undefined) return refused("BAD_REFRESH_TOKEN", "missing or unknown refresh token");
      const accessToken = `emulated-${randomUUID()}`;
      issued.set(accessToken, { portalId, isApp: true, until: clock.now() + tokenLifetimeMs });
      const next = rotateRefreshTokens ? randomUUID() : given;
      if (rotateRefreshTokens) spent.add(given);
      renewed.set(next, portalId);
      return {
        status: 200,
        body: {
          token_type: "bearer",
          access_token: accessToken,
          refresh_token: next,
          expires_in: Math.floor(tokenLifetimeMs / 1000),
          hub_id: portalId,
        },
        account: String(portalId),
      };
    },
    expireAll: () => {
      for (const [token, session] of issued) issued.set(token, { ...session, until: 0 });
      for (const [token, app] of apps) apps.set(token, { ...app, until: 0 });
    },
  };
}

function refused(status: string, message: string): EmulatorResponse {
  return { status: 400, body: { status, message, correlationId: randomUUID() } };
}

function unknownToken(): HubspotError {
  return new HubspotError(
    401,
    "INVALID_AUTHENTICATION",
    "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview",
  );
}

/** The answer to a token that is over. */
export function expiredToken(until: number, now: number): HubspotError {
  const minutes = Math.max(0, Math.floor((now - until) / 60_000));
  return new HubspotError(
    401,
    "EXPIRED_AUTHENTICATION",
    `The OAuth token used to make this call expired ${minutes} minute(s) ago.`,
    { context: { "expire time": [new Date(until).toISOString()] } },
  );
}
