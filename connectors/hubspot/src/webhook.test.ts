import type { WebhookOutcome, WebhookRequest } from "@cosell/connector";
import { Secret } from "@cosell/connector";
import { hubspotSignatureOf } from "@cosell/emulator";
import { describe, expect, it } from "@jest/globals";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { config } from "./config.ts";
import { webhook } from "./webhook.ts";
import { accessToken, startEmulatedPortal } from "./__fixtures__/emulated-portal.ts";

const clientSecret = "emulator-client-secret";
const settings = config.parse({ accessToken, clientSecret: new Secret(clientSecret) });
const now = Date.UTC(2026, 2, 2);

function request(
  events: readonly object[],
  { timestamp = now, url = "https://cosell.example/hubspot" } = {},
): WebhookRequest {
  const body = JSON.stringify(events);
  const signature = hubspotSignatureOf({ method: "POST", url, body, timestamp }, clientSecret);
  return {
    ...{ method: "POST", url },
    headers: { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": String(timestamp) },
    body: new TextEncoder().encode(body),
  };
}

const told = (events: readonly object[]): WebhookOutcome => webhook.receive(request(events), settings, now);
const about = { eventId: 5, subscriptionId: 1, portalId: 1, occurredAt: now };

describe("webhook", () => {
  it("takes what HubSpot sends", async () => {
    const received: WebhookRequest[] = [];
    const server = createServer((message, response) => {
      void buffer(message).then((body) => {
        const { method = "", url = "", headers } = message;
        received.push({ method, url: `${address}${url}`, headers: headers as Readonly<Record<string, string>>, body });
        response.end();
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const emulated = await startEmulatedPortal({ webhookUrl: `${address}/crm?to=%2Fone%20two` });
    try {
      const deal = emulated.portal.create("deals", { dealname: "Data lake", dealstage: "qualifiedtobuy" });
      const contact = emulated.portal.create("contacts", { email: "kim@octank.example" });
      emulated.portal.associate({ object: "deals", id: deal }, { object: "contacts", id: contact });
      emulated.portal.archive("deals", deal);
      await emulated.emulators.hubspot.webhooksIdle();
      const outcomes = received.map((each) => webhook.receive(each, settings, emulated.clock.now()));
      const changes = outcomes.flatMap((outcome) => (outcome.ok ? outcome.changes : []));
      expect(changes.map(({ kind, object, ref }) => `${kind} ${object} ${ref}`).sort()).toEqual(
        [`delete deals ${deal}`, `upsert contacts ${contact}`, `upsert deals ${deal}`, `upsert deals ${deal}`].sort(),
      );
      expect(new Set(changes.map(({ id }) => id)).size).toBe(4);
    } finally {
      await emulated.close();
      server.close();
    }
  });

  it.each([
    [5 * 60_000, true],
    [5 * 60_000 + 1, false],
    [-60_000, true],
    [-60_001, false],
  ])("takes a request of %p ms ago: %p", (age, ok) => {
    const outcome = webhook.receive(request([], { timestamp: now - age }), settings, now);
    expect(outcome).toEqual(ok ? { ok: true, changes: [] } : { ok: false, why: "stale" });
  });

  it("believes nobody without the app's secret", () => {
    expect(webhook.receive(request([]), config.parse({ accessToken }), now)).toEqual({ ok: false, why: "forged" });
  });

  it("knows objects by word and by number, and passes over what it does not know", () => {
    const outcome = told([
      { ...about, subscriptionType: "object.propertyChange", objectTypeId: "0-3", objectId: 1 },
      { ...about, subscriptionType: "company.restore", objectId: 2 },
      { ...about, subscriptionType: "conversation.newMessage", objectId: 3 },
      { ...about, subscriptionType: "deal.somethingNew", objectId: 4 },
    ]);
    expect(outcome).toMatchObject({
      ok: true,
      changes: [
        { kind: "upsert", object: "deals", ref: "1" },
        { kind: "upsert", object: "companies", ref: "2" },
      ],
    });
  });

  it("gives a repetition the same name, and another record's event another one", () => {
    const changesOf = (outcome: WebhookOutcome) => (outcome.ok ? outcome.changes.map(({ id }) => id) : []);
    const event = { ...about, subscriptionType: "deal.creation", objectId: 1 };
    const [first, second, other] = changesOf(told([event, { ...event, attemptNumber: 3 }, { ...event, objectId: 2 }]));
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });
});
