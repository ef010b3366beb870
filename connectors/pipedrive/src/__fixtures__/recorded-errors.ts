import type { RecordedError } from "@cosell/connector/testing";

/** Bodies of refusals as Pipedrive's client throws them: the body alone, without status. The first was answered by the live API. */
export const recordedErrors: readonly RecordedError[] = [
  {
    name: "a token that nobody has",
    error: {
      success: false,
      error: "unauthorized access",
      errorCode: 401,
      error_info: "Please check developers.pipedrive.com",
    },
    kind: "auth",
  },
  {
    name: "a value that does not fit",
    error: {
      success: false,
      error: "Validation failed: owner_id: User not found or not accessible.",
      code: "ERR_SCHEMA_VALIDATION_FAILED",
    },
    kind: "invalid",
  },
  {
    name: "a value in a complaint",
    error: {
      success: false,
      error: "Validation failed: title: 'Jane Roe 555-0199' is too long",
      code: "ERR_SCHEMA_VALIDATION_FAILED",
    },
    kind: "invalid",
    hides: "Jane Roe",
  },
  {
    name: "a plan's limit",
    error: {
      success: false,
      error: "Couldn't add the deal. Open deals limit reached.",
      code: "feature_capping_deals_limit",
      error_info: "Please check developers.pipedrive.com",
    },
    kind: "permission",
  },
  {
    name: "no such record",
    error: { success: false, error: "Deal not found", code: "ERR_NOT_FOUND" },
    kind: "missing",
  },
  {
    name: "a broken connection",
    error: Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }),
    kind: "transient",
  },
];
