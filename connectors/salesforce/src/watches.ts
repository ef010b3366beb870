import type { Descriptions } from "./describe.ts";
import { type FieldPath, resolvePath } from "./field-paths.ts";

/** How the records that depend on a related record are found: `SELECT Id, <select> FROM <from> WHERE <where> IN (…)`. */
export interface DependentsLink {
  /** Identifies the link within its watch. */
  readonly key: string;
  readonly from: string;
  /** The column with the id of the record that depends. */
  readonly select: string;
  readonly where: string;
  /** The related records are themselves the rows, so that deleted ones must be looked at too. */
  readonly deleted: boolean;
}

/** A related object whose changes matter, since values of its records are read along with the record. */
export interface Watch {
  readonly object: string;
  readonly links: readonly DependentsLink[];
}

/**
 * The related objects on the way of the given paths. Salesforce does not touch an opportunity when its account changes,
 * so each of them is a stream of its own. Objects without `SystemModstamp` cannot be watched and are left out.
 */
export async function watchesOf(
  descriptions: Descriptions,
  object: string,
  fields: readonly string[],
): Promise<readonly Watch[]> {
  const links = new Map<string, Map<string, DependentsLink>>();
  for (const path of fields)
    for (const { related, link } of linksOf(object, await resolvePath(descriptions, object, path))) {
      const known = links.get(related) ?? new Map<string, DependentsLink>();
      links.set(related, known.set(link.key, link));
    }
  const watches = await Promise.all(
    [...links].map(async ([related, found]): Promise<Watch[]> => {
      const { fields: columns } = await descriptions.of(related);
      if (!columns.some(({ name }) => name === "SystemModstamp")) return [];
      return [{ object: related, links: [...found.values()].sort((one, other) => (one.key < other.key ? -1 : 1)) }];
    }),
  );
  return watches.flat().sort((one, other) => (one.object < other.object ? -1 : 1));
}

function linksOf(
  object: string,
  { list, hops }: FieldPath,
): readonly { readonly related: string; readonly link: DependentsLink }[] {
  const from = list?.object ?? object;
  const select = list?.parentField ?? "Id";
  const own = list
    ? [{ related: list.object, link: { key: list.relation, from, select, where: "Id", deleted: true } }]
    : [];
  const passed = hops.flatMap((hop, index) => {
    const where = [...hops.slice(0, index).map(({ relation }) => relation), hop.via].join(".");
    const link = { key: list ? `${list.relation}.${where}` : where, from, select, where, deleted: false };
    return hop.objects.map((related) => ({ related, link }));
  });
  return [...own, ...passed];
}
