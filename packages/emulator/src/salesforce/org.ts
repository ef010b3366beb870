import type { EmulatorClock } from "../kernel/index.ts";
import type { RecordStore } from "./records/record-store.ts";
import type { Schema } from "./schema/schema.ts";
import type { SalesforceSettings } from "./settings.ts";

/** One org: what every part of the emulator works on. */
export interface Org {
  readonly clock: EmulatorClock;
  readonly store: RecordStore;
  /** The schema at this moment. */
  schema(): Schema;
  /** The settings at this moment. */
  settings(): SalesforceSettings;
  /** An id that no record has. */
  newId(keyPrefix: string): string;
}
