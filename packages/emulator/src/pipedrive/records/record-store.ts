import type { PipedriveRecord } from "../document.ts";

/** The records of a company in memory. Whole records are replaced, never changed. */
export interface RecordStore {
  get(object: string, id: number): PipedriveRecord | undefined;
  /** In the order of their ids; deleted ones too. */
  all(object: string): readonly PipedriveRecord[];
  /** Adds or replaces. @param at the instant of the change, milliseconds */
  put(object: string, record: PipedriveRecord, at: number): void;
  /** When a record was changed last, milliseconds. */
  changedAt(object: string, id: number): number;
  clear(): void;
}

export function createRecordStore(): RecordStore {
  const tables = new Map<string, Map<number, { readonly record: PipedriveRecord; readonly at: number }>>();
  const table = (object: string): Map<number, { readonly record: PipedriveRecord; readonly at: number }> => {
    const known = tables.get(object) ?? new Map<number, { readonly record: PipedriveRecord; readonly at: number }>();
    tables.set(object, known);
    return known;
  };
  return {
    get: (object, id) => table(object).get(id)?.record,
    all: (object) => [...table(object).values()].map(({ record }) => record).sort((one, other) => one.id - other.id),
    put: (object, record, at) => {
      table(object).set(record.id, { record, at });
    },
    changedAt: (object, id) => table(object).get(id)?.at ?? 0,
    clear: () => tables.clear(),
  };
}
