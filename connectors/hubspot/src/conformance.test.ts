import { Secret } from "@cosell/connector";
import {
  connectorConformance,
  type ConformanceWorld,
  type RecordedError,
  type WorldOffers,
} from "@cosell/connector/testing";
import { hubspotSignatureOf } from "@cosell/emulator";
import { describe, it } from "@jest/globals";
import { config } from "./config.ts";
import { hubspot } from "./index.ts";
import { accessToken, journalApp, startEmulatedPortal } from "./__fixtures__/emulated-portal.ts";

const minute = 60_000;
const wrongToken = "a-token-that-nobody-gave";
const clientSecret = "the-app's-own-secret";

/** As HubSpot's client throws them. */
const recordedErrors: readonly RecordedError[] = (
  [
    [401, "EXPIRED_AUTHENTICATION", "The OAuth token used to make this call expired 3 minute(s) ago.", "auth"],
    [403, "MISSING_SCOPES", "This app hasn't been granted all required scopes to make this call.", "permission"],
    [
      400,
      "VALIDATION_ERROR",
      'Property values were not valid: [{"isValid":false,"message":"call Jane was not one of the allowed options","error":"INVALID_OPTION","name":"dealtype"}]',
      "invalid",
    ],
    [404, "OBJECT_NOT_FOUND", "resource not found", "missing"],
    [409, "CONFLICT", "Contact already exists. Existing ID: 4711", "conflict"],
    [500, "INTERNAL_ERROR", "internal error", "transient"],
  ] as const
).map(([code, category, message, kind]) => ({
  name: category,
  error: Object.assign(new Error(message), { code, body: { status: "error", category, message }, headers: {} }),
  kind,
  hides: "call Jane",
}));

const dailyLimit = { status: "error", errorType: "RATE_LIMIT", policyName: "DAILY", message: "daily limit" };

function webhookOffer(sentAt: number): NonNullable<WorldOffers["webhook"]> {
  const url = "https://cosell.example/webhooks/crm/acme?portal=%2F1&again=a%20b";
  const signed = (text: string): NonNullable<WorldOffers["webhook"]>["genuine"] => ({
    method: "POST",
    url,
    headers: {
      "x-hubspot-signature-v3": hubspotSignatureOf(
        { method: "POST", url, body: text, timestamp: sentAt },
        clientSecret,
      ),
      "x-hubspot-request-timestamp": String(sentAt),
    },
    body: new TextEncoder().encode(text),
  });
  const about = { eventId: 1, subscriptionId: 7, portalId: 24_680_135, occurredAt: sentAt };
  return {
    config: config.parse({ accessToken, clientSecret: new Secret(clientSecret), portalId: 24_680_135 }),
    sentAt,
    genuine: signed(
      // Ids are JSON numbers, and one of these is longer than a JavaScript number.
      `[${JSON.stringify({ ...about, subscriptionType: "deal.propertyChange", objectId: 12 })},
       {"eventId":2,"portalId":24680135,"subscriptionType":"company.deletion","objectId":9007199254740993},
       ${JSON.stringify({ ...about, subscriptionType: "contact.merge", primaryObjectId: 1, mergedObjectIds: [2], newObjectId: 3 })},
       ${JSON.stringify({ ...about, portalId: 99, subscriptionType: "deal.creation", objectId: 13 })}]`,
    ),
    changes: [
      { kind: "upsert", object: "deals", ref: "12" },
      { kind: "delete", object: "companies", ref: "9007199254740993" },
      { kind: "merge", object: "contacts", ref: "1" },
      { kind: "merge", object: "contacts", ref: "2" },
      { kind: "upsert", object: "contacts", ref: "3" },
    ],
    malformed: signed('{"eventId":'),
  };
}

/** @param ways what the connection under test has beside its way in */
async function hubspotWorld(ways: Readonly<Record<string, unknown>> = {}): Promise<ConformanceWorld> {
  const emulated = await startEmulatedPortal();
  const { emulators, portal, connect, clock, advance, close } = emulated;
  const company = portal.create("companies", { name: "Octank" });
  return {
    connection: await connect({ accessToken, ...ways }),
    object: "deals",
    textField: "dealname",
    newRecord: { dealstage: "qualifiedtobuy" },
    missingRef: "9007199254740993",
    open: (context, baseUrl = emulators.hubspot.url) =>
      connect({ accessToken, ...ways, baseUrl, timeoutSeconds: 1 }, context),
    openRefused: () => connect({ accessToken: new Secret(wrongToken), ...ways }),
    address: emulators.hubspot.url,
    secretValues: [accessToken.reveal(), wrongToken, clientSecret, journalApp.journalClientSecret.reveal()],
    picklist: { field: "dealtype", value: "newbusiness" },
    throttledAnswer: {
      status: 429,
      body: JSON.stringify({ ...dailyLimit, policyName: "SECONDLY" }),
      retryAfterMs: 1000,
    },
    recordedErrors,
    loseCursor: async () => {
      advance(90 * 24 * 60 * minute);
    },
    webhook: webhookOffer(clock.now()),
    idempotencyField: "aws_opportunity_id",
    related: {
      path: "company.name",
      change: async (ref) => {
        portal.associate({ object: "deals", id: ref }, { object: "companies", id: company });
        advance(11 * minute);
        portal.edit("companies", company, { name: "Octank Group" });
      },
    },
    merging: async () => {
      const loser = portal.create("companies", { name: "Octank Ltd" });
      // The record that is left has an id that is given out when they are merged: the next one.
      const survivor = String(BigInt(loser) + 1n);
      return {
        ...{ object: "companies", loser, survivor },
        merge: async () => {
          portal.merge("companies", company, loser);
        },
      };
    },
    create: async (fields) => portal.create("deals", fields),
    update: async (ref, fields) => {
      portal.edit("deals", ref, fields);
    },
    remove: async (ref) => {
      portal.archive("deals", ref);
    },
    now: () => clock.now(),
    // Archived records are looked for every ten minutes.
    settle: async () => {
      advance(11 * minute);
    },
    close,
  };
}

/** Its Webhooks Journal has heard for long enough of all that the cases look at. */
async function journalWorld(): Promise<ConformanceWorld> {
  const world = await hubspotWorld(journalApp);
  for (const request of [{ object: "deals" }, { object: "deals", fields: ["company.name"] }, { object: "companies" }])
    await world.connection.changes(request);
  for (let time = 0; time < 4; time += 1) await world.settle();
  return world;
}

describe("HubSpot, followed by search, keeps the contract", () => {
  connectorConformance({ it, connector: hubspot, makeWorld: () => hubspotWorld() });
});

describe("HubSpot, followed by its Webhooks Journal, keeps the contract", () => {
  connectorConformance({ it, connector: hubspot, makeWorld: journalWorld });
});
