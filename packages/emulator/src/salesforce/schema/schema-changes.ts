/** What an administrator did to the org while integrations were running. Field names are `Object.Field`. */
export interface SchemaChanges {
  /** Gone from describe, query and writes. The values are kept and come back with the field. */
  readonly removedFields: readonly string[];
  /** Picklist values that are no longer active: a restricted picklist refuses them from now on; old records keep them. */
  readonly retiredValues: readonly { readonly field: string; readonly value: string }[];
  readonly validationRules: readonly ValidationRule[];
}

/** A condition that a saved record must not meet. */
export interface ValidationRule {
  readonly object: string;
  /** What the user is told when it strikes. */
  readonly message: string;
  /** When the rule strikes, as the WHERE part of a query: `StageName = 'Closed Won' AND Amount = null`. */
  readonly condition: string;
  /** The field that the message stands at. @defaultValue the top of the page */
  readonly field?: string;
}
