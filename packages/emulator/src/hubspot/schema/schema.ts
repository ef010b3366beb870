import { badRequest } from "../hubspot-error.ts";
import { objectDefinitions, type ObjectDefinition } from "./objects.ts";
import type { PropertyDefinition } from "./property.ts";

/** The objects of a portal as they are now, without removed properties. */
export interface Schema {
  readonly objects: readonly ObjectDefinition[];
  /** By name (`deals`) or number (`0-3`). Throws what HubSpot answers for an object that it does not have. */
  object(name: string): ObjectDefinition;
  property(object: ObjectDefinition, name: string): PropertyDefinition | undefined;
}

/** @param removed properties that are gone, as `deals.amount` */
export function buildSchema(removed: readonly string[]): Schema {
  const objects = objectDefinitions.map((object) => ({
    ...object,
    properties: object.properties.filter(({ name }) => !removed.includes(`${object.name}.${name}`)),
  }));
  const byName = new Map(
    objects.flatMap((object) => [[object.name, object] as const, [object.typeId, object] as const]),
  );
  const properties = new Map(
    objects.map((object) => [object.name, new Map(object.properties.map((each) => [each.name, each]))]),
  );
  return {
    objects,
    object: (name) => {
      const found = byName.get(name);
      if (!found) throw badRequest(`Unable to infer object type from: ${name}`);
      return found;
    },
    property: (object, name) => properties.get(object.name)?.get(name),
  };
}
