import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { classify, failureOfAnswer } from "./classify.ts";

const refused = (status: number, body: object, headers: Readonly<Record<string, string>> = {}) =>
  failureOfAnswer(status, { status: "error", ...body }, (name) => headers[name] ?? null);

describe("failureOfAnswer", () => {
  it.each([
    [400, "VALIDATION_ERROR", "invalid"],
    [401, "EXPIRED_AUTHENTICATION", "auth"],
    [401, "INVALID_AUTHENTICATION", "auth"],
    [403, "MISSING_SCOPES", "permission"],
    [404, "OBJECT_NOT_FOUND", "missing"],
    [409, "CONFLICT", "conflict"],
    [423, "LOCKED", "transient"],
    [477, "MIGRATION_IN_PROGRESS", "throttled"],
    [502, "SOMETHING", "transient"],
    [418, "constructor", "bug"],
  ])("takes %p %s as %s", (status, category, kind) => {
    expect(refused(status, { category }).kind).toBe(kind);
  });

  it.each([
    ["TEN_SECONDLY_ROLLING", {}, { kind: "throttled", retryAfterMs: 10_000 }],
    ["TEN_SECONDLY_ROLLING", { "retry-after": "3" }, { kind: "throttled", retryAfterMs: 3000 }],
    ["SECONDLY", {}, { kind: "throttled", retryAfterMs: 1000 }],
    ["DAILY", {}, { kind: "quota" }],
    [undefined, {}, { kind: "throttled" }],
  ])("takes the limit %p with %p as %p", (policyName, headers, failure) => {
    expect(refused(429, { errorType: "RATE_LIMIT", policyName }, headers)).toMatchObject(failure);
  });

  it("names every property, once, from the text as from the list, and quotes no value", () => {
    const list = [
      { isValid: false, message: "call Jane is no option", error: "INVALID_OPTION", name: "dealtype" },
      { isValid: false, message: "no such", error: "PROPERTY_DOESNT_EXIST", name: "aws_thing" },
    ];
    const errors = [{ message: "call Jane", code: "INVALID_OPTION", context: { propertyName: ["dealtype"] } }];
    const failure = refused(400, {
      category: "VALIDATION_ERROR",
      message: `Property values were not valid: ${JSON.stringify(list)}`,
      errors,
    });
    expect(failure).toMatchObject({ kind: "invalid", issues: [{ target: "dealtype" }, { target: "aws_thing" }] });
    expect(JSON.stringify(failure)).not.toContain("Jane");
  });

  it("names the scopes that are missing", () => {
    const errors = [{ message: "x", context: { requiredGranularScopes: ["crm.objects.deals.write"] } }];
    expect(refused(403, { category: "MISSING_SCOPES", errors }).message).toContain("crm.objects.deals.write");
  });

  it("takes every member of an error as one that may be missing, or may be anything", () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 599 }), fc.anything(), (status, body) => {
        expect(failureOfAnswer(status, body).message).not.toBe("");
        expect(classify(body).message).not.toBe("");
      }),
    );
  });
});
