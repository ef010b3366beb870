import { type CrmRelation, FailureError } from "@cosell/connector";
import { type Description, type Descriptions, relationsOf } from "./describe.ts";

/** A path such as `dealname`, `company.name` or `contacts[].email`, found in the portal's schema. */
export interface FieldPath {
  readonly relation?: CrmRelation;
  readonly field: string;
}

/** Finds a path in the portal's schema. Throws `config`, naming path, object and the part that the portal does not have. */
export async function resolvePath(descriptions: Descriptions, object: string, path: string): Promise<FieldPath> {
  const here = await descriptions.of(object);
  const [first = "", ...rest] = path.split(".");
  if (rest.length === 0) {
    assertProperty(here, first, path);
    return { field: first };
  }
  const relation = relationsOf(object).find((each) => first === (each.kind === "many" ? `${each.path}[]` : each.path));
  if (!relation) {
    const names = relationsOf(object).map((each) => (each.kind === "many" ? `${each.path}[]` : each.path));
    throw unknownPart(here, "relation", first, path, names);
  }
  const field = rest.join(".");
  assertProperty(await descriptions.of(relation.objects[0] ?? ""), field, path);
  return { relation, field };
}

function assertProperty(here: Description, name: string, path: string): void {
  if (!here.properties.has(name)) throw unknownPart(here, "property", name, path, [...here.properties.keys()]);
}

function unknownPart(
  { object }: Description,
  kind: "property" | "relation",
  part: string,
  path: string,
  names: readonly string[],
): FailureError {
  const meant = names.find((name) => name.toLowerCase() === part.toLowerCase());
  const advice =
    kind === "relation"
      ? `Relations are ${names.join(", ")}.`
      : "Write the internal name, or add the property in HubSpot (Settings, Properties).";
  return new FailureError({
    kind: "config",
    code: "PROPERTY_DOESNT_EXIST",
    message:
      `HubSpot shows no ${kind} '${part}' on ${object}${path === part ? "" : ` (path '${path}')`}. ` +
      (meant === undefined ? advice : `Names are case-sensitive: write '${meant}'.`),
  });
}
