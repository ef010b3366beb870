import type { JsonObject } from "../../kernel/index.ts";
import { required, type Call } from "../call.ts";
import { findOpportunity } from "../find-opportunity.ts";
import { opportunityAnswer } from "../opportunity-answer.ts";

/** GetOpportunity. */
export function getOpportunity(call: Call): JsonObject {
  return opportunityAnswer(findOpportunity(call, required(call, "Identifier")), call.space, call.settings);
}
