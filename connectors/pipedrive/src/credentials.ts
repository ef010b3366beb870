import { createHash } from "node:crypto";
import { type ConnectorContext, type Failure, FailureError, failureOf } from "@cosell/connector";
import { z } from "zod";
import type { Credentials } from "./config.ts";
import type { Transport } from "./transport.ts";

/** A token and the company that it opens. */
export interface Grant {
  readonly accessToken: string;
  readonly baseUrl: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Pipedrive's answer to a request for a token (OAuth 2.0, RFC 6749 section 5.1, with Pipedrive's `api_domain`). */
const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number(),
  api_domain: z.url(),
});

/**
 * Asks for a new access token. A refresh token that is answered with another is dead: so the new one is stored before
 * anything else happens. Throws `auth` when Pipedrive refuses.
 */
export async function refresh(
  { clientId, clientSecret, refreshToken }: Credentials & { readonly kind: "oauth" },
  loginUrl: string,
  { tokens, clock }: ConnectorContext,
  transport: Transport,
): Promise<Grant> {
  // A new token in the configuration begins a new family: the stored successor of another one is not its own.
  const key = `pipedrive-refresh-token-${createHash("sha256").update(refreshToken.reveal()).digest("hex").slice(0, 16)}`;
  const given = (await tokens.get(key)) ?? refreshToken.reveal();
  const basic = Buffer.from(`${clientId}:${clientSecret.reveal()}`).toString("base64");
  const { body } = await transport({
    method: "POST",
    url: `${loginUrl}/oauth/token`,
    headers: { authorization: `Basic ${basic}`, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: given }).toString(),
  }).catch(refused);
  const answer = tokenAnswer.safeParse(body);
  if (!answer.success)
    throw new FailureError({
      kind: "config",
      message: `What answers at ${loginUrl} is not Pipedrive: check loginUrl.`,
    });
  const { access_token, refresh_token, expires_in, api_domain } = answer.data;
  if (refresh_token !== given) await tokens.set(key, refresh_token);
  return {
    accessToken: access_token,
    baseUrl: new URL(api_domain).origin,
    until: clock.now() + expires_in * 1000,
  };
}

/** Asking for a token twice does no harm, so a lost answer is no unknown outcome; a refusal is about the credentials. */
function refused(error: unknown): never {
  const failure = failureOf(error);
  if (!failure) throw error;
  if (failure.kind === "unknown-outcome")
    throw new FailureError({ kind: "transient", message: "Pipedrive did not answer the request for a token." });
  const isRefusal = failure.kind === "invalid" || failure.kind === "auth" || failure.kind === "bug";
  throw new FailureError(isRefusal ? refusal : failure);
}

const refusal: Failure = {
  kind: "auth",
  message:
    "Pipedrive refuses the app: check clientId and clientSecret, and that the app is still installed; a refresh token that was used elsewhere is dead, install the app again.",
};
