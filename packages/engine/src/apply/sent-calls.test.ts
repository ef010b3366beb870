import { describe, expect, it } from "@jest/globals";
import { type Failure, FailureError } from "@cosell/connector";
import { surelyNotDone } from "./sent-calls.ts";

const message = "No.";

describe("surelyNotDone", () => {
  it.each<Failure>([
    { kind: "throttled", message },
    { kind: "quota", message },
    { kind: "auth", message },
    { kind: "aborted", message },
    { kind: "transient", message },
    { kind: "config", message },
    { kind: "permission", message },
    { kind: "missing", message },
    { kind: "conflict", message },
    { kind: "invalid", message, issues: [] },
  ])("is so of a call that never left, or was refused ($kind)", (failure) => {
    expect(surelyNotDone(new FailureError(failure))).toBe(true);
  });

  it("is not so of a call without an answer, nor of an error of ours, which may have come after it", () => {
    expect(surelyNotDone(new FailureError({ kind: "unknown-outcome", message }))).toBe(false);
    expect(surelyNotDone(new FailureError({ kind: "bug", message }))).toBe(false);
    expect(surelyNotDone(new Error("The process was killed."))).toBe(false);
  });
});
