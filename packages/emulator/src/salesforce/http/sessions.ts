import { createPublicKey, randomUUID, verify } from "node:crypto";
import type { Org } from "../org.ts";
import type { StoredRecord } from "../records/record-store.ts";
import { SalesforceError } from "../salesforce-error.ts";

/** Who may call: access tokens with their end, refresh tokens that work once. */
export interface Sessions {
  /** Exchanges a grant for tokens, as `/services/oauth2/token` does. Throws {@link OAuthError}. */
  grant(form: URLSearchParams): Tokens;
  /** Throws `INVALID_SESSION_ID`. */
  assertValid(accessToken: string): void;
  revoke(token: string): void;
  /** Ends every token that was given out; those of the settings stay. */
  readonly expireAll: () => void;
}

/** What a grant brings. Refresh tokens come only for a refresh token. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken?: string;
}

/** A refusal of the token endpoint: another shape than other errors. */
export class OAuthError extends Error {
  override readonly name = "OAuthError";
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }
}

const jwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/** No tokens given out yet. */
export function createSessions(org: Org): Sessions {
  /** Access token → when it ends, milliseconds. */
  const access = new Map<string, number>();
  /** Refresh tokens given out that were not used yet. */
  const refresh = new Set<string>();
  /** Refresh tokens that were used or revoked: a second use ends the whole family. */
  const spent = new Set<string>();

  const issue = (): string => {
    const token = `00D!${randomUUID().replaceAll("-", "")}`;
    access.set(token, org.clock.now() + org.settings().tokenLifetimeMs);
    return token;
  };
  const rotate = (token: string): string => {
    const known = refresh.has(token) || (org.settings().refreshTokens.includes(token) && !spent.has(token));
    if (!known) {
      if (spent.has(token)) refresh.clear();
      throw new OAuthError("invalid_grant", "expired access/refresh token");
    }
    refresh.delete(token);
    spent.add(token);
    const next = randomUUID();
    refresh.add(next);
    return next;
  };

  return {
    grant: (form) => {
      const type = form.get("grant_type");
      if (type === jwtBearer) {
        assertAssertion(org, form.get("assertion") ?? "");
        return { accessToken: issue() };
      }
      assertClient(org, form, type === "client_credentials");
      if (type === "client_credentials") return { accessToken: issue() };
      if (type === "refresh_token") {
        const refreshToken = rotate(form.get("refresh_token") ?? "");
        return { accessToken: issue(), refreshToken };
      }
      throw new OAuthError("unsupported_grant_type", "grant type not supported");
    },
    assertValid: (token) => {
      if (org.settings().accessTokens.includes(token) || (access.get(token) ?? 0) > org.clock.now()) return;
      throw expiredSession();
    },
    revoke: (token) => {
      access.delete(token);
      refresh.delete(token);
      spent.add(token);
    },
    expireAll: () => {
      access.clear();
    },
  };
}

/** The answer to an access token that is wrong or over. */
export function expiredSession(): SalesforceError {
  return new SalesforceError("INVALID_SESSION_ID", "Session expired or invalid", { status: 401 });
}

function assertClient(org: Org, form: URLSearchParams, needsSecret: boolean): void {
  const { clientId, clientSecret } = org.settings();
  if (clientId !== undefined && form.get("client_id") !== clientId) {
    throw new OAuthError("invalid_client_id", "client identifier invalid");
  }
  if (needsSecret && (form.get("client_secret") ?? "") === "") {
    throw new OAuthError("invalid_client", "invalid client credentials");
  }
  if (needsSecret && clientSecret !== undefined && form.get("client_secret") !== clientSecret) {
    throw new OAuthError("invalid_client", "invalid client credentials");
  }
}

/** Judges a JWT as Salesforce does: RS256, issued by the connected app for an active user, over within five minutes. */
function assertAssertion(org: Org, assertion: string): void {
  const [head = "", payload = "", signature = "", ...more] = assertion.split(".");
  const header = claimsOf(head);
  const claims = claimsOf(payload);
  if (header?.["alg"] !== "RS256" || !claims || signature === "" || more.length > 0) {
    throw new OAuthError("invalid_grant", "invalid assertion");
  }
  const { clientId, publicKey } = org.settings();
  const { iss, sub, aud, exp } = claims;
  if (typeof iss !== "string" || iss === "" || (clientId !== undefined && iss !== clientId)) {
    throw new OAuthError("invalid_client_id", "client identifier invalid");
  }
  if (publicKey !== undefined) {
    const signed = Buffer.from(`${head}.${payload}`);
    if (!verify("RSA-SHA256", signed, createPublicKey(publicKey), Buffer.from(signature, "base64url"))) {
      throw new OAuthError("invalid_grant", "invalid assertion");
    }
  }
  if (typeof aud !== "string" || !/^https?:\/\//.test(aud))
    throw new OAuthError("invalid_grant", "audience is invalid");
  const left = Number(exp) * 1000 - org.clock.now();
  if (!(left > 0 && left <= 300_000)) throw new OAuthError("invalid_grant", "assertion is not within its validity");
  if (userNamed(org, sub)?.["IsActive"] !== true) {
    throw new OAuthError("invalid_grant", "user hasn't approved this consumer");
  }
}

function claimsOf(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

function userNamed(org: Org, username: unknown): StoredRecord | undefined {
  const [user] =
    typeof username === "string" ? org.store.having(org.schema().object("User"), "Username", username) : [];
  return user;
}
