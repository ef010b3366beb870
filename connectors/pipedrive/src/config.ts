import type { Secret } from "@cosell/connector";
import { z } from "zod";

/** How Cosell proves to Pipedrive who it is. */
export type Credentials =
  | {
      /** A user's personal token: valid until the user makes another. */
      readonly kind: "api-token";
      readonly apiToken: Secret;
      readonly instanceUrl: string;
    }
  | {
      /** An app that was installed in the company: access tokens live for an hour, and tell the company's address. */
      readonly kind: "oauth";
      readonly clientId: string;
      readonly clientSecret: Secret;
      readonly refreshToken: Secret;
    };

/** One Pipedrive company, checked and completed. */
export interface PipedriveConfig {
  readonly credentials: Credentials;
  /** Where tokens are asked for. */
  readonly loginUrl: string;
  /** The company's own address, where it is configured. */
  readonly instanceUrl: string | undefined;
  /** What Pipedrive's webhooks bring in their `Authorization` header. `undefined`: webhooks are not believed. */
  readonly webhook: { readonly user: string; readonly password: Secret } | undefined;
  /** One call, from the first byte sent to the last byte read. Milliseconds. */
  readonly timeoutMs: number;
  /** The share of the company's tokens of the day that is left to others: 0.2 stops at 80 %. */
  readonly quotaHeadroom: number;
}

/** Configuration members that hold secrets. */
export const secretMembers = ["apiToken", "clientSecret", "refreshToken", "webhookPassword"] as const;

const secret = z.custom<Secret>(
  (value) => typeof value === "object" && value !== null && "reveal" in value,
  "must be a secret: write it as !env COSELL_<NAME>",
);

const address = z
  .url({ protocol: /^https?$/, error: "must be an address such as https://acme.pipedrive.com" })
  .refine((text) => text.startsWith("https:") || isLocal(text), "must begin with https://")
  .transform((text) => new URL(text).origin);

const settings = z.strictObject({
  instanceUrl: address.optional(),
  apiToken: secret.optional(),
  clientId: z.string().min(1).optional(),
  clientSecret: secret.optional(),
  refreshToken: secret.optional(),
  loginUrl: address.optional(),
  webhookUser: z.string().min(1).optional(),
  webhookPassword: secret.optional(),
  timeoutSeconds: z.number().positive().max(600).default(60),
  quotaHeadroom: z.number().min(0).max(0.95).default(0.2),
});

type Settings = z.output<typeof settings>;

const oauthMembers = ["clientId", "clientSecret", "refreshToken"] as const;

const waysInSentence =
  "Give one way in: apiToken + instanceUrl (a user's token), or clientId + clientSecret + refreshToken (OAuth).";

/** What is wrong with the choice of credentials, one sentence; `undefined` when it is one of the ways in. */
function credentialsProblem(given: Settings): string | undefined {
  const oauth = oauthMembers.filter((member) => given[member] !== undefined);
  if ((given.webhookUser === undefined) !== (given.webhookPassword === undefined))
    return "A webhook is proven by webhookUser + webhookPassword: give both or neither.";
  if (given.apiToken) {
    if (oauth.length > 0) return `Two ways in are mixed: apiToken with ${oauth.join(", ")}. ${waysInSentence}`;
    return given.instanceUrl === undefined ? "The way in by apiToken also needs instanceUrl." : undefined;
  }
  if (oauth.length === 0) return `No credentials. ${waysInSentence}`;
  const missing = oauthMembers.filter((member) => given[member] === undefined);
  return missing.length > 0 ? `The way in by OAuth also needs ${missing.join(", ")}.` : undefined;
}

function credentialsOf({
  apiToken,
  instanceUrl,
  clientId,
  clientSecret,
  refreshToken,
}: Settings): Credentials | undefined {
  if (apiToken && instanceUrl !== undefined) return { kind: "api-token", apiToken, instanceUrl };
  return clientId !== undefined && clientSecret && refreshToken
    ? { kind: "oauth", clientId, clientSecret, refreshToken }
    : undefined;
}

/** The configuration of one Pipedrive company, as `cosell.yaml` gives it. */
export const config = settings.transform((given, context): PipedriveConfig => {
  const problem = credentialsProblem(given);
  const credentials = problem === undefined ? credentialsOf(given) : undefined;
  if (!credentials) {
    context.addIssue({ code: "custom", message: problem ?? waysInSentence });
    return z.NEVER;
  }
  const { instanceUrl, webhookUser, webhookPassword, quotaHeadroom } = given;
  const local = instanceUrl !== undefined && isLocal(instanceUrl) ? instanceUrl : undefined;
  return {
    credentials,
    loginUrl: given.loginUrl ?? local ?? "https://oauth.pipedrive.com",
    instanceUrl,
    webhook:
      webhookUser !== undefined && webhookPassword ? { user: webhookUser, password: webhookPassword } : undefined,
    timeoutMs: given.timeoutSeconds * 1000,
    quotaHeadroom,
  };
});

function isLocal(text: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(text).hostname);
}
