import {
  createFaults,
  createRequestLog,
  type EmulatorClock,
  type Faults,
  manualClock,
  startHost,
} from "../../kernel/index.ts";
import type { SalesforceSeed } from "../document.ts";
import { createSalesforce, type Salesforce } from "../salesforce.ts";
import type { SalesforceSettings } from "../settings.ts";

/** An org that listens, for this package's tests. */
export interface TestOrg {
  readonly salesforce: Salesforce;
  readonly clock: Required<EmulatorClock>;
  readonly faults: Faults;
  readonly url: string;
  /** What jsforce's `Connection` takes to reach it. */
  readonly connection: { instanceUrl: string; loginUrl: string; accessToken: string; version: string };
  readonly close: () => Promise<void>;
}

/** When test orgs begin: Monday 2026-03-02, 09:30:15.250 UTC. */
const testStart = Date.UTC(2026, 2, 2, 9, 30, 15, 250);

/** Starts an org for one test. */
export async function startTestOrg(
  options: { readonly seed?: SalesforceSeed; readonly settings?: Partial<SalesforceSettings> } = {},
): Promise<TestOrg> {
  const clock = manualClock(testStart);
  const salesforce = createSalesforce({ clock, ...options });
  const faults = createFaults();
  const host = await startHost({ server: salesforce, faults, requests: createRequestLog(), clock });
  const [accessToken = ""] = salesforce.settings().accessTokens;
  return {
    salesforce,
    clock,
    faults,
    url: host.url,
    connection: { instanceUrl: host.url, loginUrl: host.url, accessToken, version: "63.0" },
    close: () => host.close(),
  };
}
