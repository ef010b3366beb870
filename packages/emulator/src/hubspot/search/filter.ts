import type { HubspotProperties } from "../document.ts";
import { badRequest } from "../hubspot-error.ts";
import { instantOf } from "../records/property-value.ts";
import type { ObjectDefinition } from "../schema/objects.ts";
import type { PropertyDefinition } from "../schema/property.ts";
import type { Schema } from "../schema/schema.ts";

/** Whether a record passes one condition of a search. */
export type Filter = (properties: HubspotProperties) => boolean;

/** How two values of a property compare. */
type Compare = (one: string, other: string) => number;

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  EQ: (order) => order === 0,
  NEQ: (order) => order !== 0,
  LT: (order) => order < 0,
  LTE: (order) => order <= 0,
  GT: (order) => order > 0,
  GTE: (order) => order >= 0,
};

/** Makes a condition from its JSON. Throws 400 for one that HubSpot does not take. */
export function filterOf(filter: unknown, object: ObjectDefinition, schema: Schema): Filter {
  const given = filter as Readonly<Record<string, unknown>> | null;
  const { propertyName: name, operator, value, values, highValue } = given ?? {};
  const definition = typeof name === "string" ? schema.property(object, name) : undefined;
  if (typeof name !== "string" || !definition) {
    throw badRequest(`There was a problem with the request: property ${String(name)} does not exist`);
  }
  const compare = compareOf(definition);
  const held = (properties: HubspotProperties): string | null => properties[name] ?? null;
  const comparison = typeof operator === "string" ? comparisons[operator] : undefined;
  if (comparison) {
    const wanted = textOf(value, definition);
    return (properties) => {
      const own = held(properties);
      return own === null ? operator === "NEQ" : comparison(compare(own, wanted));
    };
  }
  switch (operator) {
    case "HAS_PROPERTY":
      return (properties) => held(properties) !== null;
    case "NOT_HAS_PROPERTY":
      return (properties) => held(properties) === null;
    case "BETWEEN": {
      const [low, high] = [textOf(value, definition), textOf(highValue, definition)];
      return (properties) => {
        const own = held(properties);
        return own !== null && compare(own, low) >= 0 && compare(own, high) <= 0;
      };
    }
    case "IN":
    case "NOT_IN": {
      if (!Array.isArray(values)) throw badRequest(`${operator} needs values`);
      const wanted = new Set(values.map((each) => textOf(each, definition)));
      // HubSpot keeps texts in lower case here: a value with capitals finds nothing.
      const isText = definition.type === "string";
      return (properties) => {
        const own = held(properties);
        return own !== null && wanted.has(isText ? own.toLowerCase() : own) === (operator === "IN");
      };
    }
    case "CONTAINS_TOKEN":
    case "NOT_CONTAINS_TOKEN": {
      const wanted = tokensOf(textOf(value, definition), /[^\p{L}\p{N}*]+/u).map(patternOf);
      return (properties) => {
        const own = tokensOf(held(properties) ?? "", /[^\p{L}\p{N}]+/u);
        const has = wanted.length > 0 && wanted.every((pattern) => own.some((token) => pattern.test(token)));
        return has === (operator === "CONTAINS_TOKEN");
      };
    }
    default:
      throw badRequest(`There was a problem with the request: ${String(operator)} is no operator`);
  }
}

/** How values of a property are ordered. Ids are ordered as texts, though they are numbers. */
export function compareOf({ name, type }: PropertyDefinition): Compare {
  if (type === "datetime" || type === "date") return (one, other) => (instantOf(one) ?? 0) - (instantOf(other) ?? 0);
  if (type === "number" && name !== "hs_object_id") return (one, other) => Number(one) - Number(other);
  if (name === "hs_object_id") return (one, other) => (one < other ? -1 : one > other ? 1 : 0);
  return (one, other) => {
    const [first, second] = [one.toLowerCase(), other.toLowerCase()];
    return first < second ? -1 : first > second ? 1 : 0;
  };
}

function textOf(value: unknown, { name, type }: PropertyDefinition): string {
  const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  if (typeof text !== "string") throw badRequest(`A filter of ${name} needs a value`);
  if ((type === "datetime" || type === "date") && instantOf(text) === undefined)
    throw badRequest(`There was a problem with the request: ${name} is compared with milliseconds`);
  return text;
}

function tokensOf(text: string, apart: RegExp): readonly string[] {
  return text.toLowerCase().split(apart).filter(Boolean);
}

/** A token in which `*` stands for anything. */
function patternOf(token: string): RegExp {
  return new RegExp(`^${token.replaceAll("*", ".*")}$`, "u");
}
