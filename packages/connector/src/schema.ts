/** The kinds of value that a CRM field holds, common to all CRMs. A connector names the nearest one. */
export type CrmFieldType =
  | "id"
  | "string"
  | "text"
  | "html"
  | "email"
  | "phone"
  | "url"
  | "integer"
  | "decimal"
  | "currency"
  | "percent"
  | "boolean"
  | "date"
  | "datetime"
  | "picklist"
  | "multipicklist"
  | "reference"
  | "other";

/** One value of a picklist. `value` is what the API sends and takes, `label` is what people see. */
export interface PicklistValue {
  readonly value: string;
  readonly label: string;
  /** Retired values still stand on old records. */
  readonly active: boolean;
}

/** One field of a CRM object, as the CRM's own description gives it. */
export interface CrmField {
  /** API name, such as `AWS_Opportunity_Id__c`. */
  readonly name: string;
  readonly label: string;
  readonly type: CrmFieldType;
  /** Longest text in characters. */
  readonly length?: number;
  /** A new record needs a value from us. */
  readonly required: boolean;
  readonly creatable: boolean;
  readonly updatable: boolean;
  /** Unique, and usable to find a record. */
  readonly unique?: boolean;
  readonly picklist?: readonly PicklistValue[];
  /** The CRM refuses values outside `picklist`. */
  readonly restricted?: boolean;
}

/** How one object reaches another from a record, as the record is handed to a mapping. */
export interface CrmRelation {
  /** Path from the record: `Account`, `OpportunityContactRoles.records`. */
  readonly path: string;
  /** The object it leads to. Several for a polymorphic reference. */
  readonly objects: readonly string[];
  /** `one` is an object, `many` a list of objects. */
  readonly kind: "one" | "many";
}

/** One CRM object: what `describe` answers. */
export interface ObjectSchema {
  /** API name: `Opportunity`. */
  readonly object: string;
  readonly label: string;
  readonly fields: readonly CrmField[];
  readonly relations: readonly CrmRelation[];
}

/** The part of a CRM's schema that a mapping can reach, saved so that a mapping can be checked without the CRM. */
export interface SchemaSnapshot {
  readonly connector: string;
  /** The object that the mapping is about. */
  readonly object: string;
  /** That object and those that its relations lead to, by API name. */
  readonly objects: Readonly<Record<string, ObjectSchema>>;
}
