/** One HubSpot account, told by the token of a call. */
export interface PortalSettings {
  readonly portalId: number;
  /** Tokens of private apps: accepted for ever. */
  readonly accessTokens: readonly string[];
  /** Refresh tokens of the OAuth app, as installed in this portal. */
  readonly refreshTokens: readonly string[];
  /** IANA name. */
  readonly timeZone: string;
  readonly companyCurrency: string;
  readonly uiDomain: string;
  /** Calls in ten seconds: 100 in free and starter portals, 190 in others, 110 for each OAuth app. */
  readonly tenSecondLimit: number;
  readonly dailyLimit: number;
  /** Searches in one second; they do not count for the ten seconds. */
  readonly searchesPerSecond: number;
}

/** A rule of a portal's administrator, which HubSpot enforces on writes by the API since 2026-09. */
export interface HubspotValidationRule {
  readonly object: string;
  /** The property that must have a value… */
  readonly property: string;
  /** …when this one has this value. */
  readonly when: { readonly property: string; readonly value: string };
}

/** How the emulated HubSpot behaves. Plain data, so that it can be read and changed over HTTP while it runs. */
export interface HubspotSettings {
  readonly portals: readonly PortalSettings[];
  /** The app's; signs webhooks and is asked for when a token is refreshed. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** How long an access token of the OAuth app lives. */
  readonly tokenLifetimeMs: number;
  /** Whether a refresh answers with a new refresh token and ends the old one. */
  readonly rotateRefreshTokens: boolean;
  /** Whether the limits of each portal are enforced; the headers tell them in any case. */
  readonly limits: boolean;
  /** How long a change takes until the search knows of it. Real ones take seconds, at times minutes. */
  readonly searchLagMs: number;
  /** Archived records still take up places in the pages of a search, so that pages are short, or empty, in the middle. Seen in the field. */
  readonly archivedStayInIndex: boolean;
  /** What a batch does with one bad input among good ones: tells it in a 207, or refuses all with 400. Both are seen. */
  readonly batchErrors: "partial" | "whole";
  /** A batch read of an id that was merged away: answered with the surviving record, as a single read is, or passed over. No source says. */
  readonly batchReadFollowsMerges: boolean;
  /** The choices of a multiple checkbox come in another order at each read. */
  readonly shuffleCheckboxes: boolean;
  /** Numbers with a fraction are told as binary floats: `0.4` as `0.40000000000000002220`. */
  readonly floatNoise: boolean;
  /** New associations move the record's date of modification, since counters on it change. */
  readonly associationTouchesRecord: boolean;
  /** The first id that is given out; the next ones count on. */
  readonly firstId: string;
  /** Properties that were removed, as `deals.amount`. */
  readonly removedProperties: readonly string[];
  readonly validationRules: readonly HubspotValidationRule[];
  /** Where events go; empty: nowhere. */
  readonly webhookUrl: string;
  /** How often a batch of events is sent that is not answered with 2xx. */
  readonly webhookAttempts: number;
  /** What the app's own token (client credentials) may be asked for. None: the app has no Webhooks Journal. */
  readonly journalScopes: readonly string[];
  /** How long an event takes until a file of the journal has it. */
  readonly journalLagMs: number;
  /** How long a file is kept. 0: all that is there is lost. */
  readonly journalRetentionMs: number;
  /** How long the address of a file is good. 0: it is over before anyone can use it. */
  readonly journalUrlLifetimeMs: number;
  /** Most events in one file. */
  readonly journalFileEvents: number;
  /** Each event comes twice: no document says that it does not. */
  readonly journalTellsTwice: boolean;
  /** What is said to an offset that the journal does not know (any more). No document tells. */
  readonly journalLostOffset: "bad-request" | "empty" | "not-found";
  /** Whether a second subscription to the same object takes the place of the first, or stands beside it. No document tells. */
  readonly journalSubscribing: "add" | "update";
}

/** The portal of the demo's company. */
export const demoPortal: PortalSettings = {
  portalId: 24_680_135,
  accessTokens: ["emulator-hubspot-token"],
  refreshTokens: ["emulator-hubspot-refresh-token"],
  timeZone: "America/New_York",
  companyCurrency: "USD",
  uiDomain: "app.hubspot.com",
  tenSecondLimit: 190,
  dailyLimit: 650_000,
  searchesPerSecond: 5,
};

/** A second portal, empty, with other limits: for what must not get mixed up. */
export const otherPortal: PortalSettings = {
  portalId: 13_579_246,
  accessTokens: ["emulator-other-hubspot-token"],
  refreshTokens: ["emulator-other-hubspot-refresh-token"],
  timeZone: "Europe/Berlin",
  companyCurrency: "EUR",
  uiDomain: "app-eu1.hubspot.com",
  tenSecondLimit: 100,
  dailyLimit: 250_000,
  searchesPerSecond: 4,
};

export const defaultHubspotSettings: HubspotSettings = {
  portals: [demoPortal, otherPortal],
  clientId: "emulator-client-id",
  clientSecret: "emulator-client-secret",
  tokenLifetimeMs: 1_800_000,
  rotateRefreshTokens: false,
  limits: false,
  searchLagMs: 0,
  archivedStayInIndex: false,
  batchErrors: "partial",
  batchReadFollowsMerges: true,
  shuffleCheckboxes: true,
  floatNoise: false,
  associationTouchesRecord: true,
  firstId: "40000000001",
  removedProperties: [],
  validationRules: [],
  webhookUrl: "",
  webhookAttempts: 3,
  journalScopes: [
    "developer.webhooks_journal.read",
    "developer.webhooks_journal.subscriptions.read",
    "developer.webhooks_journal.subscriptions.write",
  ],
  journalLagMs: 0,
  journalRetentionMs: 3 * 86_400_000,
  // Nobody tells how long; storages usually say some minutes.
  journalUrlLifetimeMs: 600_000,
  // Since July 2026; HubSpot also ends a file at 5 MB.
  journalFileEvents: 10_000,
  journalTellsTwice: false,
  journalLostOffset: "not-found",
  journalSubscribing: "update",
};

/** The words that settings of this kind take. */
export const hubspotChoices: Readonly<Record<string, readonly string[]>> = {
  batchErrors: ["partial", "whole"],
  journalLostOffset: ["bad-request", "empty", "not-found"],
  journalSubscribing: ["add", "update"],
};
