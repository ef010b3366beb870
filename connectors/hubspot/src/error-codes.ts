import type { FailureKind } from "@cosell/connector";

/** What an error of HubSpot means, and the sentence for people. */
export interface ErrorMeaning {
  readonly kind: Exclude<FailureKind, "merged" | "unknown-outcome">;
  readonly says: string;
}

/**
 * HubSpot's error categories ("Error handling"), and for answers without one the status. A row here is the only place
 * that decides what an error means.
 */
const errorMeanings: Readonly<Record<string, ErrorMeaning>> = {
  VALIDATION_ERROR: { kind: "invalid", says: "HubSpot refuses the values." },
  OBJECT_NOT_FOUND: { kind: "missing", says: "HubSpot does not know this record, object or address." },
  CONFLICT: { kind: "conflict", says: "Another record already has a value that must be unique." },
  RATE_LIMITS: { kind: "throttled", says: "HubSpot asks for a pause." },
  MISSING_SCOPES: {
    kind: "permission",
    says: "The app lacks a scope: add it in the app's settings, and install the app again if it is a public one.",
  },
  EXPIRED_AUTHENTICATION: { kind: "auth", says: "The access token has expired." },
  INVALID_AUTHENTICATION: {
    kind: "auth",
    says: "HubSpot does not accept the access token: copy it again from the private app, or install the app again.",
  },
  ERROR_HTTP_400: { kind: "invalid", says: "HubSpot refuses the call." },
  ERROR_HTTP_401: { kind: "auth", says: "HubSpot does not accept the access token." },
  ERROR_HTTP_403: { kind: "permission", says: "HubSpot forbids this to the app." },
  ERROR_HTTP_404: { kind: "missing", says: "HubSpot does not know this record, object or address." },
  ERROR_HTTP_409: { kind: "conflict", says: "Another record already has a value that must be unique." },
  ERROR_HTTP_413: { kind: "invalid", says: "The call is larger than HubSpot takes." },
  ERROR_HTTP_414: { kind: "invalid", says: "The address is longer than HubSpot takes." },
  ERROR_HTTP_415: { kind: "bug", says: "HubSpot does not read the form of the call." },
  ERROR_HTTP_423: { kind: "transient", says: "The record is locked by another change at this moment." },
  ERROR_HTTP_429: { kind: "throttled", says: "HubSpot asks for a pause." },
  ERROR_HTTP_477: { kind: "throttled", says: "HubSpot is moving the portal to another data centre." },
};

/** What a category or a status means; `undefined` for one that no table knows. */
export function meaningOf(code: string): ErrorMeaning | undefined {
  if (Object.hasOwn(errorMeanings, code)) return errorMeanings[code];
  if (/^ERROR_HTTP_5\d\d$/.test(code)) return { kind: "transient", says: "HubSpot is not available." };
  if (/^ERROR_HTTP_3\d\d$/.test(code))
    return { kind: "config", says: "HubSpot answers with a redirect: check baseUrl." };
  return undefined;
}

/** What HubSpot may find wrong with one property's value. `{field}` stands for the property. */
const issueSentences: Readonly<Record<string, string>> = {
  PROPERTY_DOESNT_EXIST: "The portal has no property {field}: add it, or take it out of the mapping.",
  READ_ONLY_VALUE: "{field} is set by HubSpot alone.",
  INVALID_OPTION: "{field} takes only its own choices: add the choice in HubSpot, or map the value to another.",
  INVALID_NUMBER: "{field} must be a number.",
  INVALID_INTEGER: "{field} must be a whole number.",
  INVALID_LONG: "{field} must be a whole number.",
  INVALID_DATE: "{field} must be a date: a date property takes midnight in UTC only.",
  INVALID_EMAIL: "{field} must be an e-mail address.",
  PROPERTY_VALUE_TOO_LONG: "The text for {field} is longer than HubSpot takes.",
  REQUIRED_PROPERTY_MISSING: "{field} must have a value.",
  CONDITIONAL_REQUIRED_PROPERTY_MISSING: "The portal's rules want a value in {field} as the record stands.",
  CONFLICTING_UNIQUE_VALUE: "Another record already has this value of {field}, which must be unique.",
};

/** The sentence for one property that HubSpot complains about. */
export function issueSentence(code: string | undefined, field: string | undefined): string {
  const known = code !== undefined && Object.hasOwn(issueSentences, code) ? issueSentences[code] : undefined;
  const name = field ?? "A property";
  if (known !== undefined) return known.replace("{field}", name);
  return `HubSpot does not take the value of ${name}${code === undefined ? "" : ` (${code})`}.`;
}
