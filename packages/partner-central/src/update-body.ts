import type { JsonObject, JsonValue } from "@cosell/connector";
import { isStructure } from "./model/opportunity-facts.ts";
import { operationOf } from "./model/operations.ts";

/** Members of an update that must be there even when nothing about them changes: AWS resets or refuses the opportunity else. */
export const alwaysSent: readonly string[] = ["LifeCycle.ReviewStatus", "LifeCycle.Stage", "Marketing.Source"];

/** The top-level members that UpdateOpportunity takes from the opportunity itself. */
const accepted: ReadonlySet<string> = new Set(
  operationOf("UpdateOpportunity")
    ?.input.map(({ path }) => path)
    .filter((path) => !/[.[]/.test(path) && !["Catalog", "Identifier", "LastModifiedDate"].includes(path)),
);

/**
 * The one member where an omission means "unchanged" and only null clears (AWS documentation, deal sizing by total
 * contract value). Everywhere else an update replaces the whole: what is omitted is cleared.
 */
const clearedByNull = "Project.ExpectedContractDuration";

/**
 * The whole body of UpdateOpportunity: `current` as GetOpportunity gave it, reduced to what an update takes (unknown
 * members inside structures kept), `values` laid over it by path. `undefined` removes, and structures that become empty
 * go too; {@link alwaysSent} members cannot be removed. `Identifier` and `LastModifiedDate` come from `current` as they
 * were sent. Paths do not reach into lists: a list is replaced as a whole. Mutates nothing.
 */
export function updateBody(current: JsonObject, values: ReadonlyMap<string, JsonValue | undefined>): JsonObject {
  let body: JsonObject = Object.fromEntries(Object.entries(current).filter(([member]) => accepted.has(member)));
  for (const [path, value] of values) {
    const members = path.split(".");
    if (!accepted.has(members[0] ?? "") || (value === undefined && alwaysSent.includes(path))) continue;
    body = laidOver(body, members, value);
  }
  if (isStructure(at(current, clearedByNull)) && at(body, clearedByNull) === undefined) {
    body = laidOver(body, clearedByNull.split("."), null);
  }
  const { Id, LastModifiedDate } = current;
  return {
    ...body,
    ...(Id !== undefined && { Identifier: Id }),
    ...(LastModifiedDate !== undefined && { LastModifiedDate }),
  };
}

function laidOver(object: JsonObject, [member, ...rest]: readonly string[], value: JsonValue | undefined): JsonObject {
  if (member === undefined) return object;
  const held = Object.hasOwn(object, member) ? object[member] : undefined;
  if (rest.length > 0 && value === undefined && !isStructure(held)) return object;
  const replaced = rest.length === 0 ? value : laidOver(isStructure(held) ? held : {}, rest, value);
  const gone =
    replaced === undefined || (rest.length > 0 && isStructure(replaced) && Object.keys(replaced).length === 0);
  return Object.fromEntries([
    ...Object.entries(object).filter(([name]) => !(gone && name === member)),
    ...(gone ? [] : [[member, replaced] as const]),
  ]);
}

function at(object: JsonObject, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = object;
  for (const member of path.split("."))
    value = isStructure(value) && Object.hasOwn(value, member) ? value[member] : undefined;
  return value;
}
