import assert from "node:assert/strict";
import type { Connection, WriteOperation } from "../connector.ts";
import { type Failure, failureOf } from "../failure.ts";

/** The failure of one write, as a result or thrown. Fails when the write succeeds. */
export async function writeFailure(connection: Connection, operation: WriteOperation): Promise<Failure> {
  try {
    const [result] = await connection.write([operation]);
    assert.ok(result?.ok === false, "the write succeeded, although it should fail");
    return result.failure;
  } catch (error) {
    const failure = failureOf(error);
    if (failure) return failure;
    throw error;
  }
}
