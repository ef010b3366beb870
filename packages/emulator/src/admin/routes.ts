import type { HubspotDocument, HubspotSettings } from "../hubspot/index.ts";
import { isJsonObject, type JsonObject } from "../kernel/index.ts";
import type { DeliverySettings } from "../events/index.ts";
import type { EditRequest, ReviewRequest } from "../partner-central/partner-central.ts";
import type { PartnerCentralSettings } from "../partner-central/settings.ts";
import { emptyState, type PartnerCentralState } from "../partner-central/state.ts";
import type { AccountEditRequest, ConnectRequest } from "../partner-central-account/partner-central-account.ts";
import type { PartnerCentralAccountSettings } from "../partner-central-account/settings.ts";
import { emptyAccountState, type PartnerCentralAccountState } from "../partner-central-account/state.ts";
import type { PipedriveDocument, PipedriveSettings } from "../pipedrive/index.ts";
import type { SalesforceDocument } from "../salesforce/index.ts";
import type { SqsSettings } from "../sqs/index.ts";
import { eventBusDocumentOf, queueDocumentsOf } from "./event-documents.ts";
import { faultRulesOf } from "./fault-rules.ts";
import type { EmulatedWorld } from "./world.ts";

/** What a route is given: the body as JSON, and the query. */
export interface AdminCall {
  readonly body: unknown;
  readonly query: URLSearchParams;
}

/** Answers with JSON. Throws a RangeError that says what is wrong with the call. */
export type AdminRoute = (call: AdminCall, world: EmulatedWorld) => object;

