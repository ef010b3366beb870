/** The field types of Salesforce that the org has, in the words of its describe. */
export type FieldType =
  | "id"
  | "string"
  | "textarea"
  | "email"
  | "phone"
  | "url"
  | "boolean"
  | "date"
  | "datetime"
  | "currency"
  | "double"
  | "int"
  | "picklist"
  | "multipicklist"
  | "reference";

/** One field of an object, as an administrator would define it; everything else of a describe follows from it. */
export interface FieldDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Longest text in characters. Above 255 it is a long text area, which SOQL cannot filter. */
  readonly length?: number;
  /** A record cannot be without it. */
  readonly required?: boolean;
  /** `system`: only Salesforce writes it. `create`: set once. @defaultValue "always" */
  readonly writable?: "always" | "create" | "system";
  readonly picklist?: readonly string[];
  /** Values outside `picklist` are refused. */
  readonly restricted?: boolean;
  /** Unique, and usable in an upsert. */
  readonly externalId?: boolean;
  readonly reference?: FieldReference;
  /** What a new record gets that does not say. */
  readonly defaultValue?: string | boolean;
}

/** What a reference field leads to. */
export interface FieldReference {
  readonly object: string;
  /** The name of the parent in SOQL: `Account` of `Account.Name`. */
  readonly relationship: string;
  /** The name of the children seen from the parent: `OpportunityContactRoles`. */
  readonly children?: string;
  /** The record goes to the recycle bin with its parent. */
  readonly cascadeDelete?: boolean;
}

type Rest = Partial<Omit<FieldDefinition, "name" | "type">>;

/** A field of a type; the label is made from the name unless given. */
export function field(type: FieldType, name: string, rest: Rest = {}): FieldDefinition {
  return { name, type, label: labelOf(name), ...rest };
}

/** A text field of at most `length` characters. */
export function text(name: string, length: number, rest: Rest = {}): FieldDefinition {
  return field("string", name, { length, ...rest });
}

/** The fields that Salesforce itself keeps on every record. */
export const systemFields: readonly FieldDefinition[] = [
  field("boolean", "IsDeleted", { writable: "system", label: "Deleted", defaultValue: false }),
  field("datetime", "CreatedDate", { writable: "system" }),
  field("datetime", "LastModifiedDate", { writable: "system" }),
  field("datetime", "SystemModstamp", { writable: "system", label: "System Modstamp" }),
];

/** The record's own id. */
export const idField: FieldDefinition = field("id", "Id", { writable: "system", label: "Record ID" });

function labelOf(name: string): string {
  return name
    .replace(/__c$/, "")
    .replaceAll("_", " ")
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .replace(/(?<=.) Id$/, " ID");
}
