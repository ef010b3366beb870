import { createHash } from "node:crypto";
import { type ConnectorContext, FailureError, failureOf } from "@cosell/connector";
import { z } from "zod";
import { apiPaths } from "./api-paths.ts";
import { jsonOf } from "./classify.ts";
import type { AppCredentials, Credentials } from "./config.ts";
import type { Transport } from "./transport.ts";

/** A token that opens the portal. */
export interface Grant {
  readonly accessToken: string;
  /** Milliseconds since 1970; `undefined`: it does not expire. */
  readonly until: number | undefined;
}

/** Where access tokens come from. */
export interface TokenSource {
  /** The one that is at hand, from here or from a run before; `undefined` when a new one must be asked for. */
  stored(): Promise<Grant | undefined>;
  /** Asks HubSpot for a new one. Throws `auth` when it refuses, or when these credentials cannot. */
  renew(): Promise<Grant>;
}

/** HubSpot's answer to a request for a token (OAuth 2.0, RFC 6749 section 5.1). */
const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive(),
});

const storedTokens = z.object({ accessToken: z.string(), until: z.number(), refreshToken: z.string() });

/** How these credentials get access tokens. */
export function tokenSource(
  credentials: AppCredentials | Credentials,
  context: ConnectorContext,
  transport: Transport,
): TokenSource {
  if (credentials.kind === "client-credentials") return appTokens(credentials, context, transport);
  if (credentials.kind === "access-token")
    return {
      stored: () => Promise.resolve({ accessToken: credentials.accessToken.reveal(), until: undefined }),
      renew: () =>
        Promise.reject(
          new FailureError({
            kind: "auth",
            code: "INVALID_AUTHENTICATION",
            message:
              "HubSpot does not accept accessToken: copy it again from the private app (Settings, Integrations).",
          }),
        ),
    };
  const { clientId, clientSecret, refreshToken } = credentials;
  // A new token in the configuration begins anew: what was stored for another one is not its own.
  const key = `hubspot-tokens-${createHash("sha256").update(refreshToken.reveal()).digest("hex").slice(0, 16)}`;
  const read = async (): Promise<z.output<typeof storedTokens> | undefined> =>
    storedTokens.safeParse(jsonOf((await context.tokens.get(key)) ?? "")).data;
  return {
    stored: async () => {
      const known = await read();
      return known && { accessToken: known.accessToken, until: known.until };
    },
    renew: async () => {
      const form = new URLSearchParams({
        grant_type: "refresh_token",
        client_id: clientId,
        client_secret: clientSecret.reveal(),
        refresh_token: (await read())?.refreshToken ?? refreshToken.reveal(),
      });
      const answer = await askForToken(form, transport, installAdvice);
      const grant = { accessToken: answer.access_token, until: context.clock.now() + answer.expires_in * 1000 };
      const next = { ...grant, refreshToken: answer.refresh_token ?? form.get("refresh_token") };
      // Before it is used: where refresh tokens change, the old one is dead now.
      await context.tokens.set(key, JSON.stringify(next));
      return grant;
    },
  };
}

/** What the app's own token is asked for (HubSpot, "Webhooks journal and management APIs"). */
const journalScopes = [
  "developer.webhooks_journal.read",
  "developer.webhooks_journal.subscriptions.read",
  "developer.webhooks_journal.subscriptions.write",
];

/** Tokens of the app itself. There is nothing to keep between runs: whoever has the secret gets another one. */
function appTokens(
  { clientId, clientSecret }: AppCredentials,
  { clock }: ConnectorContext,
  transport: Transport,
): TokenSource {
  return {
    stored: () => Promise.resolve(undefined),
    renew: async () => {
      const form = new URLSearchParams({
        grant_type: "client_credentials",
        client_id: clientId,
        client_secret: clientSecret.reveal(),
        scope: journalScopes.join(" "),
      });
      const answer = await askForToken(form, transport, appAdvice);
      return { accessToken: answer.access_token, until: clock.now() + answer.expires_in * 1000 };
    },
  };
}

async function askForToken(
  form: URLSearchParams,
  transport: Transport,
  advice: Advice,
): Promise<z.output<typeof tokenAnswer>> {
  // Asking for a token twice does no harm, so a lost answer is no unknown outcome.
  const answer = await transport({ method: "POST", path: apiPaths.token, body: form, writes: false });
  const body = jsonOf(answer.body);
  const token = tokenAnswer.safeParse(body);
  if (answer.status < 300 && token.success) return token.data;
  if (answer.status >= 500)
    throw new FailureError({ kind: "transient", message: "HubSpot did not answer the request for a token." });
  if (answer.status === 429)
    throw new FailureError({ kind: "throttled", message: "HubSpot asks for a pause.", retryAfterMs: 10_000 });
  if (answer.status < 400)
    throw new FailureError({ kind: "config", message: "What answers at baseUrl is not HubSpot: check the address." });
  const { status, error } = z
    .object({ status: z.string().catch(""), error: z.string().catch("") })
    .catch({ status: "", error: "" })
    .parse(body);
  const told = [status, error].find((code) => /^\w{1,60}$/.test(code)) ?? `ERROR_HTTP_${answer.status}`;
  throw new FailureError({
    kind: "auth",
    code: told,
    message: `HubSpot refuses the credentials (${told}): ${advice.byCode[told] ?? advice.else}.`,
  });
}

/** What to do about each refusal. */
interface Advice {
  readonly byCode: Readonly<Record<string, string>>;
  readonly else: string;
}

const installAdvice: Advice = {
  byCode: {
    BAD_CLIENT_ID: "clientId and clientSecret stand in the app's settings (Auth)",
    BAD_CLIENT_SECRET: "clientSecret stands in the app's settings (Auth)",
    BAD_REFRESH_TOKEN: "install the app in the portal again and take the new refresh token",
  },
  else: "check clientId, clientSecret and refreshToken; if the app was uninstalled, install it again",
};

const appAdvice: Advice = {
  byCode: {
    BAD_CLIENT_ID: "journalClientId and journalClientSecret stand in the app's settings (Auth)",
    BAD_CLIENT_SECRET: "journalClientSecret stands in the app's settings (Auth)",
  },
  else: `check journalClientId and journalClientSecret, and that HubSpot gives the app ${journalScopes.join(", ")}`,
};

/** Whether a failure says that the token is over. */
export function isExpired(error: unknown): boolean {
  return failureOf(error)?.kind === "auth";
}
