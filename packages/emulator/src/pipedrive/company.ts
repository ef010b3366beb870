import type { EmulatorClock } from "../kernel/index.ts";
import type { PipedriveRecord, PipedriveUser } from "./document.ts";
import type { RecordStore } from "./records/record-store.ts";
import type { CompanySchema } from "./schema/schema.ts";
import type { CompanySettings, PipedriveSettings } from "./settings.ts";

/** Who does something, as webhooks tell it. */
export type ChangeSource = "app" | "api";

/** Something that happened, before it becomes an event. */
export interface CompanyEvent {
  readonly action: "create" | "change" | "delete";
  readonly object: string;
  readonly record: PipedriveRecord;
  readonly previous?: PipedriveRecord;
  readonly source: ChangeSource;
}

/** One company with all that it holds. */
export interface Company {
  readonly clock: EmulatorClock;
  readonly own: () => CompanySettings;
  readonly settings: () => PipedriveSettings;
  readonly schema: () => CompanySchema;
  readonly store: RecordStore;
  readonly users: Map<number, PipedriveUser>;
  /** An id that no record of the object has. */
  readonly newId: (object: string) => number;
  /** Something happened that webhooks tell. */
  readonly tell: (event: CompanyEvent) => void;
}

/** An instant as records carry it: whole seconds. */
export function stampAt(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");
}
