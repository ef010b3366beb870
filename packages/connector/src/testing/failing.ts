import assert from "node:assert/strict";
import type { Failure } from "../failure.ts";
import { failureOf } from "../failure.ts";

/** The failure that a call throws. Fails when it succeeds, or throws anything but a `FailureError`. */
export async function failureFrom(call: () => unknown): Promise<Failure> {
  try {
    await call();
  } catch (error) {
    const failure = failureOf(error);
    if (failure) return failure;
    throw new assert.AssertionError({ message: `threw something that is no FailureError: ${String(error)}` });
  }
  throw new assert.AssertionError({ message: "succeeded, although it should fail" });
}
