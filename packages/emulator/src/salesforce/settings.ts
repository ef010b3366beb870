import type { DuplicateRule } from "./records/duplicate-rule.ts";
import type { OrgFeatures } from "./schema/features.ts";
import type { SchemaChanges } from "./schema/schema-changes.ts";

/** How the org behaves. Plain data, so that it can be read and changed over HTTP while the org runs. */
export interface SalesforceSettings extends SchemaChanges, OrgFeatures {
  /** Access tokens that are accepted for ever, beside those that the token endpoint gives out. */
  readonly accessTokens: readonly string[];
  /** Refresh tokens that work once; each answer brings the next one. */
  readonly refreshTokens: readonly string[];
  /** When set, the only connected app. @defaultValue any */
  readonly clientId?: string;
  /** When set, `client_credentials` must bring it. @defaultValue any */
  readonly clientSecret?: string;
  /** The connected app's certificate or public key (PEM). When set, the signature of a JWT is checked. */
  readonly publicKey?: string;
  /** How long an access token lives. */
  readonly tokenLifetimeMs: number;
  /** Calls that the org allows in 24 hours. */
  readonly dailyApiRequests: number;
  /** Records in one answer of a query, unless the call asks for fewer (not below 200, as in Salesforce). */
  readonly queryBatchSize: number;
  /** How fine `SystemModstamp` is: most orgs stamp whole seconds. */
  readonly stampPrecision: "millisecond" | "second";
  /** When a new record is taken for one that exists. */
  readonly duplicateRules: readonly DuplicateRule[];
}

/** An org as the demo has it. */
export const defaultSalesforceSettings: SalesforceSettings = {
  accessTokens: ["emulator-access-token"],
  refreshTokens: ["emulator-refresh-token"],
  tokenLifetimeMs: 7_200_000,
  dailyApiRequests: 1_000_000,
  queryBatchSize: 2000,
  stampPrecision: "millisecond",
  removedFields: [],
  retiredValues: [],
  validationRules: [],
  duplicateRules: [],
  recordTypes: [],
  currencies: [],
};