/** Every path of the admin face, by method and path. */
export const adminRoutes: Readonly<Record<string, AdminRoute>> = {
  "GET /state": (_, { partnerCentral, events, sqs, salesforce, hubspot, pipedrive }) => ({
    events: events.state(),
    sqs: { queues: sqs.state() },
    partnerCentralSelling: partnerCentral.state(),
    partnerCentralAccount: partnerCentral.account.state(),
    salesforce: salesforce.state(),
    hubspot: hubspot.state(),
    pipedrive: pipedrive.state(),
  }),
  "PUT /state": ({ body }, { partnerCentral, events, sqs, salesforce, hubspot, pipedrive }) => {
    const given = objectOf(body, servers);
    const bus = given.events === undefined ? undefined : eventBusDocumentOf(given.events);
    const queues = given.sqs === undefined ? undefined : queueDocumentsOf(given.sqs);
    if (given.partnerCentralSelling !== undefined) {
      assertDocument("partnerCentralSelling", given.partnerCentralSelling, emptyState());
      partnerCentral.load(given.partnerCentralSelling as unknown as PartnerCentralState);
    }
    if (given.partnerCentralAccount !== undefined) {
      assertDocument("partnerCentralAccount", given.partnerCentralAccount, emptyAccountState());
      partnerCentral.account.load(given.partnerCentralAccount as unknown as PartnerCentralAccountState);
    }
    if (given.salesforce !== undefined) {
      if (!isJsonObject(objectOf(given.salesforce, ["records"]).records)) {
        throw new RangeError("salesforce must be a document that GET /state gave.");
      }
      salesforce.load(given.salesforce as unknown as SalesforceDocument);
    }
    if (given.hubspot !== undefined) {
      if (!isJsonObject(objectOf(given.hubspot, ["portals", "journal"]).portals)) {
        throw new RangeError("hubspot must be a document that GET /state gave.");
      }
      hubspot.load(given.hubspot as unknown as HubspotDocument);
    }
    if (given.pipedrive !== undefined) {
      if (!isJsonObject(objectOf(given.pipedrive, ["companies"]).companies)) {
        throw new RangeError("pipedrive must be a document that GET /state gave.");
      }
      pipedrive.load(given.pipedrive as unknown as PipedriveDocument);
    }
    if (bus) events.load(bus);
    if (queues) sqs.load(queues);
    return {};
  },
  "POST /seed": ({ body }, world) => {
    const { deals, seed = 1, asOf } = objectOf(body, ["deals", "seed", "asOf"]);
    if (typeof deals !== "number" || typeof seed !== "number") throw new RangeError("deals and seed must be numbers.");
    const day = asOf ?? new Date(world.clock.now()).toISOString().slice(0, 10);
    if (typeof day !== "string" || !/^\d{4}-\d\d-\d\d$/.test(day)) throw new RangeError("asOf must be YYYY-MM-DD.");
    resetPartnerCentral(world);
    world.seed({ deals, seed, asOf: day });
    return { opportunities: world.salesforce.records("Opportunity").length };
  },
  "POST /reset": (_, world) => {
    resetPartnerCentral(world);
    world.salesforce.load({ records: {} });
    world.hubspot.load({ portals: {} });
    world.pipedrive.load({ companies: {} });
    world.faults.clear();
    return {};
  },
  "GET /requests": ({ query }, { requests }) => {
    const since = sequenceOf(query);
    return { last: requests.last, requests: requests.since(since) };
  },
  "GET /events": ({ query }, { events, settle }) => {
    settle();
    const since = sequenceOf(query);
    return { last: events.last, events: events.since(since) };
  },
  "POST /review": ({ body }, { partnerCentral }) => {
    partnerCentral.review(objectOf(body, ["opportunity", "status", "comments"]) as unknown as ReviewRequest);
    return {};
  },
  "POST /refer": ({ body }, { partnerCentral }) =>
    partnerCentral.refer(objectOf(body, ["account", "catalog", "opportunity", "lead"])),
  "POST /connect": ({ body }, { partnerCentral }) => {
    const { accounts, ...rest } = objectOf(body, ["accounts", "catalog", "type"]);
    if (!Array.isArray(accounts) || accounts.length !== 2) throw new RangeError("accounts must be two account ids.");
    partnerCentral.account.connect({ ...rest, accounts } as unknown as ConnectRequest);
    return {};
  },
  "POST /edit": ({ body }, { partnerCentral, salesforce, hubspot, pipedrive }) => {
    const { server, object, id, fields } = objectOf(body, ["server", "object", "id", "fields"]);
    if (typeof object !== "string" || typeof id !== "string" || !isJsonObject(fields)) {
      throw new RangeError("An edit needs object and id as texts, and fields as an object.");
    }
    if (server === "salesforce") salesforce.edit(object, id, fields);
    else if (server === "hubspot") hubspot.edit(object, id, fields);
    else if (server === "pipedrive") pipedrive.edit(object, id, fields);
    else if (server === "partnerCentralSelling") partnerCentral.edit({ object, id, fields } as EditRequest);
    else if (server === "partnerCentralAccount") {
      partnerCentral.account.edit({ object, id, fields } as AccountEditRequest);
    } else
      throw new RangeError(
        "An edit's server is partnerCentralSelling, partnerCentralAccount, salesforce, hubspot or pipedrive.",
      );
    return {};
  },
  "GET /time": (_, world) => timeOf(world),
  "POST /time": ({ body }, world) => {
    const { advance, set } = objectOf(body, ["advance", "set"]);
    if (!world.clock.advance || !world.clock.set) throw new RangeError("This emulator's clock cannot be moved.");
    const instant = typeof set === "string" ? Date.parse(set) : set;
    const target = typeof advance === "number" && set === undefined ? world.clock.now() + advance : instant;
    const isOne = (advance === undefined) !== (set === undefined);
    if (isOne && typeof target === "number" && target >= 0 && target <= latest) world.clock.set(target);
    else throw new RangeError("Give either advance, in milliseconds, or set, an instant such as 2026-01-31T08:00:00Z.");
    return timeOf(world);
  },
  "GET /faults": (_, { faults }) => faults.rules(),
  "PUT /faults": ({ body }, { faults }) => {
    faults.set(faultRulesOf(body));
    return faults.rules();
  },
  "GET /settings": (_, world) => settingsOf(world),
  "PUT /settings": ({ body }, world) => {
    const change = objectOf(body, servers);
    if (change.events !== undefined) world.events.configure(change.events as Partial<DeliverySettings>);
    if (change.sqs !== undefined) world.sqs.configure(change.sqs as Partial<SqsSettings>);
    if (change.partnerCentralSelling !== undefined) {
      world.partnerCentral.configure(change.partnerCentralSelling as unknown as Partial<PartnerCentralSettings>);
    }
    if (change.partnerCentralAccount !== undefined) {
      world.partnerCentral.account.configure(
        change.partnerCentralAccount as unknown as Partial<PartnerCentralAccountSettings>,
      );
    }
    if (change.salesforce !== undefined) {
      const known = [...Object.keys(world.salesforce.settings()), "clientId", "clientSecret", "publicKey"];
      world.salesforce.configure(objectOf(change.salesforce, known));
    }
    if (change.hubspot !== undefined) world.hubspot.configure(change.hubspot as Partial<HubspotSettings>);
    if (change.pipedrive !== undefined) world.pipedrive.configure(change.pipedrive as Partial<PipedriveSettings>);
    return settingsOf(world);
  },
};

