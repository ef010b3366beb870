import type { Secret } from "@cosell/connector";
import { z } from "zod";

/** How Cosell proves to HubSpot who it is. */
export type Credentials =
  | {
      /** A private app's token (or a service key): it does not expire. */
      readonly kind: "access-token";
      readonly accessToken: Secret;
    }
  | {
      /** A public app that was installed in the portal: access tokens live for half an hour. */
      readonly kind: "oauth";
      readonly clientId: string;
      readonly clientSecret: Secret;
      readonly refreshToken: Secret;
    };

/** How the app that keeps the Webhooks Journal proves who it is: for itself, not for a portal. */
export interface AppCredentials {
  readonly kind: "client-credentials";
  readonly clientId: string;
  readonly clientSecret: Secret;
}

/** One HubSpot portal, checked and completed. */
export interface HubspotConfig {
  readonly credentials: Credentials;
  /** The app whose Webhooks Journal tells of changes. `undefined`: they are searched for. */
  readonly journal: AppCredentials | undefined;
  /** The app's client secret, which signs webhooks. `undefined`: webhooks are not believed. */
  readonly webhookSecret: Secret | undefined;
  /** The portal that webhooks are about; others are passed over. `undefined`: any. */
  readonly portalId: string | undefined;
  readonly baseUrl: string;
  /** One call, from the first byte sent to the last byte read. Milliseconds. */
  readonly timeoutMs: number;
  /** The share of the portal's daily calls that is left to others: 0.2 stops at 80 %. */
  readonly quotaHeadroom: number;
  /** Calls in ten seconds until HubSpot has told its own limit. */
  readonly callsPerTenSeconds: number;
  readonly searchesPerSecond: number;
}

/** Configuration members that hold secrets. */
export const secretMembers = ["accessToken", "clientSecret", "refreshToken", "journalClientSecret"] as const;

const secret = z.custom<Secret>(
  (value) => typeof value === "object" && value !== null && "reveal" in value,
  "must be a secret: write it as !env COSELL_<NAME>",
);

const address = z
  .url({ protocol: /^https?$/, error: "must be an address such as https://api.hubapi.com" })
  .refine((text) => text.startsWith("https:") || isLocal(text), "must begin with https://")
  .transform((text) => new URL(text).origin);

const settings = z.strictObject({
  accessToken: secret.optional(),
  clientId: z.string().min(1).optional(),
  clientSecret: secret.optional(),
  refreshToken: secret.optional(),
  journalClientId: z.string().min(1).optional(),
  journalClientSecret: secret.optional(),
  portalId: z.union([z.int().positive(), z.string().regex(/^\d+$/, "must be the portal's number")]).optional(),
  baseUrl: address.default("https://api.hubapi.com"),
  timeoutSeconds: z.number().positive().max(600).default(60),
  quotaHeadroom: z.number().min(0).max(0.95).default(0.2),
  // A free or starter portal's limit; others have 190, which HubSpot tells with the first answer.
  callsPerTenSeconds: z.int().positive().default(100),
  searchesPerSecond: z.int().positive().default(4),
});

type Settings = z.output<typeof settings>;

const waysInSentence =
  "Give one way in: accessToken (a private app's token), or clientId + clientSecret + refreshToken (OAuth).";

/** What is wrong with the choice of credentials, one sentence; `undefined` when it is one of the ways in. */
function credentialsProblem({ accessToken, clientId, clientSecret, refreshToken }: Settings): string | undefined {
  if (accessToken) {
    const foreign = [...(clientId === undefined ? [] : ["clientId"]), ...(refreshToken ? ["refreshToken"] : [])];
    return foreign.length > 0
      ? `Two ways in are mixed: accessToken with ${foreign.join(", ")}. ${waysInSentence}`
      : undefined;
  }
  const missing = [
    ...(clientId === undefined ? ["clientId"] : []),
    ...(clientSecret ? [] : ["clientSecret"]),
    ...(refreshToken ? [] : ["refreshToken"]),
  ];
  if (missing.length === 3) return `No credentials. ${waysInSentence}`;
  return missing.length > 0 ? `The way in by OAuth also needs ${missing.join(", ")}.` : undefined;
}

function credentialsOf({ accessToken, clientId, clientSecret, refreshToken }: Settings): Credentials | undefined {
  if (accessToken) return { kind: "access-token", accessToken };
  return clientId !== undefined && clientSecret && refreshToken
    ? { kind: "oauth", clientId, clientSecret, refreshToken }
    : undefined;
}

/** The two of them, or neither. */
function journalOf({ journalClientId, journalClientSecret }: Settings): AppCredentials | undefined {
  return journalClientId !== undefined && journalClientSecret
    ? { kind: "client-credentials", clientId: journalClientId, clientSecret: journalClientSecret }
    : undefined;
}

/** The configuration of one HubSpot portal, as `cosell.yaml` gives it. */
export const config = settings.transform((given, context): HubspotConfig => {
  const problem = credentialsProblem(given);
  const credentials = problem === undefined ? credentialsOf(given) : undefined;
  if (!credentials) {
    context.addIssue({ code: "custom", message: problem ?? waysInSentence });
    return z.NEVER;
  }
  const journal = journalOf(given);
  if (!journal && (given.journalClientId !== undefined || given.journalClientSecret)) {
    const missing = given.journalClientSecret ? "journalClientId" : "journalClientSecret";
    context.addIssue({ code: "custom", message: `The Webhooks Journal also needs ${missing}.` });
    return z.NEVER;
  }
  const { baseUrl, quotaHeadroom, callsPerTenSeconds, searchesPerSecond, clientSecret, portalId } = given;
  return {
    credentials,
    journal,
    webhookSecret: clientSecret,
    portalId: portalId === undefined ? undefined : String(portalId),
    ...{ baseUrl, quotaHeadroom, callsPerTenSeconds, searchesPerSecond },
    timeoutMs: given.timeoutSeconds * 1000,
  };
});

/** An address on this machine: an emulator's. */
export function isLocal(text: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(text).hostname);
}
