import { FailureError, failureOf, type FindRequest } from "@cosell/connector";
import { batches } from "./batches.ts";
import type { Descriptions } from "./describe.ts";
import { resolvePath } from "./field-paths.ts";
import { query, textOf } from "./query.ts";
import { canonicalId } from "./salesforce-id.ts";
import type { Session } from "./session.ts";
import { soqlPattern, soqlText } from "./soql-text.ts";

/** Most values in one query: as many texts of the usual length still fit into one address (16,384 bytes). */
const valueBatch = 50;
/** Long texts fill an address sooner than many short ones. */
const longestValue = 255;
const usualLimit = 50;

const numbers: ReadonlySet<string> = new Set(["int", "long", "double", "currency", "percent"]);
const references: ReadonlySet<string> = new Set(["id", "reference"]);

/**
 * Ids of the records that hold a value, oldest first. SOQL compares texts without regard to case. A blank finds nothing.
 * Throws `config` for a field that the org does not have, or that SOQL cannot filter by.
 */
export async function find(
  session: Session,
  descriptions: Descriptions,
  { object, field, match, limit = usualLimit }: FindRequest,
): Promise<readonly string[]> {
  const path = await resolvePath(descriptions, object, field);
  if (path.list !== undefined) {
    const message = `'${field}' leads into a list, and records of ${object} are found by single values only.`;
    throw new FailureError({ kind: "config", message });
  }
  const column = [...path.hops.map(({ relation }) => relation), path.field].join(".");
  const type = await typeOf(descriptions, path.hops.at(-1)?.objects[0] ?? object, path.field);
  const conditions =
    "contains" in match
      ? contained(match.contains).map((pattern) => `${column} LIKE ${pattern}`)
      : batches(literalsOf(match.equals, type), valueBatch).map((part) => `${column} IN (${part.join(",")})`);
  const refs = new Set<string>();
  for (const condition of conditions) {
    if (refs.size >= limit) break;
    const soql = `SELECT Id FROM ${object} WHERE ${condition} ORDER BY CreatedDate, Id LIMIT ${limit}`;
    for (const { Id } of await asked(session, descriptions, soql)) refs.add(canonicalId(textOf(Id)));
  }
  return [...refs].slice(0, limit);
}

async function asked(session: Session, descriptions: Descriptions, soql: string): ReturnType<typeof query> {
  try {
    return await query(session, soql);
  } catch (error) {
    // The org's schema is no longer the one that we kept: the next look names what is gone.
    if (failureOf(error)?.code === "INVALID_FIELD") descriptions.forget();
    throw error;
  }
}

async function typeOf(descriptions: Descriptions, object: string, name: string): Promise<string> {
  const { fields } = await descriptions.of(object);
  return fields.find((field) => field.name === name)?.type ?? "string";
}

function contained(text: string): readonly string[] {
  const wanted = text.trim();
  return wanted === "" ? [] : [soqlPattern(wanted.slice(0, longestValue))];
}

/** Values as SOQL writes them for a field of the type; one that no such field can hold is left out. */
function literalsOf(values: readonly string[], type: string): readonly string[] {
  const wanted = [...new Set(values.map((value) => value.trim()))].filter((value) => value !== "");
  if (type === "boolean") return wanted.map((value) => value.toLowerCase()).filter(isBoolean);
  if (numbers.has(type)) return wanted.filter((value) => /^-?\d+(\.\d+)?$/.test(value));
  if (references.has(type)) return wanted.filter(isId).map((id) => soqlText(canonicalId(id)));
  return wanted.filter((value) => value.length <= longestValue).map(soqlText);
}

const isBoolean = (text: string): boolean => text === "true" || text === "false";

function isId(text: string): boolean {
  try {
    canonicalId(text);
    return true;
  } catch {
    return false;
  }
}
