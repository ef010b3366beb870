import { resourceNotFound } from "../hubspot-error.ts";
import { limitOf, type RouteHandler } from "./context.ts";

/** `GET /account-info/…/details`: whose portal this is, and its day. */
export const accountDetails: RouteHandler = ({ portal }) => {
  const { portalId, timeZone, companyCurrency, uiDomain } = portal.own();
  const offset = offsetOf(timeZone, portal.clock.now());
  return {
    status: 200,
    body: {
      portalId,
      accountType: "STANDARD",
      timeZone,
      companyCurrency,
      additionalCurrencies: [],
      utcOffset: offset,
      utcOffsetMilliseconds: millisecondsOf(offset),
      uiDomain,
      dataHostingLocation: uiDomain.includes("eu1") ? "eu1" : "na1",
    },
  };
};

/** `GET …/owners`: active ones, or with `archived=true` those that were deactivated. */
export const listOwners: RouteHandler = ({ portal, request }) => {
  const limit = limitOf(request, 500, 100);
  const archived = request.query.get("archived") === "true";
  const email = request.query.get("email")?.toLowerCase();
  const owners = [...portal.owners.values()].filter(
    (owner) => owner.archived === archived && (email === undefined || owner.email.toLowerCase() === email),
  );
  const begin = Number(request.query.get("after") ?? 0);
  const next = begin + limit;
  return {
    status: 200,
    body: {
      results: owners.slice(begin, next),
      ...(next < owners.length && { paging: { next: { after: String(next) } } }),
    },
  };
};

export const getOwner: RouteHandler = ({ portal, request, parameters }) => {
  const owner = portal.owners.get(parameters["id"] ?? "");
  if (owner?.archived !== (request.query.get("archived") === "true")) throw resourceNotFound();
  return { status: 200, body: owner };
};

function offsetOf(timeZone: string, now: number): string {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" }).formatToParts(now);
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  return name === "GMT" ? "+00:00" : name.replace("GMT", "");
}

function millisecondsOf(offset: string): number {
  const [hours = 0, minutes = 0] = offset.slice(1).split(":").map(Number);
  return (offset.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
