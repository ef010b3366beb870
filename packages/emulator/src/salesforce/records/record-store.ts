import type { SalesforceRecord } from "../document.ts";
import type { ObjectDefinition } from "../schema/object.ts";

/**
 * The records of an org in memory: whole records are replaced, never changed, so that a cursor or a caller that holds
 * one keeps what it saw. Children and external ids are found without a scan, and a transaction can be taken back.
 */
export interface RecordStore {
  get(object: ObjectDefinition, id: string): StoredRecord | undefined;
  /** In the order in which they came, deleted ones too. */
  all(object: ObjectDefinition): Iterable<StoredRecord>;
  /** Records whose reference or external id field holds `value`, deleted ones too. External ids are found whatever their case. */
  having(object: ObjectDefinition, field: string, value: string): readonly StoredRecord[];
  /** Adds or replaces. */
  put(object: ObjectDefinition, record: StoredRecord): void;
  /** Runs `work`; takes back all that it put when it throws or `keep` says no. */
  transaction<Result>(work: () => Result, keep?: (result: Result) => boolean): Result;
  clear(): void;
}

/** A record with its id. */
export type StoredRecord = SalesforceRecord & { readonly Id: string };

interface Table {
  readonly records: Map<string, StoredRecord>;
  /** Reference or external id field → value → ids of the records that hold it. */
  readonly indexes: ReadonlyMap<string, Map<string, Set<string>>>;
}

/** An empty store for these objects. */
export function createRecordStore(objects: readonly ObjectDefinition[]): RecordStore {
  const tables = new Map(objects.map((object) => [object.name, createTable(object)]));
  /** What to do, last first, to be back where the outermost transaction began. */
  let undo: (() => void)[] | undefined;

  const tableOf = ({ name }: ObjectDefinition): Table => {
    const table = tables.get(name);
    if (!table) throw new Error(`No table for ${name}: the store was made for other objects.`);
    return table;
  };
  const replace = (table: Table, id: string, next: StoredRecord | undefined): void => {
    const previous = table.records.get(id);
    for (const [field, index] of table.indexes) {
      const before = previous?.[field];
      const after = next?.[field];
      if (before === after) continue;
      if (typeof before === "string") index.get(keyOf(before))?.delete(id);
      if (typeof after === "string") index.set(keyOf(after), (index.get(keyOf(after)) ?? new Set()).add(id));
    }
    if (next) table.records.set(id, next);
    else table.records.delete(id);
  };

  return {
    get: (object, id) => tableOf(object).records.get(id),
    all: (object) => tableOf(object).records.values(),
    having: (object, field, value) => {
      const { records, indexes } = tableOf(object);
      return [...(indexes.get(field)?.get(keyOf(value)) ?? [])].flatMap((id) => records.get(id) ?? []);
    },
    put: (object, record) => {
      const table = tableOf(object);
      const previous = table.records.get(record.Id);
      undo?.push(() => replace(table, record.Id, previous));
      replace(table, record.Id, record);
    },
    transaction: (work, keep = () => true) => {
      const outer = undo;
      const own: (() => void)[] = [];
      undo = own;
      const takeBack = (): void => {
        for (const step of own.reverse()) step();
        own.length = 0;
      };
      try {
        const result = work();
        if (!keep(result)) takeBack();
        return result;
      } catch (error) {
        takeBack();
        throw error;
      } finally {
        outer?.push(...own);
        undo = outer;
      }
    },
    clear: () => {
      for (const object of objects) tables.set(object.name, createTable(object));
    },
  };
}

function createTable(object: ObjectDefinition): Table {
  const indexed = object.fields.filter(({ reference, externalId }) => reference !== undefined || externalId === true);
  return { records: new Map(), indexes: new Map(indexed.map(({ name }) => [name, new Map()])) };
}

/** The 18 characters of an id stay distinct without their case: that is what the last three are for. */
function keyOf(value: string): string {
  return value.toLowerCase();
}
