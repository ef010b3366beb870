import type { HubspotAssociation } from "../document.ts";
import { associationTypes } from "../schema/association-types.ts";

/** One end of an association. */
export interface RecordPlace {
  readonly object: string;
  readonly id: string;
}

/** Who is associated with whom, and how. Both directions are kept. */
export interface AssociationStore {
  /** Records of `to` that are associated with a record, each with its types, in the order in which they came. */
  of(from: RecordPlace, to: string): ReadonlyMap<string, ReadonlySet<number>>;
  add(from: RecordPlace, to: RecordPlace, typeId: number): void;
  /** @param typeId @defaultValue every type */
  remove(from: RecordPlace, to: RecordPlace, typeId?: number): void;
  all(): readonly HubspotAssociation[];
  clear(): void;
}

export function createAssociationStore(): AssociationStore {
  const ways = new Map<string, Map<string, Set<number>>>();
  const inverses = new Map(associationTypes.map(({ typeId, inverse }) => [typeId, inverse]));
  const put = (from: RecordPlace, to: RecordPlace, typeId: number): void => {
    const key = keyOf(from, to.object);
    const ends = ways.get(key) ?? new Map<string, Set<number>>();
    ways.set(key, ends.set(to.id, (ends.get(to.id) ?? new Set()).add(typeId)));
  };
  const take = (from: RecordPlace, to: RecordPlace, typeId: number | undefined): void => {
    const ends = ways.get(keyOf(from, to.object));
    const types = ends?.get(to.id);
    if (typeId !== undefined) types?.delete(typeId);
    if (typeId === undefined || types?.size === 0) ends?.delete(to.id);
  };
  return {
    of: (from, to) => ways.get(keyOf(from, to)) ?? new Map<string, ReadonlySet<number>>(),
    add: (from, to, typeId) => {
      put(from, to, typeId);
      put(to, from, inverses.get(typeId) ?? typeId);
    },
    remove: (from, to, typeId) => {
      take(from, to, typeId);
      take(to, from, typeId === undefined ? undefined : inverses.get(typeId));
    },
    all: () =>
      [...ways]
        .flatMap(([key, ends]) => {
          const [from = "", fromId = "", to = ""] = key.split(" ");
          return [...ends].flatMap(([toId, types]) => [...types].map((typeId) => ({ from, fromId, to, toId, typeId })));
        })
        .sort((one, other) => (textOf(one) < textOf(other) ? -1 : 1)),
    clear: () => {
      ways.clear();
    },
  };
}

const textOf = (association: HubspotAssociation): string => Object.values(association).join(" ");

const keyOf = ({ object, id }: RecordPlace, to: string): string => `${object} ${id} ${to}`;