/** Servers whose state and settings can be told and set. */
const servers = [
  "partnerCentralSelling",
  "partnerCentralAccount",
  "events",
  "sqs",
  "salesforce",
  "hubspot",
  "pipedrive",
];

function objectOf(value: unknown, known: readonly string[]): JsonObject {
  if (!isJsonObject(value)) throw new RangeError(`A JSON object is needed, with ${known.join(", ")}.`);
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new RangeError(`${unknown} is not known here. Known: ${known.join(", ")}.`);
  return value;
}

/** Throws unless a document has the members of an empty one, each of the same kind, and at least its spaces and counter. */
function assertDocument(server: string, given: unknown, empty: object): void {
  const document = objectOf(given, Object.keys(empty));
  const kindOf = (value: unknown): string => (Array.isArray(value) ? "list" : value === null ? "null" : typeof value);
  for (const [name, value] of Object.entries(empty)) {
    const isMissing = document[name] === undefined;
    const mayBeMissing = name !== "spaces" && name !== "issued";
    if (isMissing ? mayBeMissing : kindOf(document[name]) === kindOf(value)) continue;
    throw new RangeError(`${server} must be a document that GET /state gave: ${name} is not.`);
  }
  const isWhole = Object.values(document["spaces"] ?? {}).every(isJsonObject);
  if (!isWhole) throw new RangeError(`${server} must be a document that GET /state gave: spaces is not.`);
}

function timeOf({ clock }: EmulatedWorld): object {
  return { now: new Date(clock.now()).toISOString(), movable: clock.advance !== undefined };
}

/** The end of the year 9999: beyond it AWS's timestamps have no form. */
const latest = Date.UTC(10_000, 0) - 1;

function sequenceOf(query: URLSearchParams): number {
  const since = Number(query.get("since") ?? 0);
  if (!Number.isInteger(since)) throw new RangeError("since must be a sequence that was told: a whole number.");
  return since;
}

function resetPartnerCentral({ partnerCentral, events, sqs }: EmulatedWorld): void {
  partnerCentral.reset();
  events.reset();
  sqs.reset();
}

function settingsOf({ partnerCentral, events, sqs, salesforce, hubspot, pipedrive }: EmulatedWorld): object {
  // Keys are taken and never told.
  const selling = Object.entries(partnerCentral.settings()).filter(([name]) => name !== "secretKeys");
  const delivery = Object.entries(events.settings()).filter(([name]) => name !== "webhookHeaderValue");
  return {
    events: Object.fromEntries(delivery),
    sqs: sqs.settings(),
    partnerCentralSelling: Object.fromEntries(selling),
    partnerCentralAccount: partnerCentral.account.settings(),
    salesforce: salesforce.settings(),
    hubspot: hubspot.settings(),
    pipedrive: pipedrive.settings(),
  };
}
