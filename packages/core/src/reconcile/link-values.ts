import type { JsonObject } from "@cosell/connector";
import type { Case } from "./case.ts";
import type { Unsettled } from "./plan.ts";

const longest = 255;

/** What inbound rules can show of the link itself (`Link.*`), so that sellers learn in their CRM where a deal stands. */
export function linkValues({ observation, reading }: Case, unsettled: readonly Unsettled[]): JsonObject {
  const of = (kind: Unsettled["kind"]): readonly Unsettled[] => unsettled.filter((one) => one.kind === kind);
  const held = of("held");
  const deferred = of("deferred");
  const conflicts = of("conflict");
  const status =
    conflicts.length > 0
      ? `Conflict: ${conflicts[0]?.reason ?? ""}`
      : held.length > 0
        ? `Held: ${held[0]?.reason ?? ""}${held.length > 1 ? ` (and ${held.length - 1} more)` : ""}`
        : deferred.length > 0
          ? `Waiting for AWS: ${deferred.map(({ sources, path }) => sources[0] ?? path).join(", ")}`
          : observation.opportunityId === undefined
            ? "Not sent yet"
            : "In step";
  return {
    status: status.length > longest ? `${status.slice(0, longest - 1)}…` : status,
    opportunityId: observation.opportunityId ?? null,
    lastFailure: null,
    deferredFields: deferred.map(({ path }) => path).join("; ") || null,
    reviewStatus: reading.state.reviewStatus ?? null,
  };
}
