import type { FailureKind } from "@cosell/connector";

/**
 * What an error code of Salesforce means, and the sentence for people. `{fields}` stands for the fields that the error
 * names, `{duplicates}` for the records that a duplicate rule found.
 */
export interface ErrorMeaning {
  readonly kind: Exclude<FailureKind, "merged" | "unknown-outcome">;
  readonly says: string;
  /** The org's administrator wrote the error's text: it is the best explanation there is, and no record's value. */
  readonly quotes?: true;
}

/**
 * Salesforce's error codes (REST API Developer Guide, "Status Codes and Error Responses"; SOAP API, "StatusCode"). A row
 * here is the only place that decides what a code means.
 */
const errorMeanings: Readonly<Record<string, ErrorMeaning>> = {
  INVALID_SESSION_ID: { kind: "auth", says: "Salesforce no longer accepts the session." },
  INVALID_AUTH_HEADER: { kind: "auth", says: "Salesforce does not accept the access token." },
  INVALID_LOGIN: { kind: "auth", says: "Salesforce refuses the login." },
  ERROR_HTTP_401: { kind: "auth", says: "Salesforce does not accept the access token." },

  API_DISABLED_FOR_ORG: {
    kind: "permission",
    says: "The API is not switched on for this org or user: grant 'API Enabled'.",
  },
  API_CURRENTLY_DISABLED: { kind: "permission", says: "The API is switched off for this org." },
  FUNCTIONALITY_NOT_ENABLED: { kind: "permission", says: "The org does not have this feature switched on." },
  ERROR_HTTP_403: { kind: "permission", says: "Salesforce forbids this to the user." },

  REQUEST_LIMIT_EXCEEDED: { kind: "quota", says: "The org's API calls of the last 24 hours are used up." },
  TXN_SECURITY_METERING_ERROR: { kind: "throttled", says: "A transaction security policy slows the user down." },
  ERROR_HTTP_406: { kind: "throttled", says: "Salesforce asks for a pause." },
  ERROR_HTTP_420: { kind: "throttled", says: "Salesforce asks for a pause." },
  ERROR_HTTP_429: { kind: "throttled", says: "Salesforce asks for a pause." },

  UNABLE_TO_LOCK_ROW: { kind: "transient", says: "Somebody else is saving the record or its account at this moment." },
  SERVER_UNAVAILABLE: { kind: "transient", says: "Salesforce is not available." },
  QUERY_TIMEOUT: { kind: "transient", says: "The query took too long." },
  UNKNOWN_EXCEPTION: { kind: "transient", says: "Salesforce reports an internal error." },
  ALL_OR_NONE_OPERATION_ROLLED_BACK: { kind: "transient", says: "Another record of the same call failed." },
  INVALID_QUERY_LOCATOR: { kind: "transient", says: "The query's result is no longer kept: ask again." },

  ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE_CHECK: { kind: "conflict", says: "The record changed since it was read." },
  ERROR_HTTP_412: { kind: "conflict", says: "The record changed since it was read." },
  DUPLICATE_VALUE: { kind: "conflict", says: "Another record already has the value of {fields}." },

  ENTITY_IS_DELETED: { kind: "missing", says: "The record is deleted." },
  NOT_FOUND: { kind: "missing", says: "Salesforce does not know this record, object or address." },
  ERROR_HTTP_404: { kind: "missing", says: "Salesforce does not know this record, object or address." },
  INVALID_CROSS_REFERENCE_KEY: { kind: "missing", says: "The record is gone, or the user may not see it." },

  FIELD_CUSTOM_VALIDATION_EXCEPTION: {
    kind: "invalid",
    says: "A validation rule of the org refuses {fields}:",
    quotes: true,
  },
  DUPLICATES_DETECTED: {
    kind: "invalid",
    says: "A duplicate rule of the org takes the record for one that exists{duplicates}. Use that one, or have an administrator exempt the user from the rule. It says:",
    quotes: true,
  },
  CANNOT_UPDATE_CONVERTED_LEAD: {
    kind: "invalid",
    says: "The lead was converted and takes no more changes: what it became goes on in its stead.",
  },
  REQUIRED_FIELD_MISSING: { kind: "invalid", says: "{fields} must have a value." },
  STRING_TOO_LONG: { kind: "invalid", says: "The text for {fields} is longer than the field." },
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: {
    kind: "invalid",
    says: "{fields} takes only the values of its picklist (for this record type): add the value in Setup or map it to another.",
  },
  INVALID_FIELD: { kind: "invalid", says: "{fields} does not exist, or field-level security hides it from the user." },
  INVALID_FIELD_FOR_INSERT_UPDATE: { kind: "invalid", says: "{fields} cannot be written." },
  INVALID_TYPE: { kind: "invalid", says: "The object does not exist, or the user may not see it." },
  INVALID_TYPE_ON_FIELD_IN_RECORD: { kind: "invalid", says: "The value for {fields} is of the wrong type." },
  JSON_PARSER_ERROR: { kind: "invalid", says: "The value for {fields} is of the wrong type." },
  FIELD_INTEGRITY_EXCEPTION: { kind: "invalid", says: "The value for {fields} does not fit the record." },
  FIELD_FILTER_VALIDATION_EXCEPTION: { kind: "invalid", says: "A lookup filter refuses the value for {fields}." },
  NUMBER_OUTSIDE_VALID_RANGE: { kind: "invalid", says: "The number for {fields} is too large or too small." },
  INVALID_EMAIL_ADDRESS: { kind: "invalid", says: "{fields} must be an e-mail address." },
  MALFORMED_ID: { kind: "invalid", says: "{fields} must be a Salesforce record id." },
  MALFORMED_QUERY: { kind: "invalid", says: "Salesforce cannot read the query." },
  MULTIPLE_CHOICES: {
    kind: "invalid",
    says: "Several records have the same value in the field that must be unique: merge or mend them.",
  },
  CANNOT_EXECUTE_FLOW_TRIGGER: { kind: "invalid", says: "A flow of the org failed while it handled the record." },
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: {
    kind: "invalid",
    says: "An Apex trigger of the org failed while it handled the record.",
  },
  INACTIVE_OWNER_OR_USER: { kind: "invalid", says: "The owner is not an active user." },
};

/** What a code means; `undefined` for one that no table and no rule knows. */
export function meaningOf(code: string): ErrorMeaning | undefined {
  if (Object.hasOwn(errorMeanings, code)) return errorMeanings[code];
  if (code.startsWith("INSUFFICIENT_ACCESS"))
    return {
      kind: "permission",
      says: "The user may not do this with the record: grant access to the object, the record or {fields}.",
    };
  if (/^ERROR_HTTP_5\d\d$/.test(code)) return { kind: "transient", says: "Salesforce is not available." };
  return undefined;
}
