import type { JsonObject } from "@cosell/connector";
import type { FieldChange } from "@cosell/core";

/** Changes as the journal keeps them: both values, why, and the rule that says so. */
export function changesAsJson(changes: readonly FieldChange[]): readonly JsonObject[] {
  return changes.map(({ path, before, after, reason, sources, rule }) => ({
    path,
    before: before ?? null,
    after: after ?? null,
    reason,
    sources,
    rule: rule === undefined ? null : `${rule.file}:${rule.line}:${rule.column}`,
  }));
}
