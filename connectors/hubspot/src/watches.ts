import type { Descriptions } from "./describe.ts";
import { resolvePath } from "./field-paths.ts";

/** A related object whose changes matter, since values of its records are read along with the record. */
export interface Watch {
  readonly object: string;
  /** The property with its date of modification. */
  readonly stamp: string;
  /** The properties that are read along. */
  readonly properties: readonly string[];
}

/**
 * The related objects on the way of the given paths. HubSpot does not touch a deal when its company changes, so each of
 * them is a stream of its own. Owners keep no date that can be searched by, and are left out.
 */
export async function watchesOf(
  descriptions: Descriptions,
  object: string,
  fields: readonly string[],
): Promise<readonly Watch[]> {
  const paths = await Promise.all(fields.map((path) => resolvePath(descriptions, object, path)));
  const related = [...new Set(paths.flatMap(({ relation }) => relation?.objects ?? []))].sort();
  const watches = await Promise.all(
    related.map(async (name): Promise<Watch[]> => {
      const { stamp } = await descriptions.of(name);
      const properties = paths.filter(({ relation }) => relation?.objects.includes(name)).map(({ field }) => field);
      return stamp === undefined ? [] : [{ object: name, stamp, properties: [...new Set(properties)] }];
    }),
  );
  return watches.flat();
}
