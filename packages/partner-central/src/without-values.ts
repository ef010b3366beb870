import type { JsonValue } from "@cosell/connector";
import { operationOf } from "./model/operations.ts";
import type { ServiceName } from "./model/services.ts";
import { closedLists } from "./model/value-lists.ts";

/**
 * A message of AWS without the values that we sent: they may be personal, and messages travel into logs. What AWS's
 * model lists (a stage, a country) and ids of AWS's own may stay.
 */
export function withoutValues(
  message: string,
  operation: string,
  input: JsonValue,
  service: ServiceName = "selling",
): string {
  const listed = closedLists.filter(({ path }) => path !== "Customer.Account.Address.StateOrRegion");
  const members = operationOf(operation, service)?.input ?? [];
  const harmless = new Set([
    ...listed.map(({ path }) => path),
    ...members
      .filter(({ enumName, sensitive, path }) => (enumName !== undefined && !sensitive) || isId(path))
      .map(({ path }) => path),
  ]);
  const values = textsIn(input, "", harmless).sort((a, b) => b.length - a.length);
  return values.reduce((text, value) => text.replaceAll(value, "[value]"), message);
}

function isId(path: string): boolean {
  return path === "Catalog" || /^(?!Partner).*Identifier$/.test(path);
}

/** Texts long enough to tell something, outside the harmless places. */
function textsIn(value: JsonValue, path: string, harmless: ReadonlySet<string>): string[] {
  if (typeof value === "string") return value.trim().length < 3 || harmless.has(path) ? [] : [value.trim()];
  if (Array.isArray(value)) return value.flatMap((item: JsonValue) => textsIn(item, `${path}[]`, harmless));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([member, item]: [string, JsonValue]) =>
    textsIn(item, path === "" ? member : `${path}.${member}`, harmless),
  );
}
