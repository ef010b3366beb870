import type { SalesforceRecord } from "../document.ts";
import type { FieldDefinition } from "./field.ts";

/** One object of the org. */
export interface ObjectDefinition {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  /** The first three characters of its records' ids. */
  readonly keyPrefix: string;
  readonly fields: readonly FieldDefinition[];
  /** Can be created, changed and deleted over the API. @defaultValue true */
  readonly writable?: boolean;
  /** Can be merged: losers carry `MasterRecordId`. @defaultValue false */
  readonly mergeable?: boolean;
  /** Values that Salesforce works out from the others, such as a contact's full name. */
  readonly derive?: (record: SalesforceRecord) => SalesforceRecord;
}
