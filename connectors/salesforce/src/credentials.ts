import { createHash } from "node:crypto";
import {
  type ConnectorContext,
  type Failure,
  FailureError,
  failureOf,
  type Secret,
  type TokenStorage,
} from "@cosell/connector";
import { SignJWT } from "jose";
import { z } from "zod";
import { type Credentials, privateKeyOf, type SalesforceConfig } from "./config.ts";
import type { Transport } from "./transport.ts";

/** A token and the org that it opens. */
export interface Grant {
  readonly accessToken: string;
  readonly instanceUrl: string;
}

/** Asks Salesforce for a new token; `undefined` when these credentials cannot. */
export type AskForToken = (() => Promise<Grant>) | undefined;

/** Salesforce's answer to a request for a token (OAuth 2.0, RFC 6749 section 5.1, with Salesforce's `instance_url`). */
const tokenAnswer = z.object({
  access_token: z.string().min(1),
  instance_url: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
});

/** How these credentials get a new access token. Throws `auth` when Salesforce refuses them. */
export function tokenRequest(config: SalesforceConfig, context: ConnectorContext, transport: Transport): AskForToken {
  const ask = (form: Record<string, string>): Promise<z.output<typeof tokenAnswer>> =>
    postForm(`${config.loginUrl}/services/oauth2/token`, form, transport);
  const { credentials } = config;
  switch (credentials.kind) {
    case "jwt":
      return async () => grantOf(await ask(await assertion(credentials, config.loginUrl, context)));
    case "client-credentials":
      return async () =>
        grantOf(
          await ask({
            grant_type: "client_credentials",
            client_id: credentials.clientId,
            client_secret: credentials.clientSecret.reveal(),
          }),
        );
    case "access-token": {
      const { refresh } = credentials;
      return refresh && (() => refreshed(refresh, context.tokens, ask));
    }
  }
}

/** A signed statement of who we are (OAuth 2.0 JWT Bearer Flow); Salesforce takes none that is valid for more than 3 minutes. */
async function assertion(
  { clientId, username, privateKey }: Credentials & { readonly kind: "jwt" },
  audience: string,
  { clock }: ConnectorContext,
): Promise<Record<string, string>> {
  const now = Math.floor(clock.now() / 1000);
  const signed = await new SignJWT()
    .setProtectedHeader({ alg: "RS256" })
    .setIssuer(clientId)
    .setSubject(username)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + 170)
    .sign(privateKeyOf(privateKey));
  return { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: signed };
}

/**
 * With Refresh Token Rotation, Salesforce answers with a new refresh token and the old one is dead: using it again
 * revokes the whole family. So the new one is stored before anything else happens.
 */
async function refreshed(
  {
    token,
    clientId,
    clientSecret,
  }: { readonly token: Secret; readonly clientId: string; readonly clientSecret?: Secret },
  tokens: TokenStorage,
  ask: (form: Record<string, string>) => Promise<z.output<typeof tokenAnswer>>,
): Promise<Grant> {
  // A new token in the configuration begins a new family: the stored successor of another one is not its own.
  const key = `salesforce-refresh-token-${createHash("sha256").update(token.reveal()).digest("hex").slice(0, 16)}`;
  const answer = await ask({
    grant_type: "refresh_token",
    refresh_token: (await tokens.get(key)) ?? token.reveal(),
    client_id: clientId,
    ...(clientSecret && { client_secret: clientSecret.reveal() }),
  });
  if (answer.refresh_token !== undefined) await tokens.set(key, answer.refresh_token);
  return grantOf(answer);
}

function grantOf(answer: z.output<typeof tokenAnswer>): Grant {
  return { accessToken: answer.access_token, instanceUrl: new URL(answer.instance_url).origin };
}

async function postForm(
  url: string,
  form: Record<string, string>,
  transport: Transport,
): Promise<z.output<typeof tokenAnswer>> {
  const { statusCode, body } = await transport
    .httpRequest({
      method: "POST",
      url,
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: new URLSearchParams(form).toString(),
    })
    .catch(repeatable);
  const parsed = json(body);
  if (statusCode >= 400) throw new FailureError(refusal(parsed, statusCode));
  const answer = tokenAnswer.safeParse(parsed);
  if (answer.success) return answer.data;
  throw new FailureError({ kind: "config", message: `What answers at ${url} is not Salesforce: check loginUrl.` });
}

/** Asking for a token twice does no harm, so a lost answer is no unknown outcome. */
function repeatable(error: unknown): never {
  const failure = failureOf(error);
  if (failure?.kind !== "unknown-outcome") throw error;
  throw new FailureError({
    ...failure,
    kind: "transient",
    message: "Salesforce did not answer the request for a token.",
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What to do about each refusal (Salesforce, "OAuth 2.0 Authorization Errors"). */
const refusals: readonly { readonly when: RegExp; readonly advice: string }[] = [
  {
    when: /hasn't approved|not approved|user is not admin approved/i,
    advice:
      "approve the app for the user: OAuth policies, 'Admin approved users are pre-authorized', and give the user its permission set",
  },
  {
    when: /audience/i,
    advice: "set loginUrl: https://login.salesforce.com, or https://test.salesforce.com for a sandbox",
  },
  {
    when: /expired|invalid assertion|signature/i,
    advice: "the certificate in the app must belong to privateKey, and this machine's clock must be right",
  },
  { when: /ip restricted/i, advice: "relax the app's IP policy or add this machine's address to the trusted ranges" },
  { when: /inactive_user|user.*(inactive|locked)/i, advice: "activate or unlock the user in Setup, Users" },
  { when: /no client credentials user/i, advice: "name a 'Run As' user in the app's client credentials flow" },
  {
    when: /invalid_client|client identifier|client credentials|client secret/i,
    advice: "clientId is the app's consumer key (and clientSecret its secret); a new app needs up to 10 minutes",
  },
  { when: /unsupported_grant_type|invalid_app_access/i, advice: "enable this OAuth flow in the app's settings" },
  {
    when: /invalid_grant/i,
    advice: "check username, the app's pre-authorization and, for a refresh token, that it has not been revoked",
  },
];

function refusal(body: unknown, status: number): Failure {
  const { error, error_description: description } = z
    .object({ error: z.string().catch(""), error_description: z.string().catch("") })
    .catch({ error: "", error_description: "" })
    .parse(body);
  const code = /^\w{1,60}$/.test(error) ? error : `ERROR_HTTP_${status}`;
  const advice = refusals.find(({ when }) => when.test(`${error} ${description}`))?.advice;
  return {
    kind: "auth",
    code,
    message: `Salesforce refuses the credentials (${code}): ${advice ?? "check clientId, username and the app's OAuth settings"}.`,
  };
}
