import type { JsonValue } from "@cosell/connector";
import type { Account } from "./account.ts";
import { typeOf, type Property } from "./describe.ts";

/**
 * Times that people see and choose as days, in their portal's time zone: HubSpot keeps them as instants.
 * Handed over as noon in UTC of that day, which is the same day for every reader that looks in UTC.
 */
const dayProperties = new Set(["closedate"]);

/** Currencies of which an empty one is the portal's own. */
const currencyProperties = new Set(["deal_currency_code"]);

/** Whether values of these properties depend on the portal: on its time zone, or its currency. */
export const needsAccount = (names: Iterable<string>): boolean =>
  [...names].some((name) => dayProperties.has(name) || currencyProperties.has(name));

/**
 * A property's value as it is handed over: text, in one form for one value. Numbers without the noise of binary floats,
 * the choices of a multiple checkbox in the property's own order, empty text as null, no currency as the portal's.
 */
export function toldValue(property: Property, value: unknown, account: Account | undefined): JsonValue {
  if (value === null || value === undefined || value === "")
    return currencyProperties.has(property.name) && account ? account.companyCurrency : null;
  if (typeof value !== "string") return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
  if (dayProperties.has(property.name) && account) return noonOf(value, account.timeZone) ?? value;
  switch (typeOf(property)) {
    case "currency":
    case "decimal":
    case "percent":
      return withoutNoise(value);
    case "multipicklist":
      return inOwnOrder(property, value);
    default:
      return value;
  }
}

/** A value as HubSpot takes it: always text; empty text clears. `account` is needed for days. */
export function sentValue(property: Property | undefined, value: JsonValue, account: Account | undefined): string {
  if (value === null) return "";
  if (Array.isArray(value))
    return value.map((each) => (typeof each === "string" ? each : JSON.stringify(each))).join(";");
  if (typeof value === "object") return JSON.stringify(value);
  if (typeof value === "number") return plainNumber(value);
  const text = String(value);
  if (property === undefined) return text;
  if (dayProperties.has(property.name) && account) return dayInZone(text, account.timeZone) ?? text;
  // A date property takes midnight in UTC and nothing else.
  return property.type === "date" && /^\d{4}-\d\d-\d\dT/.test(text) ? text.slice(0, 10) : text;
}

/** `6000.00000000000033` was 6000: a double carries 15 digits, and what comes after them is noise. */
export function withoutNoise(text: string): string {
  const digits = text.replace(/^-?0*\.?0*/, "").replace(".", "");
  if (!/^-?\d+(\.\d+)?$/.test(text)) return text;
  const shortened = digits.length > 15 && text.includes(".") ? plainNumber(Number(Number(text).toPrecision(15))) : text;
  return shortened.includes(".") ? shortened.replace(/\.?0+$/, "") : shortened;
}

/** Without an exponent. */
function plainNumber(value: number): string {
  const text = String(value);
  return /e/.test(text) ? value.toFixed(20).replace(/\.?0+$/, "") : text;
}

function inOwnOrder({ options }: Property, value: string): string {
  const rank = new Map(options.map((option, index) => [option.value, index]));
  const chosen = [...new Set(value.split(";").map((each) => each.trim()))].filter((each) => each !== "");
  return chosen
    .sort((one, other) => (rank.get(one) ?? rank.size) - (rank.get(other) ?? rank.size) || (one < other ? -1 : 1))
    .join(";");
}

/** Noon in UTC of the day that people in the zone see. */
function noonOf(text: string, zone: string): string | undefined {
  const instant = /^-?\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(instant)) return undefined;
  return `${new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(instant)}T12:00:00.000Z`;
}

/** Noon in the zone of the day that a text names in UTC. */
function dayInZone(text: string, zone: string): string | undefined {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) return undefined;
  const noon = Date.parse(`${new Date(instant).toISOString().slice(0, 10)}T12:00:00Z`);
  return new Date(noon - offsetOf(zone, noon)).toISOString();
}

/** How far the zone is ahead of UTC at an instant. Milliseconds. */
function offsetOf(zone: string, instant: number): number {
  const name = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" })
    .formatToParts(instant)
    .find(({ type }) => type === "timeZoneName")?.value;
  const [, sign, hours = "0", minutes = "0"] = /^GMT([+-])(\d\d):(\d\d)$/.exec(name ?? "") ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
