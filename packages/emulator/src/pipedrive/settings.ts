/** One Pipedrive account, told by the token of a call. */
export interface CompanySettings {
  readonly companyId: number;
  readonly companyName: string;
  /** The first part of the company's host name. */
  readonly companyDomain: string;
  /** Tokens of users: accepted for ever. */
  readonly apiTokens: readonly string[];
  /** Refresh tokens of the OAuth app, as installed in this company. */
  readonly refreshTokens: readonly string[];
  readonly currency: string;
  /** Pipelines of deals, each with the names of its stages in order. */
  readonly pipelines: readonly { readonly name: string; readonly stages: readonly string[] }[];
  /** Calls of one token in two seconds: from 20 in the smallest plan to 480 for an OAuth app in the largest. */
  readonly burstLimit: number;
  /** Searches of one token in two seconds: the same in all plans. */
  readonly searchLimit: number;
  /** Tokens of the day's budget: 30,000 for each seat, times the plan's factor. */
  readonly dailyTokens: number;
}

/** How the emulated Pipedrive behaves. Plain data, so that it can be read and changed over HTTP while it runs. */
export interface PipedriveSettings {
  readonly companies: readonly CompanySettings[];
  /** The OAuth app's. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** How long an access token lives. */
  readonly tokenLifetimeMs: number;
  /** Whether a refresh answers with a new refresh token and ends the old one. */
  readonly rotateRefreshTokens: boolean;
  /** Whether burst limits and the day's budget are enforced; the headers tell them in any case. */
  readonly limits: boolean;
  /** Whether the headers of the day's budget are sent: in the field they are missing at times. */
  readonly budgetHeaders: boolean;
  /** How long a change takes until the search knows of it. */
  readonly searchLagMs: number;
  /** How long a deleted record is kept. Pipedrive says 30 days. */
  readonly deletedKeptMs: number;
  /** Fields that were removed, as `deals.AWS Competitor`. */
  readonly removedFields: readonly string[];
  /** Where events go; empty: nowhere. */
  readonly webhookUrl: string;
  /** HTTP Basic credentials of the webhook; an empty user: none are sent. */
  readonly webhookUser: string;
  readonly webhookPassword: string;
  /** How often an event is sent that is not answered with 2xx. */
  readonly webhookAttempts: number;
}

/** What a new company begins with. */
const ownPipeline = {
  name: "Pipeline",
  stages: ["Qualified", "Contact Made", "Demo Scheduled", "Proposal Made", "Negotiations Started"],
};

/** The demo's company. */
export const demoCompany: CompanySettings = {
  companyId: 7_654_321,
  companyName: "Example Partner",
  companyDomain: "example-partner",
  apiTokens: ["emulator-pipedrive-token"],
  refreshTokens: ["emulator-pipedrive-refresh-token"],
  currency: "USD",
  pipelines: [ownPipeline],
  burstLimit: 100,
  searchLimit: 10,
  dailyTokens: 1_500_000,
};

/** A second company, empty, with keys, ids and a second pipeline of its own: for what must not get mixed up. */
export const otherCompany: CompanySettings = {
  companyId: 1_234_567,
  companyName: "Other Partner",
  companyDomain: "other-partner",
  apiTokens: ["emulator-other-pipedrive-token"],
  refreshTokens: ["emulator-other-pipedrive-refresh-token"],
  currency: "EUR",
  pipelines: [ownPipeline, { name: "Renewals", stages: ["Qualified", "Signed"] }],
  burstLimit: 20,
  searchLimit: 10,
  dailyTokens: 30_000,
};

export const defaultPipedriveSettings: PipedriveSettings = {
  companies: [demoCompany, otherCompany],
  clientId: "emulator-client-id",
  clientSecret: "emulator-client-secret",
  tokenLifetimeMs: 3_600_000,
  rotateRefreshTokens: true,
  limits: false,
  budgetHeaders: true,
  searchLagMs: 0,
  deletedKeptMs: 30 * 24 * 3_600_000,
  removedFields: [],
  webhookUrl: "",
  webhookUser: "",
  webhookPassword: "",
  webhookAttempts: 3,
};
