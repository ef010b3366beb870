import { createHash } from "node:crypto";
import { canonicalJson, type EmulatorClock, type JsonObject } from "../kernel/index.ts";
import { textAt } from "./paths.ts";
import { conflict } from "./refusal.ts";
import type { PartnerCentralSettings } from "./settings.ts";
import type { PartnerCentralState, Space } from "./state.ts";

/** What every operation works on. */
export interface World {
  readonly clock: EmulatorClock;
  /** At this moment. */
  settings(): PartnerCentralSettings;
  /** At this moment: a loaded document replaces it. */
  state(): PartnerCentralState;
}

/** An account's part of a catalog at one moment. */
export interface Place {
  readonly space: Space;
  readonly state: PartnerCentralState;
  readonly settings: PartnerCentralSettings;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** One call whose input fits the model. */
export interface Call extends Place {
  readonly operation: string;
  readonly input: JsonObject;
}

/** One operation: gives the answer's members, or nothing where AWS sends an empty body. Throws a Refusal. */
export type OperationHandler = (call: Call) => JsonObject | undefined;

/** Input that the model requires to be a text. */
export function required(call: Call, member: string): string {
  return textAt(call.input, member) ?? "";
}

/** Input that the model allows to be a list of texts; undefined when it is absent or empty. */
export function listOf(call: Call, member: string): readonly string[] | undefined {
  const value = call.input[member];
  return Array.isArray(value) && value.length > 0 ? (value as readonly string[]) : undefined;
}

/**
 * Runs what a ClientToken stands for once. The same token and input give what `again` makes of the first answer (by
 * default: the same), another input with that token is a conflict. A refused call is not remembered.
 */
export function once(
  call: Call,
  run: () => JsonObject,
  again = (answer: JsonObject): JsonObject => answer,
): JsonObject {
  const token = required(call, "ClientToken");
  const digest = createHash("sha256").update(canonicalJson(call.input)).digest("hex");
  const remembered = call.space.rememberedCalls[token];
  if (remembered !== undefined) {
    if (remembered.digest === digest && remembered.operation === call.operation) return again(remembered.answer);
    throw conflict("The client token was used before, for another request body. Use a new token for a new request.");
  }
  const answer = run();
  call.space.rememberedCalls[token] = { operation: call.operation, digest, answer };
  return answer;
}
