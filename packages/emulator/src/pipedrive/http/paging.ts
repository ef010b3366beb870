import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/index.ts";
import { validationFailed } from "../pipedrive-error.ts";
import { numberOf, type RouteContext } from "./context.ts";

/** One page and what leads to the next. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly additional: { readonly next_cursor: string | null };
}

/** The cursor says where the page begins, by value: rows that come and go before it shift nothing. */
export function pageBy<Item>(
  context: RouteContext,
  items: readonly Item[],
  keyOf: (item: Item) => readonly (string | number)[],
): Page<Item> {
  const limit = numberOf(context, "limit") ?? 100;
  if (limit < 1 || limit > 500) throw validationFailed("limit", "must be from 1 to 500");
  const from = cursorOf(context);
  const start = from === undefined ? 0 : items.findIndex((item) => compare(keyOf(item), from) >= 0);
  const rest = start < 0 ? [] : items.slice(start);
  const next = rest[limit];
  return {
    items: rest.slice(0, limit),
    additional: { next_cursor: next === undefined ? null : encode({ key: [...keyOf(next)] }) },
  };
}

function cursorOf({ request }: RouteContext): readonly JsonValue[] | undefined {
  const text = request.query.get("cursor");
  if (text === null) return undefined;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if (isJsonObject(parsed) && Array.isArray(parsed["key"])) return parsed["key"] as readonly JsonValue[];
  } catch {
    // Answered below.
  }
  throw validationFailed("cursor", "is not valid");
}

const encode = (value: JsonObject): string => Buffer.from(JSON.stringify(value)).toString("base64url");

function compare(one: readonly JsonValue[], other: readonly JsonValue[]): number {
  for (const [index, value] of one.entries()) {
    const against = other[index] ?? null;
    if (value === against) continue;
    return (value ?? "") < (against ?? "") ? -1 : 1;
  }
  return 0;
}
