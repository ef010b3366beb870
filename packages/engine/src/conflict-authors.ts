import type { JsonObject, ReadResult } from "@cosell/connector";
import type { FieldState } from "@cosell/state";

type StoredState = Omit<FieldState, "since">;

/**
 * Notes with every conflict who changed the CRM's record last, and when (`crmChanged`), as far as the CRM tells. A
 * conflict about the same value as before keeps its note: what changed the record since then was something else, such as
 * our own word in it that the deal is in conflict.
 */
export function withAuthors(
  states: readonly StoredState[],
  before: readonly FieldState[],
  crm: ReadResult,
): readonly StoredState[] {
  const now = crm.status === "found" ? crm.changed : undefined;
  return states.map((state) => {
    if (state.kind !== "conflict") return state;
    const known = before.find(({ kind, path, detail }) => {
      return kind === "conflict" && path === state.path && sameValue(detail, state.detail);
    })?.detail["crmChanged"];
    const changed = known ?? (now && { ...now });
    return changed === undefined ? state : { ...state, detail: { ...state.detail, crmChanged: changed } };
  });
}

function sameValue(one: JsonObject, other: JsonObject): boolean {
  return JSON.stringify(one["crm"]) === JSON.stringify(other["crm"]);
}
