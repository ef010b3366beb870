/** A value of a field as the REST API carries it. */
export type FieldValue = string | number | boolean | null;

/** One record: API names to values. Ids have 18 characters, dates are `YYYY-MM-DD`, instants `YYYY-MM-DDThh:mm:ss.sss+0000`. */
export type SalesforceRecord = Readonly<Record<string, FieldValue>>;

/**
 * Everything that an org holds, by object. Fields that a record does not name are empty; an `Id` or timestamps that it
 * does not name are made when it is loaded.
 */
export interface SalesforceDocument {
  readonly records: Readonly<Record<string, readonly SalesforceRecord[]>>;
}

/** A company's worth of records to begin with. */
export type SalesforceSeed = SalesforceDocument;
