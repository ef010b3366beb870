import { describe, expect, it } from "@jest/globals";
import { type Failure, FailureError, failureOf } from "./failure.ts";

const failure: Failure = { kind: "throttled", message: "Wait a second.", retryAfterMs: 1000 };

describe("failureOf", () => {
  it("finds the failure that an error carries", () => {
    expect(failureOf(new FailureError(failure))).toBe(failure);
  });

  it("knows the failure of another copy of this package, whose class is another", () => {
    const foreign = Object.assign(new Error("Wait."), { failure, [Symbol.for("cosell.failure")]: true });
    expect(failureOf(foreign)).toBe(failure);
  });

  it.each([[undefined], [null], ["failure"], [new Error("plain")], [{ failure }], [failure]])(
    "finds none in %p",
    (other) => {
      expect(failureOf(other)).toBeUndefined();
    },
  );
});

describe("FailureError", () => {
  it("is an error with the failure's message, and keeps its cause", () => {
    const cause = new Error("socket");
    const error = new FailureError(failure, { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: "FailureError", message: "Wait a second.", cause });
  });
});
