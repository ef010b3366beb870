import assert from "node:assert/strict";
import { type Failure, failureOf } from "../failure.ts";

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

/** A call with more than one batch: as many answers as were asked for, or a `FailureError`. Whether it answered. */
export async function allOrRefused(count: number, call: () => Promise<readonly unknown[]>): Promise<boolean> {
  try {
    assert.equal((await call()).length, count);
    return true;
  } catch (error) {
    if (!failureOf(error)) throw error;
    return false;
  }
}
