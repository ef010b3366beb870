import { Client } from "@hubspot/api-client";
import {
  createFaults,
  createRequestLog,
  type EmulatorClock,
  type Faults,
  manualClock,
  type RequestLog,
  startHost,
} from "../../kernel/index.ts";
import { createHubspot, type Hubspot, type HubspotPortal } from "../hubspot.ts";
import type { HubspotSettings } from "../settings.ts";

/** A HubSpot that listens, with HubSpot's own client, for this package's tests. */
export interface TestPortal {
  readonly hubspot: Hubspot;
  readonly portal: HubspotPortal;
  readonly clock: Required<EmulatorClock>;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly url: string;
  readonly client: Client;
  /** A token of the app itself, for its journal. */
  readonly appToken: (scope?: string) => Promise<string>;
  /** Any call, as fetch answers it. */
  readonly call: (method: string, path: string, body?: object, token?: string) => Promise<TestAnswer>;
  readonly close: () => Promise<void>;
}

/** One answer, read to its end. */
export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** When test portals begin: Monday 2026-03-02, 09:30:15.250 UTC. */
const testStart = Date.UTC(2026, 2, 2, 9, 30, 15, 250);

const journalScopes = ["read", "subscriptions.read", "subscriptions.write"];

/** Starts an empty HubSpot for one test. */
export async function startTestPortal(settings: Partial<HubspotSettings> = {}): Promise<TestPortal> {
  const clock = manualClock(testStart);
  const hubspot = createHubspot({ clock, settings });
  const faults = createFaults();
  const requests = createRequestLog();
  const host = await startHost({ server: hubspot, faults, requests, clock });
  const [accessToken = ""] = hubspot.settings().portals[0]?.accessTokens ?? [];
  return {
    hubspot,
    portal: hubspot.portal(),
    clock,
    faults,
    requests,
    url: host.url,
    client: new Client({ accessToken, basePath: host.url }),
    appToken: async (scope = journalScopes.map((name) => `developer.webhooks_journal.${name}`).join(" ")) => {
      const { clientId, clientSecret } = hubspot.settings();
      const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret, scope };
      const answer = await fetch(`${host.url}/oauth/2026-03/token`, {
        method: "POST",
        body: new URLSearchParams(form),
      });
      const { access_token: token = "" } = (await answer.json()) as { readonly access_token?: string };
      return token;
    },
    call: async (method, path, body, token = accessToken) => {
      const response = await fetch(`${host.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const parsed: unknown = text === "" ? {} : JSON.parse(text);
      return { status: response.status, headers: response.headers, body: parsed as TestAnswer["body"] };
    },
    close: async () => {
      await hubspot.close();
      await host.close();
    },
  };
}
