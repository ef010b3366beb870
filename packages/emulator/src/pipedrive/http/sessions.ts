import { randomUUID } from "node:crypto";
import type { EmulatorClock, EmulatorRequest, EmulatorResponse } from "../../kernel/index.ts";
import { unauthorized } from "../pipedrive-error.ts";
import type { PipedriveSettings } from "../settings.ts";

/** Who may call, and for which company. */
export interface Sessions {
  /** The token of a call and its company. Throws 401. */
  callerOf(request: EmulatorRequest): { readonly token: string; readonly companyId: number };
  /** `POST /oauth/token`: another shape of error than elsewhere. */
  token(request: EmulatorRequest): EmulatorResponse;
  /** Ends every access token that was given out; those of users stay. */
  expireAll(): void;
}

export function createSessions(clock: EmulatorClock, settings: () => PipedriveSettings): Sessions {
  const issued = new Map<string, { readonly companyId: number; readonly until: number }>();
  /** Refresh tokens given out, and for which company. */
  const renewed = new Map<string, number>();
  const spent = new Set<string>();
  const refreshed = (token: string): number | undefined => {
    if (spent.has(token)) return undefined;
    const company = settings().companies.find(({ refreshTokens }) => refreshTokens.includes(token));
    return renewed.get(token) ?? company?.companyId;
  };
  return {
    callerOf: ({ headers }) => {
      const own = headers["x-api-token"];
      if (own !== undefined) {
        const company = settings().companies.find(({ apiTokens }) => apiTokens.includes(own));
        if (!company) throw unauthorized();
        return { token: own, companyId: company.companyId };
      }
      const bearer = /^Bearer (.+)$/i.exec(headers["authorization"] ?? "")?.[1] ?? "";
      const known = issued.get(bearer);
      if (!known || known.until <= clock.now()) throw unauthorized();
      return { token: bearer, companyId: known.companyId };
    },
    token: ({ headers, body }) => {
      const { clientId, clientSecret, tokenLifetimeMs, rotateRefreshTokens } = settings();
      const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
      const form = new URLSearchParams(body);
      if (headers["authorization"] !== basic)
        return refused(401, "invalid_client", "The client credentials are invalid");
      if (form.get("grant_type") !== "refresh_token")
        return refused(400, "unsupported_grant_type", "Unsupported grant type");
      const given = form.get("refresh_token") ?? "";
      const companyId = refreshed(given);
      if (companyId === undefined) return refused(400, "invalid_grant", "Invalid grant: refresh token is invalid");
      const access_token = `emulated-${randomUUID()}`;
      issued.set(access_token, { companyId, until: clock.now() + tokenLifetimeMs });
      const refresh_token = rotateRefreshTokens ? randomUUID() : given;
      if (rotateRefreshTokens) spent.add(given);
      renewed.set(refresh_token, companyId);
      return {
        status: 200,
        body: {
          ...{ access_token, token_type: "Bearer", refresh_token, scope: "deals:full contacts:full users:read" },
          expires_in: Math.floor(tokenLifetimeMs / 1000),
          api_domain: `http://${headers["host"] ?? "127.0.0.1"}`,
        },
        account: String(companyId),
      };
    },
    expireAll: () => {
      for (const [token, session] of issued) issued.set(token, { ...session, until: 0 });
    },
  };
}

function refused(status: number, error: string, message: string): EmulatorResponse {
  return { status, body: { success: false, message, error } };
}
