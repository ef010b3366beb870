import { failureOf } from "@cosell/connector";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { classify, errorsOf, failureOfErrors } from "./classify.ts";

/** An error as jsforce throws it. */
function thrown(errorCode: string, message = "", fields: readonly string[] = []): Error {
  return Object.assign(new Error(message), { name: errorCode, errorCode, data: { errorCode, message, fields } });
}

describe("classify", () => {
  it.each([
    ["INVALID_SESSION_ID", "auth"],
    ["INVALID_LOGIN", "auth"],
    ["API_DISABLED_FOR_ORG", "permission"],
    ["INSUFFICIENT_ACCESS_OR_READONLY", "permission"],
    ["INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", "permission"],
    ["REQUEST_LIMIT_EXCEEDED", "quota"],
    ["TXN_SECURITY_METERING_ERROR", "throttled"],
    ["UNABLE_TO_LOCK_ROW", "transient"],
    ["SERVER_UNAVAILABLE", "transient"],
    ["QUERY_TIMEOUT", "transient"],
    ["ERROR_HTTP_503", "transient"],
    ["ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE_CHECK", "conflict"],
    ["ERROR_HTTP_412", "conflict"],
    ["DUPLICATE_VALUE", "conflict"],
    ["ENTITY_IS_DELETED", "missing"],
    ["INVALID_CROSS_REFERENCE_KEY", "missing"],
    ["FIELD_CUSTOM_VALIDATION_EXCEPTION", "invalid"],
    ["REQUIRED_FIELD_MISSING", "invalid"],
    ["STRING_TOO_LONG", "invalid"],
    ["DUPLICATES_DETECTED", "invalid"],
    ["MULTIPLE_CHOICES", "invalid"],
    ["CANNOT_EXECUTE_FLOW_TRIGGER", "invalid"],
    ["SOMETHING_NEW_IN_2031", "bug"],
    ["constructor", "bug"],
  ])("takes %s as %s", (code, kind) => {
    expect(classify(thrown(code))).toMatchObject({ kind, code });
  });

  it("pauses shortly, not for the day, when too many long calls run at once", () => {
    expect(classify(thrown("REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded.")).kind).toBe(
      "throttled",
    );
  });

  it("takes a flow that met a locked row as passing", () => {
    const text =
      "We can't save this record because a process failed. UNABLE_TO_LOCK_ROW: unable to obtain exclusive access";
    expect(classify(thrown("CANNOT_EXECUTE_FLOW_TRIGGER", text)).kind).toBe("transient");
  });

  it("takes a reference to a record that is gone as a wrong value when the field is named", () => {
    expect(classify(thrown("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", ["OwnerId"]))).toMatchObject({
      kind: "invalid",
      issues: [{ target: "OwnerId" }],
    });
  });

  it("quotes what the org's administrator wrote, and nothing that holds a value", () => {
    const rule = classify(thrown("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Close date must be a workday", ["CloseDate"]));
    expect(rule.message).toContain('CloseDate: "Close date must be a workday"');
    const long = classify(
      thrown("STRING_TOO_LONG", "NextStep: data value too large: call Jane (max length=255)", ["NextStep"]),
    );
    expect(long.message).toContain("NextStep");
    expect(JSON.stringify(long)).not.toContain("Jane");
  });

  it.each([
    [
      "No such column 'Foo__c' on entity 'Opportunity'. If you are attempting to use a custom field …",
      "INVALID_FIELD",
      "Foo__c",
    ],
    ["Required fields are missing: [CloseDate, StageName]", "REQUIRED_FIELD_MISSING", "CloseDate"],
    [
      "duplicate value found: AWS_Opportunity_Id__c duplicates value on record with id: 006000000000001",
      "DUPLICATE_VALUE",
      "AWS_Opportunity_Id__c",
    ],
  ])("finds the field in %p", (text, code, field) => {
    expect(classify(thrown(code, text)).message).toContain(field);
  });

  it("lists every complaint about one record", () => {
    const errors = errorsOf([
      { statusCode: "REQUIRED_FIELD_MISSING", message: "", fields: ["CloseDate"] },
      { statusCode: "STRING_TOO_LONG", message: "", fields: ["Name"] },
    ]);
    const failure = failureOfErrors(errors);
    expect(failure).toMatchObject({ kind: "invalid", issues: [{ target: "CloseDate" }, { target: "Name" }] });
  });

  it("lets a fault of the server outweigh complaints about values", () => {
    const errors = errorsOf([{ statusCode: "STRING_TOO_LONG" }, { statusCode: "UNABLE_TO_LOCK_ROW" }]);
    expect(failureOfErrors(errors).kind).toBe("transient");
  });

  it("takes network errors of a read as passing", () => {
    const cause = Object.assign(new Error("read"), { code: "ECONNRESET" });
    expect(classify(new TypeError("fetch failed", { cause }))).toMatchObject({ kind: "transient", code: "ECONNRESET" });
    expect(classify(new DOMException("", "TimeoutError")).kind).toBe("transient");
    expect(classify(new DOMException("", "AbortError")).kind).toBe("aborted");
  });

  it("makes a failure of anything, without its text", () => {
    fc.assert(
      fc.property(fc.anything(), fc.string({ minLength: 12 }), (anything, text) => {
        expect(classify(anything).message).not.toBe("");
        expect(failureOf(anything)).toBeUndefined();
        expect(classify(new Error(`${text}$`)).message).not.toContain(`${text}$`);
      }),
    );
  });
});
