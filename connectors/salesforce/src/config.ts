import { createPrivateKey } from "node:crypto";
import type { Secret } from "@cosell/connector";
import { z } from "zod";

/** How Cosell proves to Salesforce who it is. */
export type Credentials =
  | {
      readonly kind: "jwt";
      readonly clientId: string;
      /** PEM, PKCS #1 or #8, RSA. */
      readonly privateKey: Secret;
      readonly username: string;
    }
  | { readonly kind: "client-credentials"; readonly clientId: string; readonly clientSecret: Secret }
  | {
      readonly kind: "access-token";
      readonly accessToken: Secret;
      /** Renews the access token when it has expired; Salesforce may answer with a new refresh token each time. */
      readonly refresh?: { readonly token: Secret; readonly clientId: string; readonly clientSecret?: Secret };
    };

/** One Salesforce org, checked and completed. */
export interface SalesforceConfig {
  readonly credentials: Credentials;
  /** Where tokens are asked for; also the audience of a signed assertion. */
  readonly loginUrl: string;
  /** The org's own address. `undefined`: the token's answer tells it. */
  readonly instanceUrl: string | undefined;
  /** Salesforce's API version, such as `63.0`. */
  readonly apiVersion: string;
  /** One call, from the first byte sent to the last byte read. Milliseconds. */
  readonly timeoutMs: number;
  /** The share of the org's daily API calls that is left to others: 0.2 stops at 80 %. */
  readonly quotaHeadroom: number;
}

/** Configuration members that hold secrets. */
export const secretMembers = ["privateKey", "clientSecret", "accessToken", "refreshToken"] as const;

const secret = z.custom<Secret>(
  (value) => typeof value === "object" && value !== null && "reveal" in value,
  "must be a secret: write it as !env COSELL_<NAME>",
);

const address = z
  .url({ protocol: /^https?$/, error: "must be an address such as https://acme.my.salesforce.com" })
  .refine((text) => text.startsWith("https:") || isLocal(text), "must begin with https://")
  .refine(
    (text) => !/\.(lightning\.force|salesforce-setup)\.com$/i.test(new URL(text).hostname),
    "is the address of the user interface: write the one that ends in .my.salesforce.com (Setup, My Domain)",
  )
  .transform((text) => new URL(text).origin);

const settings = z.strictObject({
  instanceUrl: address.optional(),
  loginUrl: address.optional(),
  apiVersion: z
    .string()
    .regex(/^\d{2}\.0$/, 'must be a version of Salesforce\'s API in quotation marks, such as "63.0"')
    .default("63.0"),
  clientId: z.string().min(1).optional(),
  privateKey: secret.optional(),
  username: z.string().min(1).optional(),
  clientSecret: secret.optional(),
  accessToken: secret.optional(),
  refreshToken: secret.optional(),
  timeoutSeconds: z.number().positive().max(600).default(60),
  quotaHeadroom: z.number().min(0).max(0.95).default(0.2),
});

type Settings = z.output<typeof settings>;
type CredentialMember = (typeof credentialMembers)[number];

const credentialMembers = [
  "clientId",
  "privateKey",
  "username",
  "clientSecret",
  "accessToken",
  "refreshToken",
  "instanceUrl",
] as const;

/** The three ways in: the member that says which one is meant, what it needs, and what it may have besides. */
const waysIn = [
  { by: "privateKey", name: "JWT bearer", needs: ["clientId", "username"], takes: ["instanceUrl"] },
  {
    by: "accessToken",
    name: "access token",
    needs: ["instanceUrl"],
    takes: ["refreshToken", "clientId", "clientSecret"],
  },
  { by: "clientSecret", name: "client credentials", needs: ["clientId", "instanceUrl"], takes: [] },
] as const satisfies readonly {
  by: CredentialMember;
  name: string;
  needs: readonly CredentialMember[];
  takes: readonly CredentialMember[];
}[];

const waysInSentence =
  "Give one way in: clientId + privateKey + username (JWT bearer), clientId + clientSecret + instanceUrl (client credentials), or accessToken + instanceUrl.";

/** What is wrong with the choice of credentials, one sentence; `undefined` when it is one of the ways in. */
function credentialsProblem(given: Settings): string | undefined {
  const way = waysIn.find(({ by }) => given[by] !== undefined);
  if (!way) return `No credentials. ${waysInSentence}`;
  const missing = way.needs.filter((member) => given[member] === undefined);
  if (missing.length > 0) return `The way in by ${way.name} also needs ${missing.join(", ")}.`;
  const allowed: readonly string[] = [way.by, ...way.needs, ...way.takes];
  const foreign = credentialMembers.filter((member) => given[member] !== undefined && !allowed.includes(member));
  if (foreign.length > 0) return `Two ways in are mixed: ${way.by} with ${foreign.join(", ")}. ${waysInSentence}`;
  if (given.accessToken && (given.refreshToken === undefined) !== (given.clientId === undefined))
    return "An access token is renewed with refreshToken + clientId: give both or neither.";
  if (given.accessToken && given.clientSecret && !given.refreshToken)
    return "A clientSecret beside an accessToken is only used with refreshToken + clientId.";
  if (given.privateKey && !isPrivateKey(given.privateKey))
    return "privateKey is no RSA private key in PEM form: it begins with -----BEGIN PRIVATE KEY----- or -----BEGIN RSA PRIVATE KEY-----.";
  return undefined;
}

function credentialsOf(given: Settings): Credentials | undefined {
  const { clientId, privateKey, username, clientSecret, accessToken, refreshToken } = given;
  if (privateKey && clientId && username) return { kind: "jwt", clientId, privateKey, username };
  if (accessToken)
    return {
      kind: "access-token",
      accessToken,
      ...(refreshToken &&
        clientId && { refresh: { token: refreshToken, clientId, ...(clientSecret && { clientSecret }) } }),
    };
  return clientSecret && clientId ? { kind: "client-credentials", clientId, clientSecret } : undefined;
}

/** The configuration of one Salesforce org, as `cosell.yaml` gives it. */
export const config = settings.transform((given, context): SalesforceConfig => {
  const problem = credentialsProblem(given);
  const credentials = problem === undefined ? credentialsOf(given) : undefined;
  if (!credentials) {
    context.addIssue({ code: "custom", message: problem ?? waysInSentence });
    return z.NEVER;
  }
  return {
    credentials,
    loginUrl: given.loginUrl ?? defaultLoginUrl(credentials, given.instanceUrl),
    instanceUrl: given.instanceUrl,
    apiVersion: given.apiVersion,
    timeoutMs: given.timeoutSeconds * 1000,
    quotaHeadroom: given.quotaHeadroom,
  };
});

/** Client credentials are given by the org itself; the other ways ask Salesforce's common doors, one for sandboxes, one for the rest. */
function defaultLoginUrl(credentials: Credentials, instanceUrl: string | undefined): string {
  if (instanceUrl && (credentials.kind === "client-credentials" || isLocal(instanceUrl))) return instanceUrl;
  return instanceUrl?.includes(".sandbox.") ? "https://test.salesforce.com" : "https://login.salesforce.com";
}

function isLocal(text: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(text).hostname);
}

/** The key itself. In environment variables line ends are often written as `\n`. Throws for what is no key. */
export function privateKeyOf(pem: Secret): ReturnType<typeof createPrivateKey> {
  return createPrivateKey(pem.reveal().replaceAll("\\n", "\n"));
}

function isPrivateKey(pem: Secret): boolean {
  try {
    return privateKeyOf(pem).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}
