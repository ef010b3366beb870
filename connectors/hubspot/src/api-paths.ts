/** The version of HubSpot's CRM API that every path names. Numbered versions (v3, v4) end in 2027. */
const apiVersion = "2026-09";

/** Account and OAuth have a version of their own. */
const accountVersion = "2026-03";

/** The Webhooks Journal has one too. */
const journalVersion = "2026-03";

/** Addresses of HubSpot's API. Parts that come from outside are escaped. */
export const apiPaths = {
  /** A list, a record, or one of `search`, `batch/read`, `batch/create`, `batch/update`, `batch/upsert`. */
  objects: (object: string, rest = ""): string => `/crm/objects/${apiVersion}/${encodeURIComponent(object)}${rest}`,
  associations: (from: string, to: string): string =>
    `/crm/associations/${apiVersion}/${encodeURIComponent(from)}/${encodeURIComponent(to)}/batch/read`,
  properties: (object: string): string => `/crm/properties/${apiVersion}/${encodeURIComponent(object)}`,
  pipelines: (object: string): string => `/crm/pipelines/${apiVersion}/${encodeURIComponent(object)}`,
  owners: `/crm/owners/${apiVersion}`,
  account: `/account-info/${accountVersion}/details`,
  /** One portal's part of the app's journal. */
  journal: (rest: string, portalId: string): string =>
    `/webhooks-journal/journal-local/${journalVersion}${rest}?installPortalId=${encodeURIComponent(portalId)}`,
  journalSubscriptions: `/webhooks-journal/subscriptions/${journalVersion}`,
  token: `/oauth/${accountVersion}/token`,
} as const;
