import { isJsonObject, type JsonObject } from "../kernel/index.ts";
import type { EditRequest, ReviewRequest } from "../partner-central/partner-central.ts";
import type { PartnerCentralSettings } from "../partner-central/settings.ts";
import type { PartnerCentralState } from "../partner-central/state.ts";
import type { SalesforceDocument } from "../salesforce/index.ts";
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
  "GET /state": (_, { partnerCentral, salesforce }) => ({
    partnerCentralSelling: partnerCentral.state(),
    salesforce: salesforce.state(),
  }),
  "PUT /state": ({ body }, { partnerCentral, salesforce }) => {
    const given = objectOf(body, ["partnerCentralSelling", "salesforce"]);
    if (given.partnerCentralSelling !== undefined) {
      const known = ["issued", "spaces", "engagements", "invitations", "snapshots"];
      const { spaces, issued } = objectOf(given.partnerCentralSelling, known);
      if (!isJsonObject(spaces) || typeof issued !== "number") {
        throw new RangeError("partnerCentralSelling must be a document that GET /state gave.");
      }
      partnerCentral.load(given.partnerCentralSelling as unknown as PartnerCentralState);
    }
    if (given.salesforce !== undefined) {
      if (!isJsonObject(objectOf(given.salesforce, ["records"]).records)) {
        throw new RangeError("salesforce must be a document that GET /state gave.");
      }
      salesforce.load(given.salesforce as unknown as SalesforceDocument);
    }
    return {};
  },
  "POST /seed": ({ body }, world) => {
    const { deals, seed = 1, asOf } = objectOf(body, ["deals", "seed", "asOf"]);
    if (typeof deals !== "number" || typeof seed !== "number") throw new RangeError("deals and seed must be numbers.");
    const day = asOf ?? new Date(world.clock.now()).toISOString().slice(0, 10);
    if (typeof day !== "string" || !/^\d{4}-\d\d-\d\d$/.test(day)) throw new RangeError("asOf must be YYYY-MM-DD.");
    world.partnerCentral.reset();
    world.seed({ deals, seed, asOf: day });
    return { opportunities: world.salesforce.records("Opportunity").length };
  },
  "POST /reset": (_, { partnerCentral, salesforce, faults }) => {
    partnerCentral.reset();
    salesforce.load({ records: {} });
    faults.clear();
    return {};
  },
  "GET /requests": ({ query }, { requests }) => {
    const since = Number(query.get("since") ?? 0);
    if (!Number.isInteger(since)) throw new RangeError("since must be the sequence of a request: a whole number.");
    return { last: requests.last, requests: requests.since(since) };
  },
  "POST /review": ({ body }, { partnerCentral }) => {
    partnerCentral.review(objectOf(body, ["opportunity", "status", "comments"]) as unknown as ReviewRequest);
    return {};
  },
  "POST /refer": ({ body }, { partnerCentral }) =>
    partnerCentral.refer(objectOf(body, ["account", "catalog", "opportunity", "lead"])),
  "POST /edit": ({ body }, { partnerCentral, salesforce }) => {
    const { server, object, id, fields } = objectOf(body, ["server", "object", "id", "fields"]);
    if (typeof object !== "string" || typeof id !== "string" || !isJsonObject(fields)) {
      throw new RangeError("An edit needs object and id as texts, and fields as an object.");
    }
    if (server === "salesforce") salesforce.edit(object, id, fields);
    else if (server === "partnerCentralSelling") partnerCentral.edit({ object, id, fields } as EditRequest);
    else throw new RangeError("An edit's server is partnerCentralSelling or salesforce.");
    return {};
  },
  "GET /time": (_, world) => timeOf(world),
  "POST /time": ({ body }, world) => {
    const { advance, set } = objectOf(body, ["advance", "set"]);
    if (!world.clock.advance || !world.clock.set) throw new RangeError("This emulator's clock cannot be moved.");
    const instant = typeof set === "string" ? Date.parse(set) : set;
    if (typeof advance === "number" && set === undefined) world.clock.advance(advance);
    else if (typeof instant === "number" && !Number.isNaN(instant) && advance === undefined) world.clock.set(instant);
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
    const change = objectOf(body, ["partnerCentralSelling", "salesforce"]);
    if (change.partnerCentralSelling !== undefined) {
      world.partnerCentral.configure(change.partnerCentralSelling as unknown as Partial<PartnerCentralSettings>);
    }
    if (change.salesforce !== undefined) {
      const known = [...Object.keys(world.salesforce.settings()), "clientId", "clientSecret", "publicKey"];
      world.salesforce.configure(objectOf(change.salesforce, known));
    }
    return settingsOf(world);
  },
};

function objectOf(value: unknown, known: readonly string[]): JsonObject {
  if (!isJsonObject(value)) throw new RangeError(`A JSON object is needed, with ${known.join(", ")}.`);
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new RangeError(`${unknown} is not known here. Known: ${known.join(", ")}.`);
  return value;
}

function timeOf({ clock }: EmulatedWorld): object {
  return { now: new Date(clock.now()).toISOString(), movable: clock.advance !== undefined };
}

function settingsOf({ partnerCentral, salesforce }: EmulatedWorld): object {
  return { partnerCentralSelling: partnerCentral.settings(), salesforce: salesforce.settings() };
}
