import type { CrmObject, Relation, Shelf } from "./crm-objects.ts";
import type { Descriptions } from "./describe.ts";
import { resolvePath } from "./field-paths.ts";

/** One list that is walked for changes. */
export interface Stream {
  /** As a cursor names it. */
  readonly key: string;
  /** `own`: records of the object itself. `related`: records that they lead to. */
  readonly kind: "own" | "related";
  readonly object: string;
  readonly shelf: Shelf;
  /** By which member records depend on a related one. */
  readonly via?: Relation["via"];
}

/**
 * The lists to walk, in order: the object's own, then the related objects on the way of the given paths, since Pipedrive does
 * not touch a deal when its organization changes. Only directly related ones: of users' changes nobody tells, and an
 * archived deal is told when it changes itself.
 *
 * @param first everything is listed for the first time: what was deleted before never mattered, and related records need no look
 */
export async function streamsOf(
  descriptions: Descriptions,
  crm: CrmObject,
  fields: readonly string[],
  first: boolean,
): Promise<readonly Stream[]> {
  const own = crm.shelves
    .filter((shelf) => !first || shelf !== "deleted")
    .map((shelf): Stream => ({ key: shelf, kind: "own", object: crm.name, shelf }));
  if (first) return own;
  const paths = await Promise.all(fields.map((path) => resolvePath(descriptions, crm.name, path)));
  const relations = new Map(
    paths.flatMap(({ hops: [hop] }) => (hop && hop.object !== "users" ? [[hop.path, hop]] : [])),
  );
  const related = [...relations.values()].map(({ path, object, via }): Stream => {
    return { key: path, kind: "related", object, shelf: "live", via };
  });
  return [...own, ...related.sort((one, other) => (one.key < other.key ? -1 : 1))];
}
