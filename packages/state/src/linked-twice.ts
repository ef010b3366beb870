import { FailureError } from "@cosell/connector";

/** One record, at most one opportunity, and the other way round: `one` has `other` already and cannot have `wanted`. */
export const linkedTwice = (one: string, other: string, wanted: string): FailureError =>
  new FailureError({
    kind: "conflict",
    code: "opportunity-linked-twice",
    message: `${one} belongs to ${other} already and cannot be linked to ${wanted} too. Nothing was stored.`,
  });
