import { createHash } from "node:crypto";
import { canonicalJson, type JsonObject } from "../kernel/index.ts";
import type { AskedCall } from "./call-input.ts";
import { textAt } from "./paths.ts";
import { Refusal } from "./refusal.ts";

/** An answer that is given again when the same ClientToken comes with the same input. */
export interface RememberedCall {
  readonly operation: string;
  /** Of the input. */
  readonly digest: string;
  readonly answer: JsonObject;
}

/** A call, and what the account's earlier calls with a ClientToken were answered. */
interface TokenedCall extends AskedCall {
  readonly space: { readonly rememberedCalls: Record<string, RememberedCall> };
}

/**
 * Runs what a ClientToken stands for once. The same token and input give what `again` makes of the first answer (by
 * default: the same), another input with that token is a conflict. A refused call is not remembered, nor is one without
 * a token.
 */
export function once(
  call: TokenedCall,
  run: () => JsonObject,
  again = (answer: JsonObject): JsonObject => answer,
): JsonObject {
  const token = textAt(call.input, "ClientToken");
  if (token === undefined) return run();
  const digest = createHash("sha256").update(canonicalJson(call.input)).digest("hex");
  const { rememberedCalls } = call.space;
  const remembered = Object.hasOwn(rememberedCalls, token) ? rememberedCalls[token] : undefined;
  if (remembered !== undefined) {
    if (remembered.digest === digest && remembered.operation === call.operation) return again(remembered.answer);
    const message = "The client token was used before, for another request body. Use a new token for a new request.";
    throw new Refusal("ConflictException", 409, message, { reason: "CONFLICT_CLIENT_TOKEN" });
  }
  const answer = run();
  rememberedCalls[token] = { operation: call.operation, digest, answer };
  return answer;
}
