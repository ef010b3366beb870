import { FailureError } from "@cosell/connector";
import { describe, expect, it } from "@jest/globals";
import picocolors from "picocolors";
import { UsageError } from "./findings-error.ts";
import { renderError, reportOf } from "./report.ts";

const plain = picocolors.createColors(false);

describe("reportOf", () => {
  it.each([
    [new FailureError({ kind: "config", message: "Wrong." }), "config", 2],
    [new UsageError("Say which."), "usage", 2],
    [new FailureError({ kind: "auth", message: "Refused." }), "auth", 1],
    [new TypeError("x is not a function"), "bug", 1],
    ["thrown text", "bug", 1],
  ])("gives %p a kind and an exit code", (error, kind, exitCode) => {
    expect(reportOf(error)).toMatchObject({ exitCode, json: { kind } });
  });

  it("never repeats what an unexpected error says: it may hold anything", () => {
    const text = JSON.stringify(reportOf(new Error("password hunter2")).json);
    expect(text).not.toContain("hunter2");
    expect(text).toContain("mistake in Cosell");
  });
});

describe("renderError", () => {
  const refusal = reportOf(
    new FailureError({
      kind: "invalid",
      message: "AWS refused the opportunity.",
      code: "BUSINESS_VALIDATION_FAILED",
      requestId: "r-1",
      issues: [
        {
          message: "A postal code is needed.",
          target: "Customer.Account.Address.PostalCode",
          sources: ["Account.BillingPostalCode"],
          rule: "map.yaml:7:3",
        },
      ],
    }),
  );

  it("says what, where, why and what to do, in CRM terms", () => {
    expect(renderError(refusal, plain, false).split("\n")).toEqual([
      "error  invalid  AWS refused the opportunity.",
      "  (BUSINESS_VALIDATION_FAILED, request r-1)",
      "  - Account.BillingPostalCode: A postal code is needed. [Customer.Account.Address.PostalCode] (map.yaml:7:3)",
      "next   Correct the values named above, then run the command again.",
    ]);
  });

  it("shows the stack for debugging only", () => {
    expect(renderError(refusal, plain, false)).not.toContain("report.test.ts");
    expect(renderError(refusal, plain, true)).toContain("report.test.ts");
  });
});
