import type { HubspotRecord } from "../document.ts";
import type { ObjectDefinition } from "../schema/objects.ts";

/** The records of a portal in memory. Whole records are replaced, never changed. */
export interface RecordStore {
  get(object: string, id: string): HubspotRecord | undefined;
  /** In the order in which they came; archived and merged ones too. */
  all(object: string): Iterable<HubspotRecord>;
  /** The record that holds a value of a unique property, whatever its case. */
  holding(object: string, property: string, value: string): HubspotRecord | undefined;
  /** Adds or replaces. @param at the instant of the change, milliseconds */
  put(object: string, record: HubspotRecord, at: number): void;
  /** Records as they were at an instant, as far as it is remembered: what an index that lags shows. */
  asOf(object: string, instant: number): Iterable<HubspotRecord>;
  /** Runs `work`, and takes back all that it put when it throws. */
  transaction<Result>(work: () => Result): Result;
  clear(): void;
}

/** How a record was before a change. */
interface Former {
  readonly until: number;
  readonly record: HubspotRecord | undefined;
}

/** Former states that are kept of a record: more than happen within any index's lag. */
const kept = 20;

interface Table {
  readonly records: Map<string, HubspotRecord>;
  readonly formers: Map<string, readonly Former[]>;
  /** Unique property → value → id. */
  readonly indexes: ReadonlyMap<string, Map<string, string>>;
}

/** An empty store for these objects. */
export function createRecordStore(objects: readonly ObjectDefinition[]): RecordStore {
  const tables = new Map(objects.map((object) => [object.name, createTable(object)]));
  /** What to do, last first, to be back where the transaction began. */
  let undo: (() => void)[] | undefined;
  const tableOf = (object: string): Table => {
    const table = tables.get(object);
    if (!table) throw new Error(`No table for ${object}.`);
    return table;
  };
  return {
    get: (object, id) => tableOf(object).records.get(id),
    all: (object) => tableOf(object).records.values(),
    holding: (object, property, value) => {
      const { indexes, records } = tableOf(object);
      return records.get(indexes.get(property)?.get(keyOf(value)) ?? "");
    },
    put: (object, record, at) => {
      const table = tableOf(object);
      const former = table.records.get(record.id);
      const formers = table.formers.get(record.id) ?? [];
      replace(table, record.id, record);
      table.formers.set(record.id, [...formers, { until: at, record: former }].slice(-kept));
      undo?.push(() => {
        replace(table, record.id, former);
        table.formers.set(record.id, formers);
      });
    },
    asOf: function* (object, instant) {
      const { records, formers } = tableOf(object);
      for (const record of records.values()) {
        const former = formers.get(record.id)?.find(({ until }) => until > instant);
        const then = former ? former.record : record;
        if (then) yield then;
      }
    },
    transaction: (work) => {
      const steps: (() => void)[] = [];
      undo = steps;
      try {
        return work();
      } catch (error) {
        for (const step of steps.reverse()) step();
        throw error;
      } finally {
        undo = undefined;
      }
    },
    clear: () => {
      for (const object of objects) tables.set(object.name, createTable(object));
    },
  };
}

/** Puts or removes a record, and keeps the unique values. */
function replace({ records, indexes }: Table, id: string, next: HubspotRecord | undefined): void {
  const former = records.get(id);
  for (const [name, index] of indexes) {
    const before = former?.properties[name];
    if (typeof before === "string" && index.get(keyOf(before)) === id) index.delete(keyOf(before));
    const after = next?.properties[name];
    if (typeof after === "string" && next?.archived === false && next.mergedInto === undefined)
      index.set(keyOf(after), id);
  }
  if (next) records.set(id, next);
  else records.delete(id);
}

function createTable({ properties }: ObjectDefinition): Table {
  const unique = properties.filter(({ hasUniqueValue }) => hasUniqueValue);
  return { records: new Map(), formers: new Map(), indexes: new Map(unique.map(({ name }) => [name, new Map()])) };
}

const keyOf = (value: string): string => value.trim().toLowerCase();
