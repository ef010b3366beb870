import type { JsonObject } from "../kernel/index.ts";
import { textAt } from "./paths.ts";

/** One call, by what was asked. */
export interface AskedCall {
  readonly operation: string;
  readonly input: JsonObject;
}

/** Input that the model requires to be a text. */
export function required(call: AskedCall, member: string): string {
  return textAt(call.input, member) ?? "";
}

/** Input that the model allows to be a list of texts; undefined when it is absent or empty. */
export function listOf(call: AskedCall, member: string): readonly string[] | undefined {
  const value = call.input[member];
  return Array.isArray(value) && value.length > 0 ? (value as readonly string[]) : undefined;
}
